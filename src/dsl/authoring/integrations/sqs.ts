import type { Json } from '../../asl/machine.ts';
import type { Template } from '../../expression/expression.ts';
import type { Call, TaskError } from '../call.ts';
import type { CallTarget } from '../sdk.ts';
import { integrationCall, writtenOut } from './integration-call.ts';
import type { MessageAttribute } from './sns.ts';

/** A message to a queue. Source: "Send messages to an Amazon SQS queue with Step Functions". */
export interface SendMessageRequest {
  readonly QueueUrl: string;
  /** JSON other than text is sent as its text. */
  readonly MessageBody: Json;
  /** Up to 900; not for FIFO queues. */
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: { readonly [name: string]: MessageAttribute };
  /** For FIFO queues, which need it. */
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

export interface SentMessage {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string | undefined;
  /** Of FIFO queues. */
  readonly SequenceNumber?: string | undefined;
}

/**
 * Sends a message, `arn:aws:states:::sqs:sendMessage`. Better than `aws-sdk:sqs:sendMessage` because a body may
 * be an object; it can carry a task token. The role may send to the queue when its URL is written out, else to
 * all.
 */
const sendMessage = (
  request: Template<SendMessageRequest>,
  target: CallTarget = {},
): Call<SentMessage, `SQS.${string}` | TaskError> =>
  integrationCall('sqs:sendMessage', request, {
    action: 'sqs:SendMessage',
    on: queueArn(writtenOut(request, 'QueueUrl') ?? ''),
    ...target,
  });

/** `https://sqs.<region>.amazonaws.com/<account>/<name>` as an ARN. */
function queueArn(url: string): string | undefined {
  const [, region, account, name] =
    /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com\/(\d{12})\/([A-Za-z0-9_.-]+)$/.exec(url) ?? [];
  if (region === undefined || region.startsWith('us-gov-')) return undefined;
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

/**
 * Amazon SQS. `sendMessage` leaves work in a queue; as a `callback` it waits until the worker has answered.
 *
 * @example
 * ```ts
 * flow
 *   .run('queued', ({ input }) =>
 *     sqs.sendMessage({
 *       QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders',
 *       MessageBody: { order: input.id },
 *     }),
 *   )
 *   .returns(({ queued }) => queued.MessageId); // → "m-2"
 * ```
 * ```json
 * {
 *   "Queued": {
 *     "Resource": "arn:aws:states:::sqs:sendMessage",
 *     "Arguments": {
 *       "QueueUrl": "https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
 *       "MessageBody": { "order": "{% $input.id %}" }
 *     },
 *     "…": "…"
 *   }
 * }
 * ```
 */
export const sqs = { sendMessage };
