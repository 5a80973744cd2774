import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isNamed } from '../aws-error.ts';
import type { Environment, TaskClock } from '../handler.ts';
import { seededJitter } from '../pacing/seeded-jitter.ts';
import type { Spending } from '../pacing/spending.ts';
import { TaskError } from '../task-error.ts';

/** Thrown when an invocation has no time left for another try. Its caller stops where it last saved. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** Time kept back to return an answer after the last try, in milliseconds. */
const RESERVE = 5_000;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 5_000;

/** The table, or the account, gives no more for now (DynamoDB guide, "Error handling"). */
const THROTTLING: readonly string[] = [
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
];

/**
 * What passes: throttling, faults of the service or the network. The SDK's own retries cannot be relied on
 * here, because throttling uses up the allowance that all retries of a client share. Every call may be repeated.
 */
const PASSING: ReadonlySet<string> = new Set([
  ...THROTTLING,
  'InternalServerError',
  // Another region is changing the item (global tables of strong consistency).
  'ReplicatedWriteConflictException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'TimeoutError',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
]);

/** A table whose capacity is used sparingly. */
export interface PacedTable {
  readonly table: string;
  readonly spending: Spending;
}

/**
 * DynamoDB calls whose requests, answers or error messages may hold items or keys. Throttling and passing
 * faults are waited out until the invocation's time is over; every other error leaves with its name, its operation and its table
 * only.
 */
export class ItemCalls {
  readonly dynamodb: DynamoDBClient;
  /** Its `sleep` throws OutOfTime, at once, when it would end too late. */
  readonly clock: TaskClock;
  /** Numbers from 0 to 1, other ones for every invocation and seed. */
  readonly random: () => number;

  /** @param seed draws the jitter: callers that work side by side need different seeds. */
  constructor(environment: Environment, seed: string) {
    this.dynamodb = environment.dynamodb;
    const { clock, deadline } = environment;
    this.clock = {
      now: () => clock.now(),
      sleep: async (milliseconds) => {
        if (clock.now() + milliseconds >= deadline - RESERVE) throw new OutOfTime();
        await clock.sleep(milliseconds);
      },
    };
    this.random = seededJitter(`${seed}#${environment.clock.now()}`);
  }

  /**
   * @param to a table, and who is told when it throttles.
   * @throws OutOfTime when throttling or a passing fault outlasts the invocation.
   * @throws TaskError under the SDK error's own name, without its message; one of the request's own is left as it is.
   */
  async send<T>(operation: string, to: string | PacedTable, request: () => Promise<T>): Promise<T> {
    const { table, spending } = typeof to === 'string' ? { table: to, spending: undefined } : to;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await request();
        if (attemptsOf(answer) > 1) spending?.throttled();
        return answer;
      } catch (error) {
        if (error instanceof TaskError || error instanceof OutOfTime) throw error;
        if (!isPassing(error)) throw scrubbed(error, operation, table);
        if (isNamed(error, ...THROTTLING)) spending?.throttled();
      }
      await this.pause(attempt);
    }
  }

  /**
   * Sleeps before another try: exponential backoff with full jitter, at most 5 seconds.
   * @param attempt how many tries went before, from 0.
   * @throws OutOfTime when the pause would end too late.
   */
  async pause(attempt: number): Promise<void> {
    const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(attempt, 16));
    await this.clock.sleep(Math.ceil(longest * this.random()));
  }
}

/**
 * How often the SDK has sent a request. It does not tell why it sent it again: mostly because of throttling, and
 * a fault of the service is as good a reason to slow down.
 */
export function attemptsOf(answer: unknown): number {
  return (answer as { $metadata?: { attempts?: number } } | undefined)?.$metadata?.attempts ?? 1;
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return PASSING.has(error.name) || ('code' in error && PASSING.has(String(error.code)));
}

function scrubbed(error: unknown, operation: string, table: string): TaskError {
  const named = error instanceof Error && /^\w{1,80}$/.test(error.name);
  const name = named ? error.name : 'UnknownError';
  // So short because a cause has room for so much (src/workflow/segment-failure.ts).
  const words = name.startsWith('AccessDenied')
    ? 'a policy of its role, of the table or of its key denies it: mend that, and start again'
    : "the service's message is left out because it may hold keys";
  return new TaskError(name, `${operation} on ${table} failed with ${name}; ${words}`);
}
