import type { CallNode, RetryNode } from '../ast/step-node.ts';
import { type Duration, seconds } from './duration.ts';

/** When and how often a failed call is made again; delays grow and are scattered (full jitter). */
export interface RetryPolicy {
  /** Error names as Step Functions writes them, for example `DynamoDb.LimitExceededException`. */
  readonly errors: readonly string[];
  /** Before the first retry; default 2 seconds. */
  readonly interval?: Duration;
  /** Default 6. */
  readonly maxAttempts?: number;
  /** Each delay is the last one times this; default 2. */
  readonly backoffRate?: number;
  /** No delay is longer; default 1 minute. */
  readonly maxDelay?: Duration;
}

/**
 * Lambda's passing faults: its service's, a throttled or killed invocation. The first four are the set AWS
 * recommends ("Handle transient Lambda service exceptions", Step Functions best practices).
 */
const LAMBDA = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'States.Timeout',
  // What the AWS SDK calls throttling and faults of a service, when a handler's own retries were not enough.
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'InternalServerError',
  'ServiceUnavailable',
  'ServiceException',
  'TimeoutError',
];

/**
 * Refusals to start a child execution, under the prefix of the optimised integration. Only those that say that
 * nothing was started: a second child beside the first would do everything twice.
 */
const CHILD = ['StepFunctions.ExecutionLimitExceededException', 'StepFunctions.ThrottlingException'];

const SERVICE_PREFIX: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDb',
  lambda: 'Lambda',
  sfn: 'Sfn',
};

/** Throttling and server faults of an SDK integration, as Step Functions names them. */
function sdkFaults(service: string): string[] {
  const prefix = SERVICE_PREFIX[service] ?? service;
  const named = [
    'ThrottlingException',
    'RequestLimitExceededException',
    'TooManyRequestsException',
    'InternalServerErrorException',
    'ServiceException',
    'SdkClientException',
  ].map((error) => `${prefix}.${error}`);
  return [...named, 'States.Timeout'];
}

/** The retries of a call: the author's own first, then those for passing faults, unless `'none'`. */
export function retriesOf(
  call: CallNode,
  given: readonly RetryPolicy[] | 'none' | undefined,
): readonly RetryNode[] {
  if (given === 'none') return [];
  const own = (given ?? []).map(retryNode);
  // Nothing may follow States.ALL, and nothing is left to follow it.
  if (own.some(({ errors }) => errors.includes('States.ALL'))) return own;
  if (call.kind === 'task') return [...own, retryNode({ errors: LAMBDA })];
  if (call.kind === 'sdk') return [...own, retryNode({ errors: sdkFaults(call.service) })];
  return [...own, retryNode({ errors: CHILD })];
}

function retryNode(policy: RetryPolicy): RetryNode {
  return {
    errors: policy.errors,
    intervalSeconds: seconds(policy.interval ?? '2 seconds'),
    maxAttempts: policy.maxAttempts ?? 6,
    backoffRate: policy.backoffRate ?? 2,
    maxDelaySeconds: seconds(policy.maxDelay ?? '1 minute'),
  };
}
