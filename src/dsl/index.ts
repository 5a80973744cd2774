export { DefinitionError } from './ast/definition-error.ts';
export type { Json, JsonObject, State, StateMachine } from './asl/machine.ts';
export type { Call } from './authoring/call.ts';
export type { Duration } from './authoring/duration.ts';
export { dynamodb, lambda } from './authoring/sdk.ts';
export { type Task, type TaskDefinition, task } from './authoring/task.ts';
export type { RetryPolicy } from './authoring/retry.ts';
export { type Workflow, type WorkflowOptions, workflow } from './authoring/workflow.ts';
export { type CompiledWorkflow, compile, machineText } from './compiler/compile.ts';
export type { Needs } from './compiler/needs.ts';
export type { Expression, Ref, Template } from './expression/expression.ts';
export {
  add,
  and,
  at,
  atLeast,
  atMost,
  concat,
  context,
  count,
  differs,
  divide,
  equals,
  exists,
  filter,
  fromMillis,
  ifElse,
  inWords,
  lessThan,
  list,
  map,
  moreThan,
  multiply,
  not,
  oneOf,
  or,
  orElse,
  range,
  subtract,
  sum,
  toMillis,
} from './expression/operators.ts';
export { type Clock, VirtualClock } from './simulator/clock.ts';
export {
  type ExecutionResult,
  type SimulationOptions,
  simulate,
  startSimulation,
} from './simulator/simulate.ts';
export { SimulationError } from './simulator/simulation-error.ts';
