import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PipesClient } from '@aws-sdk/client-pipes';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient } from '@aws-sdk/client-sfn';

/** The roles that call the embedded AWS, by name. */
export const ROLES = {
  /** The application's functions and users. */
  application: 'shop-application',
  /** A container of the application, which no freeze of functions stops. */
  container: 'shop-warehouse',
  recovery: 'rewind',
  /** The function that resets. */
  reset: 'rewind-ResetSegment',
} as const;

type Role = (typeof ROLES)[keyof typeof ROLES];

const configurationOf = (endpoint: string, role: Role) => ({
  endpoint,
  region: 'us-east-1',
  // The embedded AWS takes the id for the role's name.
  credentials: { accessKeyId: role, secretAccessKey: 'rehearsal' },
});

/** Unmodified AWS SDK clients of the embedded AWS at this endpoint. */
export function rehearsedClients(endpoint: string) {
  const configuration = configurationOf(endpoint, ROLES.recovery);
  return {
    dynamodb: new DynamoDBClient(configuration),
    kms: new KMSClient(configuration),
    lambda: new LambdaClient(configuration),
    sfn: new SFNClient(configuration),
    s3: new S3Client(configuration),
    cloudwatch: new CloudWatchClient(configuration),
    tagging: new ResourceGroupsTaggingAPIClient(configuration),
    events: new EventBridgeClient(configuration),
    pipes: new PipesClient(configuration),
    scheduler: new SchedulerClient(configuration),
  };
}

/** What the function that resets works through. */
export const resetClient = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient(configurationOf(endpoint, ROLES.reset));

/**
 * What the application works through: its users and functions, and its container. Whoever is refused does not insist:
 * retries would only cost real time.
 */
export function applicationClients(endpoint: string) {
  const users = { ...configurationOf(endpoint, ROLES.application), maxAttempts: 1 };
  const container = { ...configurationOf(endpoint, ROLES.container), maxAttempts: 1 };
  return {
    dynamodb: new DynamoDBClient(users),
    lambda: new LambdaClient(users),
    container: new DynamoDBClient(container),
  };
}
