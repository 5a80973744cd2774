import { sdkModel } from '../../asl/sdk-model.ts';
import { StateFailure } from '../state-failure.ts';
import type { TaskResource } from '../task-resource.ts';

const REQUEST_ID = '00000000-0000-0000-0000-000000000000';

/** How an optimised integration reports that its service has refused. */
interface Reported {
  readonly error: string;
  readonly service: string;
  readonly status: number;
  readonly code: string;
}

const denied = (error: string, service: string, status = 400): Reported => ({
  error,
  service,
  status,
  code: 'AccessDeniedException',
});

/**
 * The general error of each service, as those clients of Java name it that these integrations stand on. Seen on AWS:
 * Lambda's (github.com/awslabs/aws-deployment-framework/issues/460). The others follow from it.
 */
const optimised: Readonly<Record<string, Reported>> = {
  dynamodb: denied('DynamoDB.AmazonDynamoDBException', 'AmazonDynamoDBv2'),
  events: denied('EventBridge.AmazonEventBridgeException', 'AmazonEventBridge'),
  lambda: denied('Lambda.AWSLambdaException', 'AWSLambda', 403),
  sns: {
    error: 'SNS.AuthorizationErrorException',
    service: 'AmazonSNS',
    status: 403,
    code: 'AuthorizationError',
  },
  sqs: { error: 'SQS.AmazonSQSException', service: 'AmazonSQS', status: 403, code: 'AccessDenied' },
  states: denied('StepFunctions.AWSStepFunctionsException', 'AWSStepFunctions'),
};

/**
 * What a task fails with when its role may not make the call. An SDK integration fails with the error that the
 * service's model has for it, mostly the general one: `DynamoDb.DynamoDbException` (seen on AWS). Where neither is
 * known the guide has `States.Permissions`.
 */
export function refusal({ resourceType }: TaskResource, words: string): StateFailure {
  const known = Object.hasOwn(optimised, resourceType) ? optimised[resourceType] : undefined;
  if (known !== undefined) {
    const { error, service, status, code } = known;
    const told = `Service: ${service}; Status Code: ${status}; Error Code: ${code}`;
    return new StateFailure(error, `${words} (${told}; Request ID: ${REQUEST_ID}; Proxy: null)`);
  }
  const model = resourceType.startsWith('aws-sdk:')
    ? sdkModel(resourceType.slice('aws-sdk:'.length))
    : undefined;
  if (model === undefined) return new StateFailure('States.Permissions', words);
  const own = `${model.prefix}.AccessDeniedException`;
  return new StateFailure(
    model.errors.some(({ name }) => name === own) ? own : model.generalError,
    `${words} (Service: ${model.prefix}, Status Code: ${STATUS[model.prefix] ?? 400}, Request ID: ${REQUEST_ID})`,
  );
}

/** The services of REST refuse with 403, those of JSON with 400. */
const STATUS: Readonly<Record<string, number>> = { Lambda: 403, S3: 403, Sns: 403 };

/**
 * What a task fails with when the machine's role may not take the role of its `Credentials`. Seen on AWS
 * ("States.TaskFailed").
 */
export const assumeRefusal = (role: string, taskRole: string): StateFailure =>
  new StateFailure(
    'States.TaskFailed',
    `The role ${role} is not authorized to assume the task state's role, ${taskRole}.`,
  );
