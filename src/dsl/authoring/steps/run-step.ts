import { DefinitionError } from '../../ast/definition-error.ts';
import type { RunNode, StepNode } from '../../ast/step-node.ts';
import type { Call } from '../call.ts';
import { callOf } from '../call-of.ts';
import { type Ground, optionsOf } from '../checked.ts';
import { type RetryPolicy, retriesOf } from '../retry.ts';
import { isCall } from '../shown.ts';
import type { Standing, StepGround } from '../standing.ts';
import { CALL_OPTIONS, type CallOptions, calledNode } from './call-options.ts';

export interface RunOptions<
  Scope,
  Undone,
  End,
  E extends string,
  Caught extends E,
  Recovered,
> extends CallOptions<Scope, E, Caught, Recovered> {
  /**
   * Runs when this step or a later one fails before the point of no return, newest undo first, and whether or
   * not this step itself had any effect: so it must be idempotent and fit for nothing to undo. It knows the
   * step's own result, which is missing when the step itself failed: `orElse(opened.id, 'none')`.
   */
  readonly undo?: End extends { readonly in: 'workflow' }
    ? ((scope: Undone) => Call<unknown>) | Undo<Undone>
    : {
        readonly error: 'an undo belongs to a step of the workflow itself, not to one in a branch, a way or a try';
      };
}

/** An undo, and when it is made again. */
interface Undo<Scope> {
  /** Makes its call. Not `call`, which every function has, too. */
  readonly run: (scope: Scope) => Call<unknown>;
  /** As a step's own; `'none'` for no retry at all. */
  readonly retry: readonly RetryPolicy[] | 'none';
}

/** What a step without an undo of its own may still have. */
export type StartOptions<Scope, E extends string, Caught extends E, Recovered> = Omit<
  CallOptions<Scope, E, Caught, Recovered>,
  'timeout'
>;

export function runNode<Scope, Undone, E extends string, Caught extends E>(
  ground: StepGround,
  call: unknown,
  given: RunOptions<Scope, Undone, { readonly in: 'workflow' }, E, Caught, unknown>,
): StepNode {
  const options = optionsOf(given, [...CALL_OPTIONS, 'undo'], ground.place);
  if (options.undo !== undefined) refuseLostUndo(ground);
  return {
    kind: 'run',
    name: ground.name,
    ...calledNode(ground, callOf(call, ground), options),
    ...undoOf(options.undo, { scope: ground.after, place: `${ground.place} › undo` }),
  };
}

function undoOf<Scope>(
  given: ((scope: Scope) => Call<unknown>) | Undo<Scope> | undefined,
  ground: Ground<unknown>,
): Pick<RunNode, 'undo' | 'undoRetry'> {
  if (given === undefined) return { undo: undefined, undoRetry: [] };
  const plain = typeof given === 'function' || isCall(given);
  const options = plain ? undefined : optionsOf(given, ['run', 'retry'], ground.place);
  const undo = callOf(options ? options.run : given, ground);
  return { undo, undoRetry: retriesOf(undo, options?.retry, ground.place) };
}

/** A step that starts its call and does not wait for the end. */
export function startNode<Scope, E extends string, Caught extends E>(
  ground: StepGround,
  call: unknown,
  given: StartOptions<Scope, E, Caught, unknown>,
): StepNode {
  const options = optionsOf(given, ['retry', 'recover'], ground.place);
  const node = callOf(call, ground);
  if (node.kind !== 'task' && node.kind !== 'workflow')
    throw new DefinitionError(
      `${ground.place}: only a task or a workflow can be started without waiting for its end; use run()`,
    );
  return {
    kind: 'run',
    name: ground.name,
    ...calledNode(ground, { ...node, waitsFor: 'start', timeoutSeconds: START_SECONDS }, options),
    undo: undefined,
    undoRetry: [],
  };
}

/** Seconds that starting something may take: one control-plane request. */
const START_SECONDS = 60;

function refuseLostUndo(ground: Pick<Standing, 'place' | 'steps' | 'end'>): void {
  if (ground.end.in !== 'workflow')
    throw new DefinitionError(
      `${ground.place}: an undo belongs to a step of the workflow itself, since a failing branch stops its ` +
        `siblings and a way may not have been taken; move the step or its undo out of the ${ground.end.in}`,
    );
  if (ground.steps.some(({ kind }) => kind === 'pointOfNoReturn'))
    throw new DefinitionError(
      `${ground.place}: an undo after the point of no return would never run; ` +
        `leave it out, or move the step before that point`,
    );
}
