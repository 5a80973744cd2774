import * as z from 'zod';
import type { Json } from '../../asl/machine.ts';
import { TaskTokenError } from '../../simulator/task-tokens.ts';
import { operation } from '../operation.ts';
import * as part from '../request-parts.ts';
import { ServiceError } from '../service-error.ts';

export const SendTaskSuccess = operation(
  z.strictObject({ taskToken: part.taskToken, output: part.payload }),
  ({ taskToken, output }, { tokens }) => {
    const value = outputOf(output);
    return answered(taskToken, () => tokens.sendTaskSuccess(taskToken, value));
  },
);

export const SendTaskFailure = operation(
  z.strictObject({ taskToken: part.taskToken, error: part.errorName, cause: part.cause }),
  ({ taskToken, error, cause }, { tokens }) => {
    const failure = {
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    };
    return answered(taskToken, () => tokens.sendTaskFailure(taskToken, failure));
  },
);

export const SendTaskHeartbeat = operation(
  z.strictObject({ taskToken: part.taskToken }),
  ({ taskToken }, { tokens }) => answered(taskToken, () => tokens.sendTaskHeartbeat(taskToken)),
);

/** What the tokens of executions look like: UUIDs. */
const tokenForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws ServiceError InvalidToken for what is no token, TaskTimedOut for one whose task is over or unheard of. */
function answered(token: string, answer: () => void): object {
  try {
    answer();
    return part.nothing;
  } catch (fault) {
    if (!(fault instanceof TaskTokenError)) throw fault;
    // One from before the last start is not known any more, and its task is over.
    const code = tokenForm.test(token) ? 'TaskTimedOut' : fault.name;
    throw new ServiceError(code, new TaskTokenError(code).message);
  }
}

function outputOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (fault) {
    throw new ServiceError('InvalidOutput', `Invalid Output: '${(fault as Error).message}'`);
  }
}
