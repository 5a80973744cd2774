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

const configurationOf = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
});

/** Unmodified AWS SDK clients of the embedded AWS at this endpoint. */
export function rehearsedClients(endpoint: string) {
  const configuration = configurationOf(endpoint);
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

/** What the application's users work through. One who is refused does not insist: retries would only cost real time. */
export function usersClients(endpoint: string) {
  const configuration = { ...configurationOf(endpoint), maxAttempts: 1 };
  return { dynamodb: new DynamoDBClient(configuration), lambda: new LambdaClient(configuration) };
}
