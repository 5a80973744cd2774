import { causeOf, first, plain, plainError } from '../../ast/failure-text.ts';
import { failureVariable, literal, operation, value, variable } from '../../ast/node.ts';
import type { FlowNode, TryNode } from '../../ast/step-node.ts';
import type { Draft, TryHandler } from '../draft.ts';
import { FINALLY_FAILED, stateName } from '../state-name.ts';
import { isOneOf } from './is-one-of.ts';
import { lowerWay } from './lower-way.ts';
import { type Lowered, type Place, handlersAt } from './place.ts';

/**
 * The tried states with a Catcher to `Caught`, which says the first error's own name and words and leads to the
 * clause of that name. What no clause answers is raised again: it goes to whatever is around. A `finally` is
 * there twice: on the way on, and on the way to what raises; there its own failure does not hide the first one.
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
      ...(failing ? [raiseBoth(parts)] : []),
    ],
  };
}

interface Parts {
  readonly name: (part: string) => string;
  readonly place: Place;
  /** The variable with what was caught. */
  readonly kept: string;
  /** The variable with what the `finally` before a failure is raised fails with itself. */
  readonly keptLate: string;
  /** The `finally` behind a good end, and the one before a failure is raised. */
  readonly ending: Lowered | undefined;
  readonly failing: Lowered | undefined;
}

function partsOf(step: TryNode, place: Place): Parts {
  const name = (part: string) => stateName([...place.path, part]);
  const keptLate = failureVariable(`${step.name}_finally`);
  const last = (label: string, next: string, tries: readonly TryHandler[]): Lowered | undefined =>
    step.last && place.lower.steps(step.last.steps, { ...place, path: [...place.path, label], next, tries });
  const late = { errors: ['States.ALL'], variable: keptLate, next: name('RaisedBoth') };
  return {
    name,
    place,
    kept: failureVariable(step.name),
    keptLate,
    ending: last('finally', place.next, place.tries),
    failing: last(FINALLY_FAILED, name('Raised'), [late, ...place.tries]),
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

/** Raises what is kept, and says what the `finally` failed with. */
const raiseBoth = ({ name, place, kept, keptLate }: Parts): Draft => {
  const [error, cause] = [variable(kept, 'Error'), variable(kept, 'Cause')];
  const late = plainError(variable(keptLate, 'Error'), causeOf(variable(keptLate, 'Cause')));
  return {
    type: 'Fail',
    name: name('RaisedBoth'),
    ...handlersAt(place),
    error: first(error, cause),
    cause: [literal(' [its finally failed, too: '), late, literal(']')].reduce(
      (text, part) => operation('&', text, part),
      plain(cause),
    ),
  };
};

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
