import { DefinitionError } from '../../ast/definition-error.ts';
import type { StepNode } from '../../ast/step-node.ts';
import type { Call, StartableCall } from '../call.ts';
import { retriesOf } from '../retry.ts';
import { type CallOptions, type Ground, calledNode } from './call-options.ts';

export interface RunOptions<Scope, End, E extends string, Caught extends E, Recovered> extends CallOptions<
  Scope,
  E,
  Caught,
  Recovered
> {
  /**
   * Runs when this step or a later one fails before the point of no return, newest undo first, and whether or
   * not this step itself had any effect: so it must be idempotent and fit for nothing to undo.
   */
  readonly undo?: End extends { readonly in: 'workflow' }
    ? (scope: Scope) => Call<unknown>
    : {
        readonly error: 'an undo belongs to a step of the workflow itself, not to one in a branch, a way or a try';
      };
}

/** What a step without an undo of its own may still have. */
export type StartOptions<Scope, E extends string, Caught extends E, Recovered> = Omit<
  CallOptions<Scope, E, Caught, Recovered>,
  'timeout'
>;

export function runNode<Scope, E extends string, Caught extends E>(
  ground: Ground<Scope> & {
    readonly name: string;
    readonly steps: readonly StepNode[];
    readonly within: string;
  },
  call: (scope: Scope) => Call<unknown>,
  options: RunOptions<Scope, { readonly in: 'workflow' }, E, Caught, unknown>,
): StepNode {
  const { undo } = options;
  if (undo !== undefined) refuseLostUndo(ground);
  const undoing = undo?.(ground.scope).node;
  return {
    kind: 'run',
    name: ground.name,
    ...calledNode(ground, call(ground.scope).node, options),
    undo: undoing,
    undoRetry: undoing ? retriesOf(undoing, undefined, ground.place) : [],
  };
}

/** A step that starts its call and does not wait for the end. */
export function startNode<Scope, E extends string, Caught extends E>(
  ground: Ground<Scope> & { readonly name: string },
  call: (scope: Scope) => StartableCall<unknown, string, unknown>,
  options: StartOptions<Scope, E, Caught, unknown>,
): StepNode {
  const { node } = call(ground.scope);
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

function refuseLostUndo(ground: { place: string; steps: readonly StepNode[]; within: string }): void {
  if (ground.within !== 'workflow')
    throw new DefinitionError(
      `${ground.place}: an undo belongs to a step of the workflow itself, since a failing branch stops its ` +
        `siblings and a way may not have been taken; move the step or its undo out of the ${ground.within}`,
    );
  if (ground.steps.some(({ kind }) => kind === 'pointOfNoReturn'))
    throw new DefinitionError(
      `${ground.place}: an undo after the point of no return would never run; ` +
        `leave it out, or move the step before that point`,
    );
}
