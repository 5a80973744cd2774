import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { PipesClient } from '@aws-sdk/client-pipes';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient } from '@aws-sdk/client-sfn';

const SETTINGS = {
  /**
   * Standard mode: the adaptive one slows all calls of a client when one of them is throttled, and the
   * handlers pace themselves. Six attempts are five delays of full jitter, about 3 seconds in all: enough for
   * a blip, and short enough that a lasting refusal reaches the handler, which knows what can wait.
   */
  retryMode: 'standard',
  maxAttempts: 6,
  /** A call that hangs must not use up the invocation: every call made here answers within a second or two. */
  requestHandler: { connectionTimeout: 3000, requestTimeout: 20_000, throwOnRequestTimeout: true },
} as const;

// A function for each: a bundle leaves out the clients whose functions it does not call.

export function dynamodbClient(): DynamoDBClient {
  const client = new DynamoDBClient(SETTINGS);
  // It copies every request and answer for a log that nobody keeps: half of what a write of 25 items costs.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

export const eventsClient = (): EventBridgeClient => new EventBridgeClient(SETTINGS);

export const kmsClient = (): KMSClient => new KMSClient(SETTINGS);

export const lambdaClient = (): LambdaClient => new LambdaClient(SETTINGS);

export const sfnClient = (): SFNClient => new SFNClient(SETTINGS);

/** What it keeps can also be had elsewhere: it gives up after some fifteen seconds. */
export const s3Client = (): S3Client =>
  new S3Client({
    ...SETTINGS,
    maxAttempts: 3,
    requestHandler: { ...SETTINGS.requestHandler, requestTimeout: 5000 },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });

export const taggingClient = (): ResourceGroupsTaggingAPIClient =>
  new ResourceGroupsTaggingAPIClient(SETTINGS);

export const pipesClient = (): PipesClient => new PipesClient(SETTINGS);

export const schedulerClient = (): SchedulerClient => new SchedulerClient(SETTINGS);
