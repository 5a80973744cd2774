import type { Json, JsonObject } from '../../asl/machine.ts';

/**
 * How a tested state came to its outcome; what does not apply is absent. Source: Step Functions API Reference,
 * "InspectionData", and calls recorded on AWS.
 *
 * @example
 * const backoff = ({ errorDetails }: InspectionData): number => errorDetails?.retryBackoffIntervalSeconds ?? 0;
 */
export interface InspectionData {
  readonly input?: Json;
  /** JSONPath only, as all that is named after a field of JSONPath. */
  readonly afterInputPath?: Json;
  readonly afterParameters?: Json;
  /** JSONata only. */
  readonly afterArguments?: Json;
  readonly afterItemsPath?: Json;
  /** What the ItemsPointer of an ItemReader leads to in the data. */
  readonly afterItemsPointer?: Json;
  /** What each iteration gets, with an ItemSelector. */
  readonly afterItemSelector?: Json;
  /** What each child execution gets, with an ItemBatcher; the items in it are JSON text. */
  readonly afterItemBatcher?: Json;
  readonly maxConcurrency?: number;
  /** Only where the state sets it, as the percentage. */
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
  /** What a call answered, or a Pass holds. */
  readonly result?: Json;
  readonly afterResultSelector?: Json;
  readonly afterResultPath?: Json;
  readonly errorDetails?: InspectionErrorDetails;
  /** All variables as they are behind the state, if there are any. */
  readonly variables?: JsonObject;
  /** TRACE of an HTTP Task only, as is the response. */
  readonly request?: { readonly [part: string]: string };
  readonly response?: { readonly [part: string]: string };
}

/** Which Retrier or Catcher took the error; a Retrier without attempts left has no backoff. */
interface InspectionErrorDetails {
  readonly catchIndex?: number;
  readonly retryIndex?: number;
  readonly retryBackoffIntervalSeconds?: number;
}

/** Inspection data while it is gathered. */
export type Notes = { -readonly [field in keyof InspectionData]: InspectionData[field] };
