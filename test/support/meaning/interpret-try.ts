import type { FlowNode, TryNode } from '../../../src/dsl/ast/step-node.ts';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { failureVariable } from '../../../src/dsl/ast/node.ts';
import { Scope } from './scope.ts';
import type { Surroundings } from './surroundings.ts';
import { WorkflowFailure } from './workflow-failure.ts';

/** The body, what answers its failure, and in any case what is last. */
export function tryParts(step: TryNode, around: Surroundings): Json | undefined {
  let result: Json | undefined;
  try {
    result = answered(step, around);
  } catch (end) {
    if (step.last) around.perform(step.last, at(around, 'finallyFailed'));
    throw end;
  }
  if (step.last) around.perform(step.last, at(around, 'finally'));
  return result;
}

function answered(step: TryNode, around: Surroundings): Json | undefined {
  try {
    return around.perform(step.flow, around);
  } catch (failure) {
    if (!(failure instanceof WorkflowFailure)) throw failure;
    const clause = step.clauses.find(({ errors }) => errors.includes(failure.error));
    const flow: FlowNode | undefined = clause?.flow ?? step.otherwise;
    if (flow === undefined) throw failure;
    const scope = new Scope(around.scope);
    scope.set(failureVariable(step.name), { Error: failure.error, Cause: failure.words });
    return around.perform(flow, at({ ...around, scope }, clause?.label ?? 'otherwise'));
  }
}

const at = (around: Surroundings, label: string): Surroundings => ({
  ...around,
  path: [...around.path, label],
});
