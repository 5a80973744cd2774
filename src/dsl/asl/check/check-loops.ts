import type { Check } from './check.ts';
import { type Comparison, comparisonsIn, comparisonsOfRule } from './comparison.ts';
import { cyclesAmong } from './cycles.ts';
import { at, type Fault } from './finding.ts';
import { isObject, objectsOf, step } from './json-value.ts';
import { changesIn, isMadeOfItself, mustTurn } from './loop-progress.ts';
import type { StateNode } from './machine-tree.ts';
import { isTerminal, reachable, transitionsOf } from './transitions.ts';

/**
 * Loops that nothing counts. A loop is bounded by a Choice that leads out of it and orders values of which one
 * moves from round to round, asks for the time, or reads a variable that the loop computes from itself, such as a
 * list that dwindles; or that follows the pages of a reply. Any other, say a wait for a status, may go round until
 * the execution's timeout or its 25,000 events end it.
 */
export const checkLoops: Check = ({ flows }) =>
  flows
    .flatMap((flow) => {
      const entered = reachable(flow);
      return unboundedAmong(flow.states.filter(({ name }) => entered.has(name)));
    })
    .map(({ loop, compared }): Fault => {
      const names = loop.map(({ name }) => name).join(', ');
      const stuck = compared === undefined ? '' : `; no state of it brings $${compared} to where it ends`;
      return {
        code: 'unbounded-loop',
        ...at(loop[0] as StateNode),
        problem: `nothing bounds how often this goes round: ${names}${stuck}`,
        remedy:
          compared === undefined
            ? 'count the rounds in a variable, or compare with a deadline, and leave by a Choice'
            : `move $${compared} towards the end each round and compare it by < or >, or compare with a deadline that is set before the loop`,
      };
    });

interface Unbounded {
  readonly loop: readonly StateNode[];
  /** A variable that a way out compares in vain. */
  readonly compared: string | undefined;
}

/** The loops among some states, and when something bounds one, those that are left without it. */
function unboundedAmong(states: readonly StateNode[]): readonly Unbounded[] {
  return cyclesAmong(states).flatMap((loop) => {
    if (!hasWayOut(loop)) return [];
    const judged = loop.map((state) => ({ state, ...judge(state, loop) }));
    if (judged.some(({ bounds }) => bounds))
      return unboundedAmong(judged.filter(({ bounds }) => !bounds).map(({ state }) => state));
    return [{ loop, compared: judged.flatMap(({ compared }) => compared)[0] }];
  });
}

/** A loop without one is told by the check of endings. */
const hasWayOut = (loop: readonly StateNode[]): boolean =>
  loop.some((state) => isTerminal(state) || leads(state, loop).out);

const leads = (state: StateNode, loop: readonly StateNode[]) => ({
  out: transitionsOf(state).some(({ to }) => !loop.some(({ name }) => name === to)),
});

const PAGES = /(?:next|continuation|page|marker).{0,12}token|lastEvaluated|nextMarker|hasMore|isTruncated/i;

interface Judged {
  readonly bounds: boolean;
  readonly compared: readonly string[];
}

function judge(state: StateNode, loop: readonly StateNode[]): Judged {
  if (state.type !== 'Choice' || !leads(state, loop).out) return { bounds: false, compared: [] };
  const changes = changesIn(loop);
  const judged = rulesOf(state, loop).map(({ text, variables, comparisons, leaves }) => {
    const plain = comparisons.flatMap(({ left, right }) => [left.plain ?? [], right.plain ?? []].flat());
    const turning = comparisons.some((one) =>
      mustTurn(
        one,
        changes,
        one.holds === 'unknown' || leaves === undefined ? undefined : one.holds === leaves,
      ),
    );
    const dwindling = variables.some((name) => !plain.includes(name) && isMadeOfItself(changes.get(name)));
    const counts = comparisons.filter(
      ({ operator, left, right }) =>
        (operator !== '=' && operator !== '!=') ||
        isMadeOfItself(changes.get(left.plain ?? right.plain ?? '')),
    );
    return {
      bounds: turning || dwindling || PAGES.test(text),
      compared: counts.flatMap(({ left, right }) => left.plain ?? right.plain ?? []),
    };
  });
  return {
    bounds: judged.some(({ bounds }) => bounds),
    compared: judged.flatMap(({ compared }) => compared),
  };
}

interface Rule {
  readonly text: string;
  readonly variables: readonly string[];
  readonly comparisons: readonly Comparison[];
  /** Whether the loop is left when the rule applies; undefined when it is left by another one. */
  readonly leaves: boolean | undefined;
}

function rulesOf(state: StateNode, loop: readonly StateNode[]): readonly Rule[] {
  const stays = (to: unknown) => loop.some(({ name }) => name === to);
  const rules = objectsOf(state.value.Choices);
  return rules.map(([rule, index]) => {
    const later = [...rules.slice(index + 1).map(([one]) => one.Next), state.value.Default];
    const leaves = stays(rule.Next) ? (later.some((to) => !stays(to)) ? false : undefined) : true;
    if (state.language === 'JSONPath') {
      const { Assign: _, ...conditions } = rule;
      return {
        text: JSON.stringify(conditions),
        variables: [],
        comparisons: comparisonsOfRule(rule),
        leaves,
      };
    }
    const place = `${state.place}/Choices${step(index)}/Condition`;
    const read = state.reads.find((one) => one.place === place);
    return {
      text: read?.text ?? '',
      variables: [...(read?.variables ?? [])],
      comparisons: isObject(read?.reading?.tree) ? comparisonsIn(read.reading.tree) : [],
      leaves,
    };
  });
}
