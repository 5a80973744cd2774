import type { Json } from '../../asl/machine.ts';
import { payloadText } from '../limits.ts';
import type { Process } from '../request.ts';
import { SubmitFailure, type StateFailure } from '../state-failure.ts';
import type { TaskResource } from '../task-resource.ts';
import { record, wholly } from '../thread.ts';
import type { Visit } from '../visit.ts';
import { withoutAbsent } from '../without-absent.ts';

/** A task as its scheduling event shows it. */
interface ScheduledTask {
  readonly args: Json;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly roleArn: string | undefined;
}

/** The events up to the call: that it is scheduled, and that it has begun; an activity begins when a worker takes it. */
export function* recordScheduled(visit: Visit, resource: TaskResource, task: ScheduledTask): Process<void> {
  const { thread } = visit;
  const common = {
    ...(task.timeoutSeconds === undefined ? {} : { timeoutInSeconds: task.timeoutSeconds }),
    ...(task.roleArn === undefined ? {} : { taskCredentials: { roleArn: task.roleArn } }),
  };
  const text = payloadText(task.args, taskName(resource));
  const heartbeat = task.heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: task.heartbeatSeconds };
  if (resource.kind === 'activity') {
    const details = { resource: resource.arn, input: text, inputDetails: wholly, ...common, ...heartbeat };
    yield* record(thread, 'ActivityScheduled', { activityScheduledEventDetails: details });
    return;
  }
  if (resource.kind === 'function') {
    const details = { resource: resource.arn, input: text, inputDetails: wholly, ...common };
    yield* record(thread, 'LambdaFunctionScheduled', { lambdaFunctionScheduledEventDetails: details });
    yield* record(thread, 'LambdaFunctionStarted');
    return;
  }
  yield* record(thread, 'TaskScheduled', {
    taskScheduledEventDetails: {
      ...named(resource),
      region: visit.region,
      parameters: text,
      ...common,
      ...heartbeat,
    },
  });
  yield* record(thread, 'TaskStarted', { taskStartedEventDetails: named(resource) });
}

/** @throws StateFailure States.DataLimitExceeded when the reply is too large. */
export function* recordSucceeded({ thread }: Visit, resource: TaskResource, reply: Json): Process<void> {
  const details = { output: payloadText(reply, taskName(resource)), outputDetails: wholly };
  if (resource.kind === 'activity')
    yield* record(thread, 'ActivitySucceeded', { activitySucceededEventDetails: details });
  else if (resource.kind === 'function')
    yield* record(thread, 'LambdaFunctionSucceeded', { lambdaFunctionSucceededEventDetails: details });
  else
    yield* record(thread, 'TaskSucceeded', {
      taskSucceededEventDetails: { ...named(resource), ...details },
    });
}

export function* recordFailed(
  { thread }: Visit,
  resource: TaskResource,
  failure: StateFailure,
): Process<void> {
  const details = withoutAbsent(failure.error, failure.causeText);
  const timedOut = failure.error === 'States.Timeout';
  if (resource.kind === 'activity') {
    if (timedOut) yield* record(thread, 'ActivityTimedOut', { activityTimedOutEventDetails: details });
    else yield* record(thread, 'ActivityFailed', { activityFailedEventDetails: details });
    return;
  }
  if (resource.kind === 'function') {
    if (timedOut)
      yield* record(thread, 'LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: details });
    else yield* record(thread, 'LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: details });
    return;
  }
  const whole = { ...named(resource), ...details };
  if (timedOut) yield* record(thread, 'TaskTimedOut', { taskTimedOutEventDetails: whole });
  else if (failure instanceof SubmitFailure)
    yield* record(thread, 'TaskSubmitFailed', { taskSubmitFailedEventDetails: whole });
  else yield* record(thread, 'TaskFailed', { taskFailedEventDetails: whole });
}

/** What the cause of States.DataLimitExceeded calls the task. */
const taskName = ({ kind, arn, resourceType }: TaskResource) => (kind === 'integration' ? resourceType : arn);

const named = ({ resourceType, resource }: TaskResource) => ({ resourceType, resource });
