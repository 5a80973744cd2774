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
  type GetFunctionResponse,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import type { Environment } from '../handler.ts';
import { ControlCalls } from '../pacing/control-calls.ts';
import { CALLS_PER_SECOND, READS_PER_SECOND } from './call-rates.ts';
import { unlessGone } from '../unless-gone.ts';
import { type ListedFunction, listedFunctions } from './listed-functions.ts';

/** A function's reserved concurrency: a number, 0 included, or none set. */
export type ReservedConcurrency = number | 'absent';

const PASSING_ERRORS = [
  'TooManyRequestsException',
  'ResourceConflictException',
  'ResourceInUseException',
  'ServiceException',
];

/** Lambda's control plane within its rate limits: calls are paced, and repeated while a refusal may pass. */
export class LambdaControlPlane {
  readonly #environment: Environment<'lambda'>;
  readonly #calls: ControlCalls;
  readonly #reads: ControlCalls;

  /**
   * One instance per invocation: its calls share one pace.
   * @param allowChange asked immediately before every change, retries included; throws to prevent it.
   */
  constructor(environment: Environment<'lambda'>, allowChange: () => Promise<void> = async () => {}) {
    this.#environment = environment;
    const rules = { passing: PASSING_ERRORS, allowChange };
    this.#calls = new ControlCalls(environment, { ...rules, perSecond: CALLS_PER_SECOND });
    this.#reads = new ControlCalls(environment, { ...rules, perSecond: READS_PER_SECOND });
  }

  /** Every function of the account in this region, each with all its published versions. */
  async functions(): Promise<ListedFunction[]> {
    const found: FunctionConfiguration[] = [];
    let Marker: string | undefined;
    do {
      const asked = new ListFunctionsCommand({ FunctionVersion: 'ALL', Marker });
      const page = await this.#calls.read(() => this.#environment.lambda.send(asked));
      found.push(...(page.Functions ?? []));
      Marker = page.NextMarker;
    } while (Marker);
    return listedFunctions(found);
  }

  /** Every event-source mapping of the account in this region. */
  async mappings(): Promise<EventSourceMappingConfiguration[]> {
    const found: EventSourceMappingConfiguration[] = [];
    let Marker: string | undefined;
    do {
      const asked = new ListEventSourceMappingsCommand({ Marker });
      const page = await this.#calls.read(() => this.#environment.lambda.send(asked));
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
    const found = await this.found(name);
    return found && (found.Concurrency?.ReservedConcurrentExecutions ?? 'absent');
  }

  /** All that GetFunction tells of a function, its state included, which no list does; undefined without one. */
  async found(name: string): Promise<GetFunctionResponse | undefined> {
    const asked = new GetFunctionCommand({ FunctionName: name });
    return unlessGone(() => this.#reads.read(() => this.#environment.lambda.send(asked)));
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
        await this.#calls.change(() => this.#environment.lambda.send(asked));
        return 'absent' as const;
      }
      const asked = new PutFunctionConcurrencyCommand({
        FunctionName: name,
        ReservedConcurrentExecutions: wanted,
      });
      const answer = await this.#calls.change(() => this.#environment.lambda.send(asked));
      return answer.ReservedConcurrentExecutions ?? 'absent';
    });
  }

  /** One mapping, which a list may lack for a moment; undefined when it does not exist. */
  async mapping(uuid: string): Promise<EventSourceMappingConfiguration | undefined> {
    return unlessGone(() =>
      this.#calls.read(() => this.#environment.lambda.send(new GetEventSourceMappingCommand({ UUID: uuid }))),
    );
  }

  /**
   * Pauses or resumes a mapping; the change itself takes Lambda some seconds more.
   * @returns false when the mapping does not exist.
   */
  async setMappingEnabled(uuid: string, enabled: boolean): Promise<boolean> {
    const asked = new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: enabled });
    const answer = await unlessGone(() => this.#calls.change(() => this.#environment.lambda.send(asked)));
    return answer !== undefined;
  }

  /** Any other call but a change. @returns undefined when what it is about does not exist. */
  async ask<T>(call: (lambda: LambdaClient) => Promise<T>): Promise<T | undefined> {
    return unlessGone(() => this.#calls.read(() => call(this.#environment.lambda)));
  }

  /** Any other change, if it is still allowed. @returns undefined when what it is about does not exist. */
  async change<T>(call: (lambda: LambdaClient) => Promise<T>): Promise<T | undefined> {
    return unlessGone(() => this.#calls.change(() => call(this.#environment.lambda)));
  }
}
