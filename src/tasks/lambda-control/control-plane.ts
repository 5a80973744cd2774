import {
  DeleteFunctionConcurrencyCommand,
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
  type EventSourceMappingConfiguration,
  type FunctionConfiguration,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { isNamed } from '../aws-error.ts';
import type { Environment } from '../handler.ts';
import { seededJitter } from '../pacing/seeded-jitter.ts';
import { Pace } from '../pacing/pace.ts';
import { withBackoff } from '../pacing/with-backoff.ts';

/** A function's reserved concurrency: a number, 0 included, or none set. */
export type ReservedConcurrency = number | 'absent';

/** Lambda allows 15/s for all control-plane calls together and cannot raise it; others need some too. */
export const CALLS_PER_SECOND = 12;
/** GetFunction has a limit of its own: 100/s. */
export const READS_PER_SECOND = 80;

/** What is kept back of the invocation's time to say what could not be done. */
const ANSWER_MILLISECONDS = 10_000;

const PASSING_ERRORS = [
  'TooManyRequestsException',
  'ResourceConflictException',
  'ResourceInUseException',
  'ServiceException',
];

/** Lambda's control plane within its rate limits: calls are paced, and repeated while a refusal may pass. */
export class LambdaControlPlane {
  readonly #environment: Environment<'lambda'>;
  readonly #calls: Pace;
  readonly #reads: Pace;
  readonly #allowChange: () => Promise<void>;
  readonly #random: () => number;

  /**
   * One instance per invocation: its calls share one pace.
   * @param allowChange asked immediately before every change, retries included; throws to prevent it.
   */
  constructor(environment: Environment<'lambda'>, allowChange: () => Promise<void> = async () => {}) {
    this.#environment = environment;
    this.#allowChange = allowChange;
    this.#random = seededJitter(`lambda#${environment.clock.now()}`);
    this.#calls = new Pace(CALLS_PER_SECOND, environment.clock);
    this.#reads = new Pace(READS_PER_SECOND, environment.clock);
  }

  /** Every function of the account in this region. */
  async functions(): Promise<FunctionConfiguration[]> {
    const found: FunctionConfiguration[] = [];
    let Marker: string | undefined;
    do {
      const asked = new ListFunctionsCommand({ Marker });
      const page = await this.#paced(this.#calls, () => this.#environment.lambda.send(asked));
      found.push(...(page.Functions ?? []));
      Marker = page.NextMarker;
    } while (Marker);
    return found;
  }

  /** Every event-source mapping of the account in this region. */
  async mappings(): Promise<EventSourceMappingConfiguration[]> {
    const found: EventSourceMappingConfiguration[] = [];
    let Marker: string | undefined;
    do {
      const asked = new ListEventSourceMappingsCommand({ Marker });
      const page = await this.#paced(this.#calls, () => this.#environment.lambda.send(asked));
      found.push(...(page.EventSourceMappings ?? []));
      Marker = page.NextMarker;
    } while (Marker);
    return found;
  }

  /**
   * A function's reserved concurrency; undefined when the function does not exist. Read with GetFunction,
   * because GetFunctionConcurrency draws on the small budget that the writes need.
   */
  async reservedConcurrency(name: string): Promise<ReservedConcurrency | undefined> {
    return unlessGone(async () => {
      const asked = new GetFunctionCommand({ FunctionName: name });
      const answer = await this.#paced(this.#reads, () => this.#environment.lambda.send(asked));
      return answer.Concurrency?.ReservedConcurrentExecutions ?? 'absent';
    });
  }

  /**
   * Sets or removes a function's reserved concurrency.
   * @returns what Lambda answers is now set; undefined when the function does not exist.
   */
  async setReservedConcurrency(
    name: string,
    wanted: ReservedConcurrency,
  ): Promise<ReservedConcurrency | undefined> {
    return unlessGone(async () => {
      if (wanted === 'absent') {
        const asked = new DeleteFunctionConcurrencyCommand({ FunctionName: name });
        await this.#change(() => this.#environment.lambda.send(asked));
        return 'absent' as const;
      }
      const asked = new PutFunctionConcurrencyCommand({
        FunctionName: name,
        ReservedConcurrentExecutions: wanted,
      });
      const answer = await this.#change(() => this.#environment.lambda.send(asked));
      return answer.ReservedConcurrentExecutions ?? 'absent';
    });
  }

  /** One mapping, which a list may lack for a moment; undefined when it does not exist. */
  async mapping(uuid: string): Promise<EventSourceMappingConfiguration | undefined> {
    return unlessGone(() =>
      this.#paced(this.#calls, () =>
        this.#environment.lambda.send(new GetEventSourceMappingCommand({ UUID: uuid })),
      ),
    );
  }

  /**
   * Pauses or resumes a mapping; the change itself takes Lambda some seconds more.
   * @returns false when the mapping does not exist.
   */
  async setMappingEnabled(uuid: string, enabled: boolean): Promise<boolean> {
    const asked = new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: enabled });
    const answer = await unlessGone(() => this.#change(() => this.#environment.lambda.send(asked)));
    return answer !== undefined;
  }

  /** Any other call but a change. @returns undefined when what it is about does not exist. */
  async ask<T>(call: (lambda: LambdaClient) => Promise<T>): Promise<T | undefined> {
    return unlessGone(() => this.#paced(this.#calls, () => call(this.#environment.lambda)));
  }

  /** Any other change, if it is still allowed. @returns undefined when what it is about does not exist. */
  async change<T>(call: (lambda: LambdaClient) => Promise<T>): Promise<T | undefined> {
    return unlessGone(() => this.#change(() => call(this.#environment.lambda)));
  }

  #change<T>(call: () => Promise<T>): Promise<T> {
    return this.#paced(this.#calls, async () => {
      await this.#allowChange();
      return call();
    });
  }

  #paced<T>(pace: Pace, call: () => Promise<T>): Promise<T> {
    const { clock, deadline } = this.#environment;
    const attempt = async () => {
      await pace.turn();
      return call();
    };
    return withBackoff(attempt, {
      retry: PASSING_ERRORS,
      clock,
      random: this.#random,
      deadline: deadline - ANSWER_MILLISECONDS,
    });
  }
}

async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}
