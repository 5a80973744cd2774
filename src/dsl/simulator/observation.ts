import type { Json, State } from '../asl/machine.ts';
import { now, type Process } from './request.ts';
import type { Iteration, Visit } from './visit.ts';

/**
 * What happens in a state, told exactly: which Catcher and which rule of a Choice it was the history does not say.
 * `entered`: a state begins, with its input and all variables that can be read there. `called`: a Task makes an
 * attempt, `attempt` counting from 0. `went`: the state was left, or is tried again.
 *
 * @example
 * const ways: string[] = [];
 * const observe: SimulationOptions['observe'] = (seen) => {
 *   if (seen.kind === 'went') ways.push(`${seen.state} ${seen.way.kind}`);
 * };
 * await simulate(compile(flow.returns(() => 1)).machine, order, { observe });
 * ways.slice(0, 2); // → ["Input.Check next", "Input.Valid choice"]
 */
export type Observation =
  | (Observed & {
      readonly kind: 'entered';
      readonly type: State['Type'];
      readonly input: Json;
      readonly variables: { readonly [variable: string]: Json };
    })
  | (Observed & {
      readonly kind: 'called';
      readonly resource: string;
      readonly arguments: Json;
      readonly attempt: number;
    })
  | (Observed & { readonly kind: 'went'; readonly way: Way });

interface Observed {
  readonly state: string;
  /** The iterations of inline Maps that it is in, the outermost first. */
  readonly iterations: readonly Iteration[];
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
}

/** A way out of a state (`end`: of its branch or the machine), or the Retrier that has it tried again. */
export type Way =
  | { readonly kind: 'next' | 'default' | 'end' }
  | { readonly kind: 'choice' | 'catch' | 'retry'; readonly index: number };

export function* observeEntered(visit: Visit): Process<void> {
  yield* observe(visit, {
    kind: 'entered',
    type: visit.state.Type,
    input: visit.input,
    variables: visit.scope.visible(),
  });
}

/** @param producer what the output is made of: the state, or a rule of a Choice. */
export function* observeWay(visit: Visit, producer: object): Process<void> {
  yield* observe(visit, { kind: 'went', way: wayOf(visit.state, producer) });
}

export function* observeAside(visit: Visit, kind: 'catch' | 'retry', index: number): Process<void> {
  yield* observe(visit, { kind: 'went', way: { kind, index } });
}

/** The request, for an observer to hear of and to delay. Only for a place that is observed. */
export function* observe({ name: state, iterations }: Visit, what: Seen): Process<void> {
  yield { kind: 'observe', observation: { state, iterations, at: yield* now(), ...what } };
}

type Seen = Observation extends infer One
  ? One extends Observed
    ? Omit<One, keyof Observed>
    : never
  : never;

function wayOf(state: State, producer: object): Way {
  if (state.Type === 'Choice') {
    const index = state.Choices.findIndex((rule) => rule === producer);
    return index === -1 ? { kind: 'default' } : { kind: 'choice', index };
  }
  return { kind: 'Next' in state && state.Next !== undefined ? 'next' : 'end' };
}
