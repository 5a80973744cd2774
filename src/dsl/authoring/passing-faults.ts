import { idempotenceOf, mayHaveLanded } from '../asl/check/idempotence.ts';
import { missingClient, sdkModel } from '../asl/sdk-model.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import type { CallNode, IntegrationCallNode, SdkCallNode } from '../ast/step-node.ts';

/** Lambda refused the invocation: no function has run. */
const LAMBDA_REFUSALS = ['Lambda.TooManyRequestsException'];

/**
 * Lambda's passing faults: its service's, a throttled or killed invocation. The first four are the set AWS
 * recommends ("Handle transient Lambda service exceptions", Step Functions best practices).
 */
const LAMBDA = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  ...LAMBDA_REFUSALS,
];

/** What a function that was waited for may fail with in passing: killed, out of time, or an AWS SDK's own retries used up. */
const FUNCTION = [
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'States.Timeout',
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

/**
 * Throttling by the services of optimised integrations. `DynamoDB.`, `EventBridge.`, `SNS.` and `SQS.` are their
 * prefixes in recorded executions; the names are those of the APIs' common errors.
 */
const INTEGRATIONS: Readonly<Record<string, readonly string[]>> = {
  dynamodb: [
    'DynamoDB.ProvisionedThroughputExceededException',
    'DynamoDB.RequestLimitExceededException',
    'DynamoDB.ThrottlingException',
  ],
  events: ['EventBridge.ThrottlingException'],
  sns: ['SNS.ThrottledException', 'SNS.KMSThrottlingException'],
  sqs: ['SQS.RequestThrottledException', 'SQS.KmsThrottledException'],
};

/**
 * The errors after which a call is made again without being told to. A call that hands out a task token is only
 * made again when it was refused: its message would be sent twice, and the first token be dead. One that only
 * starts something is not made again after a timeout of its own. An SDK call that adds something each time is only
 * made again when nothing was done.
 */
export function passingFaults(call: CallNode, place: string): readonly string[] {
  switch (call.kind) {
    case 'task':
      if (call.waitsFor === 'token') return LAMBDA_REFUSALS;
      return call.waitsFor === 'start' ? LAMBDA : [...LAMBDA, ...FUNCTION];
    case 'workflow':
      return CHILD;
    case 'sdk':
      return sdkFaults(call, place);
    case 'integration':
      return integrationFaults(call);
  }
}

/**
 * Throttling and, of a call that may be made twice with the effect of once, faults of the service and on the way to
 * it, as far as the service's own model has them.
 */
function sdkFaults(call: SdkCallNode, place: string): readonly string[] {
  const { service, action, waitsFor } = call;
  const model = sdkModel(service);
  if (model === undefined) throw new DefinitionError(`${place}: ${missingClient(service)}`);
  const named = (wanted: readonly string[]) =>
    model.errors.filter(({ kind }) => wanted.includes(kind)).map(({ name }) => name);
  if (waitsFor === 'token') return named(['throttling']);
  const all = [...named(['throttling', 'fault']), `${model.prefix}.SdkClientException`, 'States.Timeout'];
  const repeatable = idempotenceOf({ service, action, request: writtenOut(call) }) === 'yes';
  return repeatable ? all : all.filter((error) => !mayHaveLanded(error));
}

/** The members of a request, with the texts that are known at definition. */
const writtenOut = ({ arguments: given }: SdkCallNode): { readonly [member: string]: unknown } =>
  given.kind === 'object'
    ? Object.fromEntries(
        Object.entries(given.fields).map(([member, field]) => [
          member,
          field.kind === 'value' && field.value.kind === 'literal' ? field.value.value : undefined,
        ]),
      )
    : {};

const integrationFaults = ({ resource }: IntegrationCallNode): readonly string[] =>
  INTEGRATIONS[resource.split(':')[0] ?? ''] ?? [];
