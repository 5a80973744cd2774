import type { Json, TaskState } from '../../asl/machine.ts';
import type { Outcome } from '../outcome.ts';
import { observe } from '../observation.ts';
import { call, knowsActivity, type Process } from '../request.ts';
import { executing, StateFailure } from '../state-failure.ts';
import { parseTaskResource } from '../task-resource.ts';
import type { Visit } from '../visit.ts';
import { checkArguments } from './check-arguments.ts';
import { recordFailed, recordScheduled, recordSucceeded } from './task-events.ts';
import { objectOf } from '../object-of.ts';

/** One attempt: the arguments are evaluated, the integration is called, and the history tells of both. */
export function* performTask(state: TaskState, visit: Visit): Process<Outcome> {
  const { thread, name: stateName, token, iterations, retryCount: attempt } = visit;
  const resource = parseTaskResource(state.Resource, stateName);
  const { language } = visit;
  const args = yield* language.payload(visit, state);
  const bound = { holder: state, wholeFrom: 1 } as const;
  const timeoutSeconds = yield* language.number(visit, { name: 'TimeoutSeconds', ...bound });
  const heartbeatSeconds = yield* language.number(visit, { name: 'HeartbeatSeconds', ...bound });
  const roleArn = yield* credentials(visit, state.Credentials);
  if (resource.kind === 'activity' && !(yield* knowsActivity(resource.arn)))
    throw new StateFailure(
      'States.Runtime',
      `${executing(stateName, visit.enteredEventId)} The activity ${resource.arn} does not exist.`,
    );
  checkArguments(visit, resource, args);
  yield* recordScheduled(visit, resource, { args, timeoutSeconds, heartbeatSeconds, roleArn });
  if (visit.observed)
    yield* observe(visit, { kind: 'called', resource: state.Resource, arguments: args, attempt });
  const called = { stateName, resource, arguments: args, timeoutSeconds, heartbeatSeconds, roleArn };
  try {
    const reply = yield* call({ ...called, attempt, iterations, token, thread });
    yield* recordSucceeded(visit, resource, reply);
    return { next: state.Next, producer: state, result: reply };
  } catch (fault) {
    if (fault instanceof StateFailure) yield* recordFailed(visit, resource, fault);
    throw fault;
  }
}

/** The role that the task assumes. */
function* credentials(visit: Visit, template: Json | undefined): Process<string | undefined> {
  if (template === undefined) return undefined;
  const filled = objectOf(yield* visit.language.template(visit, { name: 'Credentials', template }));
  return filled['RoleArn'] as string | undefined;
}
