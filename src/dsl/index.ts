export { DefinitionError } from './ast/definition-error.ts';
export type { Json, JsonObject, State, StateMachine } from './asl/machine.ts';
export type { Call } from './authoring/call.ts';
export type { Duration } from './authoring/duration.ts';
export { dynamodb, lambda } from './authoring/sdk.ts';
export { type Task, type TaskDefinition, task } from './authoring/task.ts';
export type { RetryPolicy } from './authoring/retry.ts';
export { type Workflow, type WorkflowOptions, workflow } from './authoring/workflow.ts';
export { type CompiledWorkflow, compile, machineText } from './compiler/compile.ts';
export type { Conditions, Resource, Statement } from './compiler/permissions/statement.ts';
export type { Expression, Ref, Template } from './expression/expression.ts';
export { random, uuid } from './expression/chance.ts';
export { atLeast, atMost, differs, equals, lessThan, moreThan, oneOf } from './expression/comparison.ts';
export { context } from './expression/context.ts';
export { every, filter, map, some, sortBy } from './expression/each.ts';
export {
  type HashAlgorithm,
  base64Decode,
  base64Encode,
  hash,
  urlDecode,
  urlEncode,
} from './expression/encoding.ts';
export { inWords } from './expression/failure.ts';
export { parse, toJson } from './expression/json.ts';
export { jsonata } from './expression/jsonata.ts';
export {
  append,
  at,
  count,
  distinct,
  first,
  flatten,
  last,
  list,
  partition,
  range,
  reverse,
} from './expression/list.ts';
export { and, exists, ifElse, not, or, orElse } from './expression/logic.ts';
export {
  absolute,
  add,
  average,
  ceil,
  divide,
  floor,
  max,
  min,
  multiply,
  numberOf,
  power,
  remainder,
  round,
  subtract,
  sum,
} from './expression/number.ts';
export { entries, fromEntries, keys, lookup, merge } from './expression/object.ts';
export {
  concat,
  contains,
  endsWith,
  join,
  length,
  lowercase,
  matches,
  padStart,
  replace,
  split,
  startsWith,
  substring,
  substringAfter,
  substringBefore,
  trim,
  uppercase,
} from './expression/text.ts';
export { addSeconds, fromMillis, now, toMillis } from './expression/time.ts';
export { type Clock, VirtualClock } from './simulator/clock.ts';
export {
  type ExecutionResult,
  type SimulationOptions,
  simulate,
  startSimulation,
} from './simulator/simulate.ts';
export { SimulationError } from './simulator/simulation-error.ts';
