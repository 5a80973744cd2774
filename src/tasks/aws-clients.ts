import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { PipesClient } from '@aws-sdk/client-pipes';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient } from '@aws-sdk/client-sfn';
import { CLIENT_SETTINGS } from './client-settings.ts';

// A function for each: a bundle leaves out the clients whose functions it does not call.

export function dynamodbClient(): DynamoDBClient {
  const client = new DynamoDBClient(CLIENT_SETTINGS);
  // It copies every request and answer for a log that nobody keeps: half of what a write of 25 items costs.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

export const eventsClient = (): EventBridgeClient => new EventBridgeClient(CLIENT_SETTINGS);

export const kmsClient = (): KMSClient => new KMSClient(CLIENT_SETTINGS);

export const lambdaClient = (): LambdaClient => new LambdaClient(CLIENT_SETTINGS);

export const sfnClient = (): SFNClient => new SFNClient(CLIENT_SETTINGS);

/** What it keeps can also be had elsewhere: it gives up after some fifteen seconds. */
export const s3Client = (): S3Client =>
  new S3Client({
    ...CLIENT_SETTINGS,
    maxAttempts: 3,
    requestHandler: { ...CLIENT_SETTINGS.requestHandler, requestTimeout: 5000 },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });

export const taggingClient = (): ResourceGroupsTaggingAPIClient =>
  new ResourceGroupsTaggingAPIClient(CLIENT_SETTINGS);

export const pipesClient = (): PipesClient => new PipesClient(CLIENT_SETTINGS);

export const schedulerClient = (): SchedulerClient => new SchedulerClient(CLIENT_SETTINGS);
