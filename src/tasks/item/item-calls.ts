import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Environment, TaskClock } from '../handler.ts';
import { seededJitter } from '../pacing/seeded-jitter.ts';
import { TaskError } from '../task-error.ts';

/** Thrown when an invocation has no time left for another try. Its caller stops where it last saved. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** Time kept back to return an answer after the last try, in milliseconds. */
const RESERVE = 5_000;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 5_000;

/**
 * What passes: throttling, faults of the service or the network. The SDK's own retries cannot be relied on
 * here, because throttling uses up the allowance that all retries of a client share. Every call may be repeated.
 */
const PASSING: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'InternalServerError',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'TimeoutError',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * DynamoDB calls whose requests, answers or error messages may hold items or keys. Throttling and passing
 * faults are waited out until the invocation's time is over; every other error leaves with its name, its operation and its table
 * only.
 */
export class ItemCalls {
  readonly dynamodb: DynamoDBClient;
  readonly #clock: TaskClock;
  readonly #giveUpAt: number;
  readonly #random: () => number;

  /** @param seed draws the jitter: callers that work side by side need different seeds. */
  constructor(environment: Environment, seed: string) {
    this.dynamodb = environment.dynamodb;
    this.#clock = environment.clock;
    this.#giveUpAt = environment.deadline - RESERVE;
    this.#random = seededJitter(`${seed}#${environment.clock.now()}`);
  }

  /**
   * @throws OutOfTime when throttling or a passing fault outlasts the invocation.
   * @throws TaskError under the SDK error's own name, without its message.
   */
  async send<T>(operation: string, table: string, request: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await request();
      } catch (error) {
        if (!isPassing(error)) throw scrubbed(error, operation, table);
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
    const pause = Math.ceil(longest * this.#random());
    if (this.#clock.now() + pause >= this.#giveUpAt) throw new OutOfTime();
    await this.#clock.sleep(pause);
  }
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return PASSING.has(error.name) || ('code' in error && PASSING.has(String(error.code)));
}

function scrubbed(error: unknown, operation: string, table: string): TaskError {
  const named = error instanceof Error && /^\w{1,80}$/.test(error.name);
  const name = named ? error.name : 'UnknownError';
  return new TaskError(
    name,
    `${operation} on ${table} failed with ${name}; the service's message is left out because it may hold keys`,
  );
}
