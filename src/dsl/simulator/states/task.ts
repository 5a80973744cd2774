import type { Json, TaskState } from '../../asl/machine.ts';
import { evaluateField, evaluateTyped } from '../evaluate-field.ts';
import { payloadText } from '../limits.ts';
import type { Outcome } from '../produce.ts';
import { call, type Process } from '../request.ts';
import { SimulationError } from '../simulation-error.ts';
import { EvaluationFailure, StateFailure } from '../state-failure.ts';
import { parseTaskResource, type TaskResource } from '../task-resource.ts';
import { record } from '../thread.ts';
import type { Visit } from '../visit.ts';

/** One attempt: the arguments are evaluated, the integration is called, and the history tells of both. */
export function* performTask(state: TaskState, visit: Visit): Process<Outcome> {
  const { thread, name: stateName } = visit;
  const resource = parseTaskResource(state.Resource, stateName);
  const args = yield* taskArguments(state, visit);
  const timeoutSeconds = yield* wholeSeconds(visit, 'TimeoutSeconds', state.TimeoutSeconds);
  const heartbeatSeconds = yield* wholeSeconds(visit, 'HeartbeatSeconds', state.HeartbeatSeconds);
  yield* recordScheduled(visit, resource, { args, timeoutSeconds, heartbeatSeconds });
  try {
    const reply = yield* call({ stateName, resource, arguments: args, timeoutSeconds, thread });
    const output = payloadText(reply, resource.resourceType);
    yield* record(thread, 'TaskSucceeded', {
      taskSucceededEventDetails: { ...named(resource), output, outputDetails: { truncated: false } },
    });
    return { next: state.Next, producer: state, result: reply };
  } catch (fault) {
    if (fault instanceof StateFailure) yield* recordFailed(visit, resource, fault);
    throw fault;
  }
}

function* taskArguments(state: TaskState, visit: Visit): Process<Json> {
  if (state.Credentials !== undefined)
    throw new SimulationError(`state '${visit.name}': Credentials are not simulated; leave them out`);
  if (state.Arguments === undefined) return visit.input;
  return yield* evaluateField(visit, { name: 'Arguments', template: state.Arguments });
}

function* wholeSeconds(
  visit: Visit,
  name: string,
  template: number | string | undefined,
): Process<number | undefined> {
  if (template === undefined) return undefined;
  const value = yield* evaluateTyped(visit, { name, template }, 'number');
  if (Number.isInteger(value) && value > 0) return value;
  throw new EvaluationFailure(`The ${name} field must be a positive integer but was: ${value}`, name);
}

interface Scheduled {
  readonly args: Json;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

function* recordScheduled(visit: Visit, resource: TaskResource, task: Scheduled): Process<void> {
  const { thread } = visit;
  yield* record(thread, 'TaskScheduled', {
    taskScheduledEventDetails: {
      ...named(resource),
      region: visit.region,
      parameters: payloadText(task.args, resource.resourceType),
      ...(task.timeoutSeconds === undefined ? {} : { timeoutInSeconds: task.timeoutSeconds }),
      ...(task.heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: task.heartbeatSeconds }),
    },
  });
  yield* record(thread, 'TaskStarted', { taskStartedEventDetails: named(resource) });
}

function* recordFailed({ thread }: Visit, resource: TaskResource, failure: StateFailure): Process<void> {
  const { error, causeText: cause } = failure;
  const details = {
    ...named(resource),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
  if (error === 'States.Timeout')
    yield* record(thread, 'TaskTimedOut', { taskTimedOutEventDetails: details });
  else yield* record(thread, 'TaskFailed', { taskFailedEventDetails: details });
}

const named = ({ resourceType, resource }: TaskResource) => ({ resourceType, resource });
