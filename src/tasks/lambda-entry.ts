import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Task } from '../dsl/authoring/task.ts';
import { errorName } from './aws-error.ts';
import { configuredSystem } from './configured-system.ts';
import type { Environment, Handler } from './handler.ts';
import { IncidentId } from './incident.ts';
import { TaskError } from './task-error.ts';

/** What Lambda's Node runtime passes as second argument, as far as it is used here. */
export interface LambdaContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/**
 * Standard mode: the adaptive one slows all calls of a client when one of them is throttled, and the
 * handlers pace themselves. Six attempts are five delays of full jitter, about 3 seconds in all: enough for
 * a blip, and short enough that a lasting refusal reaches the handler, which knows what can wait.
 */
const RETRY = { retryMode: 'standard', maxAttempts: 6 } as const;

/** A call that hangs must not use up the invocation: every call made here answers within a second or two. */
const REQUEST_HANDLER = { connectionTimeout: 3000, requestTimeout: 20_000, throwOnRequestTimeout: true };

type Services = Omit<Environment, 'deadline' | 'log'>;

/** Made at the first invocation and kept for the life of the Lambda instance. */
let services: Services | undefined;

function servicesOfThisInstance(): Services {
  services ??= {
    system: configuredSystem(process.env.REWIND_SYSTEM),
    dynamodb: new DynamoDBClient({ ...RETRY, requestHandler: REQUEST_HANDLER }),
    lambda: new LambdaClient({ ...RETRY, requestHandler: REQUEST_HANDLER }),
    sfn: new SFNClient({ ...RETRY, requestHandler: REQUEST_HANDLER }),
    clock: {
      now: () => Date.now(),
      sleep: async (milliseconds) => {
        await sleep(milliseconds);
      },
    },
  };
  return services;
}

/**
 * The AWS Lambda handler of a task. It logs one line per invocation: task, incident, outcome and duration,
 * never the payload.
 * @throws an error that bears the task error's name and message; any other error keeps its name only, since
 * its message or stack may hold an item's key.
 */
export function lambdaEntry<T extends Task>(
  handler: Handler<T>,
): (payload: unknown, context: LambdaContext) => Promise<z.output<T['definition']['output']>> {
  return async (payload, context) => {
    const startedAt = Date.now();
    const log = (outcome: string) => {
      const { taskName } = handler.task;
      const line = { task: taskName, incidentId: incidentOf(payload), requestId: context.awsRequestId };
      console.log(JSON.stringify({ ...line, outcome, durationMilliseconds: Date.now() - startedAt }));
    };
    try {
      const deadline = startedAt + context.getRemainingTimeInMillis();
      const result = await handler(payload, {
        ...servicesOfThisInstance(),
        deadline,
        log: (line) => console.log(JSON.stringify(line)),
      });
      log('succeeded');
      return result;
    } catch (error) {
      log(errorName(error));
      throw withoutData(error, handler.task.taskName);
    }
  };
}

function withoutData(error: unknown, taskName: string): Error {
  const known = error instanceof TaskError;
  const name = errorName(error);
  const message = known ? error.message : `${taskName} failed with ${name}${requestOf(error)}`;
  const told = new Error(message);
  told.name = name;
  // Lambda sends the stack to the caller; it names this machine's files.
  told.stack = `${name}: ${message}`;
  return told;
}

/** The id under which AWS knows the call that failed. */
function requestOf(error: unknown): string {
  const call = z.object({ $metadata: z.object({ requestId: z.string() }) }).safeParse(error);
  return call.success ? ` (AWS request ${call.data.$metadata.requestId})` : '';
}

function incidentOf(payload: unknown): string | undefined {
  const named = z.object({ incidentId: IncidentId }).safeParse(payload);
  return named.success ? named.data.incidentId : undefined;
}
