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

const THROTTLED: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

/**
 * DynamoDB calls whose requests, answers or error messages may hold items or keys. Throttling is waited out
 * until the invocation's time is over; every other error leaves with its name, its operation and its table
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
   * @throws OutOfTime when throttling outlasts the invocation.
   * @throws TaskError under the SDK error's own name, without its message.
   */
  async send<T>(operation: string, table: string, request: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await request();
      } catch (error) {
        if (!isThrottled(error)) throw scrubbed(error, operation, table);
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

function isThrottled(error: unknown): boolean {
  return error instanceof Error && THROTTLED.has(error.name);
}

function scrubbed(error: unknown, operation: string, table: string): TaskError {
  const named = error instanceof Error && /^\w{1,80}$/.test(error.name);
  const name = named ? error.name : 'UnknownError';
  return new TaskError(
    name,
    `${operation} on ${table} failed with ${name}; the service's message is left out because it may hold keys`,
  );
}
