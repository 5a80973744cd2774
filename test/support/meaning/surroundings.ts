import type { Json } from '../../../src/dsl/asl/machine.ts';
import type { FlowNode } from '../../../src/dsl/ast/step-node.ts';
import type { CallTree } from './call-tree.ts';
import type { Look } from './evaluate.ts';
import type { Forks } from './forks.ts';
import type { Scope } from './scope.ts';
import type { PlannedTasks } from './task-plan.ts';

/** Where a step runs. */
export interface Surroundings {
  readonly tasks: PlannedTasks;
  readonly forks: Forks;
  readonly scope: Scope;
  /** Where its calls are told. */
  readonly told: CallTree[];
  /** The steps around it, by name. */
  readonly path: readonly string[];
  /** Performs the steps of a flow within it and gives what that returns. */
  readonly perform: (flow: FlowNode, around: Surroundings) => Json | undefined;
}

export const look =
  ({ scope }: Surroundings): Look =>
  (name) =>
    scope.look(name);
