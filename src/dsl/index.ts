// The public surface: all that a user of the language calls or names, and nothing else. docs/reference.md is made
// from this list and from the examples in the docstrings; a test holds both.

// # Workflows and tasks
export { type Workflow, workflow } from './authoring/workflow.ts';
export { type Task, task } from './authoring/task.ts';
export type { Duration } from './authoring/duration.ts';
export type { RetryPolicy } from './authoring/retry.ts';
export { DefinitionError } from './ast/definition-error.ts';

// # Calls
export type { Call } from './authoring/call.ts';
export { awsSdk } from './authoring/sdk.ts';
export { type Item, dynamodbItems } from './authoring/integrations/dynamodb-items.ts';
export { events } from './authoring/integrations/events.ts';
export { sns } from './authoring/integrations/sns.ts';
export { sqs } from './authoring/integrations/sqs.ts';
export { integration } from './authoring/integrations/integration.ts';

// # Beside the verbs
export { kindOf } from './authoring/steps/choose-step.ts';
export { Approval, type TaskToken } from './authoring/steps/callback-step.ts';
export type { ErrorOutput } from './authoring/scope.ts';
export { inWords } from './expression/failure.ts';
export { csvItems, jsonItems, jsonLineItems, listedItems } from './authoring/item-source.ts';
export { context } from './expression/context.ts';

// # Values
export type { Expression, Ref, Template } from './expression/expression.ts';
export { jsonata } from './expression/jsonata.ts';

// # Operators: comparison and logic
export { atLeast, atMost, differs, equals, lessThan, moreThan, oneOf } from './expression/comparison.ts';
export { and, exists, ifElse, not, or, orElse, orIfNull } from './expression/logic.ts';

// # Operators: text
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
export { parse, toJson } from './expression/json.ts';
export {
  type HashAlgorithm,
  base64Decode,
  base64Encode,
  hash,
  urlDecode,
  urlEncode,
} from './expression/encoding.ts';

// # Operators: numbers, time and chance
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
export { addSeconds, fromMillis, now, toMillis } from './expression/time.ts';
export { random, uuid } from './expression/chance.ts';

// # Operators: lists and objects
export { every, filter, map, some, sortBy } from './expression/each.ts';
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
export { entries, fromEntries, keys, lookup, merge } from './expression/object.ts';

// # Compiling
export { type CompiledWorkflow, compile, machineText } from './compiler/compile.ts';
export type { Statement } from './compiler/permissions/statement.ts';
export { policyFromPermissions } from './compiler/permissions/policy-from-permissions.ts';
export type { LimitsReport } from './compiler/limits/limits.ts';
export { limitWarnings } from './compiler/limits/limit-faults.ts';
export type { Graph } from './asl/graph/graph.ts';
export { graphDot } from './asl/graph/graph-dot.ts';

// # Amazon States Language and its checks
export type { Json, JsonObject, State, StateMachine } from './asl/machine.ts';
export { checkMachine } from './asl/check-machine.ts';
export { variableReferences } from './asl/variable-references.ts';
export { checkText } from './asl/check-text.ts';
export { codes as findingCodes } from './asl/check/codes.ts';
export type { Finding } from './asl/check/finding.ts';
export type { CheckOptions } from './asl/check/check-options.ts';

// # The simulator
export {
  type RunningExecution,
  type SimulationOptions,
  simulate,
  startSimulation,
} from './simulator/simulate.ts';
export type { ExecutionResult } from './simulator/execution-result.ts';
export { VirtualClock } from './simulator/clock.ts';
export { TaskTokens } from './simulator/task-tokens.ts';
export { StateFailure } from './simulator/state-failure.ts';
export type { Invocation, SimulatedFunction } from './simulator/invocation.ts';
export { lambdaAt } from './simulator/lambda-at.ts';
export type { ResourceFake } from './simulator/resource-fake.ts';
export type { ObjectStore } from './simulator/s3/object-store.ts';
export { SimulationError } from './simulator/simulation-error.ts';
export type { Observation } from './simulator/observation.ts';

// # Permissions in the simulator
export { type Grant, type PolicyCall, RolePolicy } from './simulator/iam/role-policy.ts';
export { policyFromTemplate } from './simulator/iam/template/policy-from-template.ts';
export type { TemplateValues } from './simulator/iam/template/template.ts';
export type { PolicyDocument, PolicyStatement } from './asl/policy-document.ts';
// # One state alone
export { testState, type TestStateResult } from './simulator/test-state/test-state.ts';
export { testStateResponse } from './simulator/test-state/api-response.ts';
export type { StateConfiguration, StateMock, TestStateRequest } from './simulator/test-state/request.ts';
export type { InspectionData } from './simulator/test-state/inspection.ts';
export { TestStateError } from './simulator/test-state/test-state-error.ts';

// # The test kit
export { type TestMachine, testMachine } from './testing/test-machine.ts';
export type { TestSession } from './testing/test-session.ts';
export type { TestRun } from './testing/test-run.ts';
export { machineMatchers } from './testing/matchers.ts';
export { Coverage } from './testing/coverage/coverage.ts';
