import type { Json, JsonObject } from '../../asl/machine.ts';
import type { FieldValidationMode } from '../results/misfits.ts';

export type InspectionLevel = 'INFO' | 'DEBUG' | 'TRACE';

/**
 * What TestState is asked to run. Where the API takes JSON text, a value may be given as well; a string is always
 * JSON text. Source: Step Functions API Reference, "TestState".
 *
 * @example
 * const request: TestStateRequest = { definition: { Type: 'Succeed' }, input: { order: 'o-7' } };
 */
export interface TestStateRequest {
  /** One state, or with `stateName` a whole machine. */
  readonly definition: object | string;
  /** The state to run, however deep it is in the machine. */
  readonly stateName?: string;
  /** Default `{}`. */
  readonly input?: Json;
  /** How much the answer shows: only the outcome (INFO, the default), or `inspectionData` as well. */
  readonly inspectionLevel?: InspectionLevel;
  /** The variables that are set before the state. */
  readonly variables?: JsonObject | string;
  /** The whole context object; only together with `mock`. Default: one with made-up names. */
  readonly context?: JsonObject | string;
  /** What the call, the iterations or the branches come to. Map and Parallel states are run with one only. */
  readonly mock?: StateMock;
  readonly stateConfiguration?: StateConfiguration;
  /** The role that the context object shows; AWS demands one for a Task without a mock. */
  readonly roleArn?: string;
  /** Secrets of connections, of which there are none here; not together with `mock`. */
  readonly revealSecrets?: boolean;
}

/**
 * A mocked result or a mocked error: one of them.
 *
 * @example
 * const busy: StateMock = { errorOutput: { error: 'Lambda.TooManyRequestsException', cause: 'Rate Exceeded.' } };
 */
export interface StateMock {
  /** A Parallel's must have an item for each branch. */
  readonly result?: Json;
  readonly errorOutput?: { readonly error?: string; readonly cause?: string };
  /**
   * How the result is held against the output of the API that the task calls. `STRICT`, the default: what the API
   * always gives must be there, and what is there must fit; `PRESENT`: only the latter; `NONE`: neither. What the
   * model of the service does not have is let pass. The model is in the service's SDK client; without one the result
   * is not checked, and a mode that was asked for is refused.
   */
  readonly fieldValidationMode?: FieldValidationMode;
}

/**
 * What has happened around the state before.
 *
 * @example
 * const third: StateConfiguration = { retrierRetryCount: 2 };
 */
export interface StateConfiguration {
  /** How often the Retrier that takes the mocked error has retried; default 0. */
  readonly retrierRetryCount?: number;
  /** How many iterations of the Map failed; default 0. */
  readonly mapIterationFailureCount?: number;
  /** The state inside the Map or Parallel that the mocked error comes from. */
  readonly errorCausedByState?: string;
  /** The content of the object that the Map's ItemReader reads, as its InputType says. */
  readonly mapItemReaderData?: string;
}
