import type { Check } from './check.ts';
import { cyclesOf } from './cycles.ts';
import { at, type Fault } from './finding.ts';
import { isList, isObject } from './json-value.ts';
import type { StateNode } from './machine-tree.ts';
import { assignedBy, isTerminal, transitionsOf } from './transitions.ts';

/**
 * Loops that nothing counts. A loop is bounded when a Choice in it orders values (`<`, `>` and their like), asks for
 * the time, or reads a variable that the loop computes from itself, such as a count or a list that dwindles; or
 * when it follows the pages of a reply. Any other, say a wait for a status, may go round until the execution's
 * timeout or its 25,000 events end it.
 */
export const checkLoops: Check = ({ flows }) =>
  flows
    .flatMap(cyclesOf)
    .filter((loop) => hasWayOut(loop) && !loop.some((state) => bounds(state, loop)))
    .map((loop): Fault => {
      const names = loop.map(({ name }) => name).join(', ');
      return {
        code: 'unbounded-loop',
        ...at(loop[0] as StateNode),
        problem: `nothing bounds how often this goes round: ${names}`,
        remedy: 'count the rounds in a variable, or compare with a deadline, and leave by a Choice',
      };
    });

/** A loop without one is told by the check of endings. */
function hasWayOut(loop: readonly StateNode[]): boolean {
  const within = new Set(loop.map(({ name }) => name));
  return loop.some((state) => isTerminal(state) || transitionsOf(state).some(({ to }) => !within.has(to)));
}

const TIME = /\$now\s*\(|\$millis\s*\(|EnteredTime|StartTime/;
const PAGES = /(?:next|continuation|page|marker).{0,12}token|lastEvaluated|nextMarker|hasMore|isTruncated/i;

function bounds(state: StateNode, loop: readonly StateNode[]): boolean {
  if (state.type !== 'Choice') return false;
  if (state.language === 'JSONPath') return comparisons(state.value.Choices).some(boundsByPath);
  const counted = countersOf(loop);
  return state.reads
    .filter(({ place }) => place.endsWith('/Condition'))
    .some(
      ({ text, reading, variables }) =>
        reading?.ordered === true ||
        TIME.test(text) ||
        PAGES.test(text) ||
        [...variables].some((name) => counted.has(name)),
    );
}

/** Variables that a state of the loop sets from their own value. */
function countersOf(loop: readonly StateNode[]): ReadonlySet<string> {
  const set = new Set(
    loop.flatMap((state) => [
      ...assignedBy(state.value.Assign),
      ...transitionsOf(state).flatMap(({ assign }) => assignedBy(assign)),
    ]),
  );
  const counted = loop.flatMap(({ reads }) =>
    reads.flatMap(({ place, variables }) => {
      const name = /\/Assign\/([^/]+)/.exec(place)?.[1]?.replace(/\.\$$/, '');
      return name !== undefined && set.has(name) && variables.has(name) ? [name] : [];
    }),
  );
  return new Set(counted);
}

type Comparison = readonly [operator: string, variable: string];

/** Every comparison of a JSONPath Choice, with what it compares. */
function comparisons(value: unknown): readonly Comparison[] {
  if (isList(value)) return value.flatMap(comparisons);
  if (!isObject(value)) return [];
  const variable = typeof value.Variable === 'string' ? value.Variable : '';
  return Object.entries(value).flatMap(([key, one]): readonly Comparison[] =>
    isList(one) || isObject(one) ? comparisons(one) : [[key, variable]],
  );
}

const boundsByPath = ([operator, variable]: Comparison): boolean =>
  /^(?:Numeric|Timestamp)|(?:Less|Greater)Than/.test(operator) || PAGES.test(variable) || TIME.test(variable);
