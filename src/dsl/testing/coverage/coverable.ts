import type { Catcher, Retrier, State, StateMachine } from '../../asl/machine.ts';
import type { Way } from '../../simulator/observation.ts';
import { statesOf } from '../states-of.ts';

/** What is counted, in the order that reports have. */
export const kinds = ['states', 'transitions', 'choices', 'retries', 'catches'] as const;

export type CoverableKind = (typeof kinds)[number];

/** Something of a machine that a test may cover. */
export interface Coverable {
  readonly kind: CoverableKind;
  readonly state: string;
  /** How it is counted in the state's record. */
  readonly mark: string;
  /** In words, as in `Charge, catch CardDeclined → Refund`. */
  readonly words: string;
}

/** That a state was entered. */
export const enteredMark = 'entered';

/** `next`, `default`; of the ways that there are several of, `choice 0`. */
export const markOf = (way: Way): string => ('index' in way ? `${way.kind} ${way.index}` : way.kind);

/** All of a machine that can be covered: its states, each `Next`, each way out of a Choice, Retriers and Catchers. */
export const coverablesOf = (machine: StateMachine): readonly Coverable[] =>
  [...statesOf(machine)].flatMap(([name, { state }]) => ofState(name, state));

function ofState(name: string, state: State): readonly Coverable[] {
  const one = (kind: CoverableKind, mark: string, words: string): Coverable => ({
    kind,
    state: name,
    mark,
    words: words === '' ? name : `${name}${words}`,
  });
  const { Retry = [], Catch = [], Next } = state as {
    readonly Retry?: readonly Retrier[];
    readonly Catch?: readonly Catcher[];
    readonly Next?: string;
  };
  const choices =
    state.Type === 'Choice'
      ? [
          ...state.Choices.map((rule, index) =>
            one('choices', markOf({ kind: 'choice', index }), `, rule ${index + 1} → ${rule.Next}`),
          ),
          ...(state.Default === undefined
            ? []
            : [one('choices', markOf({ kind: 'default' }), `, otherwise → ${state.Default}`)]),
        ]
      : [];
  return [
    one('states', enteredMark, ''),
    ...(Next === undefined ? [] : [one('transitions', markOf({ kind: 'next' }), ` → ${Next}`)]),
    ...choices,
    ...Retry.filter(({ MaxAttempts }) => MaxAttempts !== 0).map((retrier) =>
      one('retries', markOf({ kind: 'retry', index: Retry.indexOf(retrier) }), `, retry ${namesOf(retrier)}`),
    ),
    ...Catch.map((catcher, index) =>
      one('catches', markOf({ kind: 'catch', index }), `, catch ${namesOf(catcher)} → ${catcher.Next}`),
    ),
  ];
}

/** Long lists are told by their first names. */
const namesOf = ({ ErrorEquals: [first = '', ...others] }: { readonly ErrorEquals: readonly string[] }): string =>
  others.length > 2 ? `${first} and ${others.length} others` : [first, ...others].join(', ');
