import type { Json, TaskState } from '../../asl/machine.ts';
import { evaluateField, evaluateTyped } from '../evaluate-field.ts';
import type { Outcome } from '../produce.ts';
import { call, type Process } from '../request.ts';
import { EvaluationFailure, StateFailure } from '../state-failure.ts';
import { parseTaskResource } from '../task-resource.ts';
import type { Visit } from '../visit.ts';
import { recordFailed, recordScheduled, recordSucceeded } from './task-events.ts';

/** One attempt: the arguments are evaluated, the integration is called, and the history tells of both. */
export function* performTask(state: TaskState, visit: Visit): Process<Outcome> {
  const { thread, name: stateName, token } = visit;
  const resource = parseTaskResource(state.Resource, stateName);
  const args =
    state.Arguments === undefined
      ? visit.input
      : yield* evaluateField(visit, { name: 'Arguments', template: state.Arguments });
  const timeoutSeconds = yield* wholeSeconds(visit, 'TimeoutSeconds', state.TimeoutSeconds);
  const heartbeatSeconds = yield* wholeSeconds(visit, 'HeartbeatSeconds', state.HeartbeatSeconds);
  const roleArn = yield* credentials(visit, state.Credentials);
  yield* recordScheduled(visit, resource, { args, timeoutSeconds, heartbeatSeconds, roleArn });
  const limits = { timeoutSeconds, heartbeatSeconds };
  try {
    const reply = yield* call({ stateName, resource, arguments: args, ...limits, token, thread });
    yield* recordSucceeded(visit, resource, reply);
    return { next: state.Next, producer: state, result: reply };
  } catch (fault) {
    if (fault instanceof StateFailure) yield* recordFailed(visit, resource, fault);
    throw fault;
  }
}

/** The role that the task assumes; the simulation only records it. */
function* credentials(visit: Visit, template: Json | undefined): Process<string | undefined> {
  if (template === undefined) return undefined;
  const { RoleArn } = template as { readonly RoleArn: string };
  return yield* evaluateTyped(visit, { name: 'Credentials/RoleArn', template: RoleArn }, 'string');
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
