import type { Json } from '../../asl/machine.ts';
import type { Template } from '../../expression/expression.ts';
import type { Call, TaskError } from '../call.ts';
import type { CallTarget } from '../sdk.ts';
import { integrationCall, writtenOut } from './integration-call.ts';

/** An attribute of a message; `DataType` is `String`, `Number`, `Binary`, or one of them with a suffix. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

/** A message to a topic, a phone number or an endpoint. Source: "Publish messages to Amazon SNS topics". */
export interface PublishRequest {
  readonly TopicArn?: string;
  readonly TargetArn?: string;
  readonly PhoneNumber?: string;
  /** JSON other than text is sent as its text. */
  readonly Message: Json;
  readonly Subject?: string;
  /** `json`: the message is an object of texts by protocol. */
  readonly MessageStructure?: 'json';
  readonly MessageAttributes?: { readonly [name: string]: MessageAttribute };
  /** For FIFO topics, which need it. */
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

export interface Published {
  readonly MessageId: string;
  /** Of FIFO topics. */
  readonly SequenceNumber?: string | undefined;
}

/**
 * Publishes a message, `arn:aws:states:::sns:publish`. Better than `aws-sdk:sns:publish` because a message may
 * be an object, as recorded executions show; it can carry a task token. The role may publish to the topic when
 * its ARN is written out, else to all.
 */
const publish = (
  request: Template<PublishRequest>,
  target: CallTarget = {},
): Call<Published, `SNS.${string}` | TaskError> =>
  integrationCall('sns:publish', request, {
    action: 'sns:Publish',
    on: writtenOut(request, 'TopicArn') ?? writtenOut(request, 'TargetArn'),
    ...target,
  });

/**
 * Amazon SNS. `publish` sends a message to whoever has subscribed; for one receiver that works it off use
 * `sqs`.
 *
 * @example
 * ```ts
 * flow
 *   .run('told', ({ input }) =>
 *     sns.publish({ TopicArn: 'arn:aws:sns:eu-west-1:123456789012:orders', Message: { order: input.id } }),
 *   )
 *   .returns(({ told }) => told.MessageId); // → "m-1"
 * ```
 * ```json
 * {
 *   "Told": {
 *     "Resource": "arn:aws:states:::sns:publish",
 *     "Arguments": {
 *       "TopicArn": "arn:aws:sns:eu-west-1:123456789012:orders",
 *       "Message": { "order": "{% $input.id %}" }
 *     },
 *     "…": "…"
 *   }
 * }
 * ```
 */
export const sns = { publish };
