import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Task } from '../dsl/authoring/task.ts';
import { dynamodbClient } from './aws-clients.ts';
import { errorName } from './aws-error.ts';
import { configuredSystem } from './configured-system.ts';
import type { Clients, Environment, Handler, Service } from './handler.ts';
import { IncidentId } from './incident.ts';
import { TaskError } from './task-error.ts';

/** What Lambda's Node runtime passes as second argument, as far as it is used here. */
export interface LambdaContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** A task's code as Lambda's Node runtime calls it. */
type Entry<T extends Task> = (
  payload: unknown,
  context: LambdaContext,
) => Promise<z.output<T['definition']['output']>>;

/**
 * The AWS Lambda handler of a task. It logs one line per invocation: task, incident, outcome and duration,
 * never the payload.
 * @throws an error that bears the task error's name and message; any other error keeps its name only, since
 * its message or stack may hold an item's key.
 */
export function lambdaEntry<T extends Task>(handler: Handler<T>): Entry<T>;
/** @param clients makes those that the handler needs beside DynamoDB's, at the first invocation. */
export function lambdaEntry<T extends Task, S extends Service>(
  handler: Handler<T, S>,
  clients: () => Pick<Clients, S>,
): Entry<T>;
export function lambdaEntry<T extends Task, S extends Service>(
  handler: Handler<T, S>,
  clients: () => Pick<Clients, S> = () => ({}) as Pick<Clients, S>,
): Entry<T> {
  /** Made at the first invocation and kept for the life of the Lambda instance. */
  let services: (Omit<Environment, 'deadline' | 'log'> & Pick<Clients, S>) | undefined;
  return async (payload, context) => {
    const startedAt = Date.now();
    const log = (outcome: string) => {
      const { taskName } = handler.task;
      const line = { task: taskName, incidentId: incidentOf(payload), requestId: context.awsRequestId };
      console.log(JSON.stringify({ ...line, outcome, durationMilliseconds: Date.now() - startedAt }));
    };
    try {
      const deadline = startedAt + context.getRemainingTimeInMillis();
      services ??= { ...basicServices(), ...clients() };
      const result = await handler(payload, {
        ...services,
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

function basicServices(): Omit<Environment, 'deadline' | 'log'> {
  return {
    system: configuredSystem(process.env.REWIND_SYSTEM),
    dynamodb: dynamodbClient(),
    clock: {
      now: () => Date.now(),
      sleep: async (milliseconds) => {
        await sleep(milliseconds);
      },
    },
  };
}

/**
 * An error as it leaves a task's function: a task error by name and message, any other one by its name alone, since its
 * message, stack or cause may hold an item's key.
 */
export function withoutData(error: unknown, taskName: string): Error {
  const known = error instanceof TaskError;
  const name = errorName(error);
  const message = known
    ? error.message
    : `${taskName} failed with ${name}${requestOf(error)}${remedyOf(name)}`;
  const told = new Error(message);
  told.name = name;
  // Lambda sends the stack to the caller; it names this machine's files.
  told.stack = `${name}: ${message}`;
  return told;
}

/** What helps against an error that tells nothing more. */
const remedyOf = (name: string): string =>
  name.startsWith('AccessDenied')
    ? '; its role lacks a right, or a policy denies it: deploy the recovery system again, and look for such a policy'
    : '';

/** The id under which AWS knows the call that failed. */
function requestOf(error: unknown): string {
  const call = z.object({ $metadata: z.object({ requestId: z.string() }) }).safeParse(error);
  return call.success ? ` (AWS request ${call.data.$metadata.requestId})` : '';
}

function incidentOf(payload: unknown): string | undefined {
  const named = z.object({ incidentId: IncidentId }).safeParse(payload);
  return named.success ? named.data.incidentId : undefined;
}
