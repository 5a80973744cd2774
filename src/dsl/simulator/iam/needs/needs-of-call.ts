import { iamAction } from '../../../asl/iam-action.ts';
import type { Json, JsonObject } from '../../../asl/machine.ts';
import type { TaskResource } from '../../task-resource.ts';
import {
  type CallPlace,
  type Need,
  need,
  needAnywhere,
  needSomewhere,
  type ServiceNeeds,
  textOf,
} from '../need.ts';
import { dynamodbNeeds } from './dynamodb-needs.ts';
import { cloudwatchNeeds, kmsNeeds } from './keys-and-metrics-needs.ts';
import { functionArn, lambdaNeeds } from './lambda-needs.ts';
import { eventsNeeds, snsNeeds, sqsNeeds } from './messaging-needs.ts';
import { pipesNeeds, schedulerNeeds } from './pipes-and-schedules-needs.ts';
import { s3Needs } from './s3-needs.ts';
import { statesNeeds } from './states-needs.ts';
import { objectOf } from '../../object-of.ts';

/** By the service's prefix in IAM. */
const services: Readonly<Record<string, ServiceNeeds>> = {
  cloudwatch: cloudwatchNeeds,
  dynamodb: dynamodbNeeds,
  events: eventsNeeds,
  kms: kmsNeeds,
  lambda: lambdaNeeds,
  pipes: pipesNeeds,
  s3: s3Needs,
  scheduler: schedulerNeeds,
  sns: snsNeeds,
  sqs: sqsNeeds,
  states: statesNeeds,
};

/** Listings of the whole account, which know no resources. Source: Service Authorization Reference. */
const ANYWHERE = new Set(['tag:GetResources']);

/** Integrations that no API action of their name stands behind. */
const UNLIKE: Readonly<Record<string, (args: JsonObject, place: CallPlace) => readonly Need[]>> = {
  'apigateway:invoke': () => [needSomewhere('execute-api:Invoke')],
  // What a cluster lets a role do is not said in IAM.
  'eks:call': () => [],
  'eks:runJob': () => [],
  'http:invoke': httpNeeds,
};

/**
 * What the role needs for one call at the moment that it is made, with the ARNs that the arguments name. A job's further
 * needs (`.sync` of other services than Step Functions) are not among them.
 */
export function needsOfCall(resource: TaskResource, given: Json, place: CallPlace): readonly Need[] {
  const { kind, arn, resourceType, action } = resource;
  // The worker asks for its work, under permissions of its own.
  if (kind === 'activity') return [];
  if (kind === 'function') return [need('lambda:InvokeFunction', functionArn(arn, undefined, place))];
  const args = objectOf(given);
  const unlike = UNLIKE[`${resourceType}:${action}`];
  if (unlike !== undefined) return unlike(args, place);
  const named = iamAction(resourceType.replace('aws-sdk:', ''), action);
  if (ANYWHERE.has(named)) return [needAnywhere(named)];
  const apiAction = action.charAt(0).toUpperCase() + action.slice(1);
  return services[named.split(':')[0] ?? '']?.(apiAction, args, place) ?? [needSomewhere(named)];
}

/** Source: "Call HTTPS APIs in Step Functions workflows", "IAM permissions to run an HTTP Task". */
function httpNeeds({ ApiEndpoint, Method, Authentication, InvocationConfig }: JsonObject, place: CallPlace) {
  const connection = textOf(objectOf(Authentication ?? InvocationConfig).ConnectionArn);
  return [
    need('states:InvokeHTTPEndpoint', place.machineArn, {
      'states:HTTPEndpoint': textOf(ApiEndpoint) ?? [],
      'states:HTTPMethod': textOf(Method) ?? [],
    }),
    ...(connection === undefined
      ? []
      : [
          need('events:RetrieveConnectionCredentials', connection),
          needSomewhere('secretsmanager:GetSecretValue'),
          needSomewhere('secretsmanager:DescribeSecret'),
        ]),
  ];
}
