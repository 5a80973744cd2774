import type { Json } from '../../asl/machine.ts';
import type { Template } from '../../expression/expression.ts';
import type { Call, TaskError } from '../call.ts';
import type { CallTarget } from '../sdk.ts';
import { integrationCall } from './integration-call.ts';

/** One event. Source: "Add EventBridge events with Step Functions". */
export interface EventEntry {
  readonly Source: string;
  readonly DetailType: string;
  /** An object, or its JSON text. */
  readonly Detail: Json;
  /** A name or an ARN; default the account's default bus. */
  readonly EventBusName?: string;
  /** The execution's and the machine's ARNs are added to them. */
  readonly Resources?: readonly string[];
  /** ISO 8601. */
  readonly Time?: string;
  readonly TraceHeader?: string;
}

export interface PutEventsRequest {
  /** 1 to 10. */
  readonly Entries: readonly EventEntry[];
  readonly EndpointId?: string;
}

export interface PutEventsResult {
  readonly FailedEntryCount: number;
  readonly Entries: readonly { readonly EventId: string }[];
}

/**
 * Sends events, `arn:aws:states:::events:putEvents`. Better than `aws-sdk:eventbridge:putEvents`, which succeeds
 * when entries were refused: here one refused entry fails the state with `EventBridge.FailedEntry`. It also says
 * in each event which execution sent it, takes a detail as an object, and can carry a task token.
 */
const putEvents = (
  request: Template<PutEventsRequest>,
  target: CallTarget = {},
): Call<PutEventsResult, `EventBridge.${string}` | TaskError> =>
  integrationCall('events:putEvents', request, { action: 'events:PutEvents', ...target });

/**
 * Amazon EventBridge. `putEvents` sends events, and one that is refused fails the state; `awsSdk` would take
 * that for success.
 *
 * @example
 * ```ts
 * flow
 *   .run('told', ({ input }) =>
 *     events.putEvents({ Entries: [{ Source: 'shop', DetailType: 'paid', Detail: { order: input.id } }] }),
 *   )
 *   .returns(({ told }) => told.FailedEntryCount); // → 0
 * ```
 * ```json
 * {
 *   "Told": {
 *     "Resource": "arn:aws:states:::events:putEvents",
 *     "Arguments": {
 *       "Entries": [{ "Source": "shop", "DetailType": "paid", "Detail": { "order": "{% $input.id %}" } }]
 *     },
 *     "…": "…"
 *   }
 * }
 * ```
 */
export const events = { putEvents };
