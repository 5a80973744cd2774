import { DefinitionError } from '../../ast/definition-error.ts';
import type { ExpressionNode } from '../../ast/expression-node.ts';
import { first, plain } from '../../ast/failure-text.ts';
import { failureVariable, literal, operation, value, variable } from '../../ast/node.ts';
import type { FlowNode, TryNode } from '../../ast/step-node.ts';
import type { Draft, TryHandler } from '../draft.ts';
import { stateName } from '../state-name.ts';
import { lowerWay } from './lower-way.ts';
import { type Lowered, type Place, handlersAt } from './place.ts';

/**
 * The tried states with a Catcher to `Caught`, which says the first error's own name and words and leads to the
 * clause of that name. What no clause answers is raised again: it goes to whatever is around. A `finally` is
 * there twice: on the way on, and on the way to what raises.
 */
export function lowerTry(step: TryNode, place: Place): Lowered {
  const parts = partsOf(step, place);
  const { ending, failing } = parts;
  const next = ending?.entry ?? place.next;
  // A clause's own failure is not tried again, but it does not pass the finally either.
  const guarded: readonly TryHandler[] = failing
    ? [{ errors: ['States.ALL'], variable: parts.kept, next: failing.entry }]
    : [];
  const way = (label: readonly string[], flow: FlowNode, tries: readonly TryHandler[]): Lowered =>
    lowerWay(
      flow,
      { ...place, path: [...place.path, ...label], next, tries: [...tries, ...place.tries] },
      step.name,
    );
  const body = way([], step.flow, [
    { errors: wanted(step), variable: parts.kept, next: parts.name('Caught') },
  ]);
  if (!body.states.some(canFail))
    throw new DefinitionError(
      `${place.path.join(' › ')}: nothing in it can fail; put the calls that may into its 'do', or leave the try out`,
    );
  const clauses = step.clauses.map(({ label, errors, flow }) => ({
    errors,
    way: way([label], flow, guarded),
  }));
  const otherwise = step.otherwise && way(['otherwise'], step.otherwise, guarded);
  const rest = otherwise?.entry ?? failing?.entry ?? parts.name('Raised');
  return {
    entry: body.entry,
    states: [
      ...body.states,
      ...caught(parts, clauses, rest),
      ...clauses.flatMap((one) => one.way.states),
      ...(otherwise?.states ?? []),
      ...(ending?.states ?? []),
      ...(failing?.states ?? []),
      raise(parts),
    ],
  };
}

const canFail = ({ type }: Draft): boolean =>
  type === 'Task' || type === 'Parallel' || type === 'Map' || type === 'Fail';

interface Parts {
  readonly name: (part: string) => string;
  readonly place: Place;
  /** The variable with what was caught. */
  readonly kept: string;
  /** The `finally` behind a good end, and the one before a failure is raised. */
  readonly ending: Lowered | undefined;
  readonly failing: Lowered | undefined;
}

function partsOf(step: TryNode, place: Place): Parts {
  const name = (part: string) => stateName([...place.path, part]);
  const last = (label: string, next: string): Lowered | undefined =>
    step.last && place.lower.steps(step.last.steps, { ...place, path: [...place.path, label], next });
  return {
    name,
    place,
    kept: failureVariable(step.name),
    ending: last('finally', place.next),
    failing: last('finallyFailed', name('Raised')),
  };
}

/** Which errors lead to `Caught`: only those that something is done about, so that others stay where they are. */
const wanted = (step: TryNode): readonly string[] =>
  step.otherwise || step.last ? ['States.ALL'] : step.clauses.flatMap(({ errors }) => errors);

function caught(
  { name, place, kept }: Parts,
  clauses: readonly { readonly errors: readonly string[]; readonly way: Lowered }[],
  rest: string,
): readonly Draft[] {
  const [error, cause] = [variable(kept, 'Error'), variable(kept, 'Cause')];
  const inWords: Draft = {
    type: 'Pass',
    name: name('Caught'),
    ...handlersAt(place),
    assign: {
      [kept]: {
        kind: 'object',
        fields: { Error: value(first(error, cause)), Cause: value(plain(cause)) },
      },
    },
    next: clauses.length > 0 ? name('Which') : rest,
  };
  if (clauses.length === 0) return [inWords];
  const which: Draft = {
    type: 'Choice',
    name: name('Which'),
    ...handlersAt(place),
    choices: clauses.map((one) => ({ when: isOneOf(error, one.errors), next: one.way.entry })),
    otherwise: rest,
  };
  return [inWords, which];
}

const isOneOf = (error: ExpressionNode, names: readonly string[]): ExpressionNode =>
  names.length === 1
    ? operation('=', error, literal(names[0] ?? ''))
    : operation('in', error, literal([...names]));

/** Raises what is kept; a clause's own failure comes here as it was caught, so the words are made here. */
const raise = ({ name, place, kept, failing }: Parts): Draft => {
  const [error, cause] = [variable(kept, 'Error'), variable(kept, 'Cause')];
  const asCaught = failing !== undefined;
  return {
    type: 'Fail',
    name: name('Raised'),
    ...handlersAt(place),
    error: asCaught ? first(error, cause) : error,
    cause: asCaught ? plain(cause) : cause,
  };
};
