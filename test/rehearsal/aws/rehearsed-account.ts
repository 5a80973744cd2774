import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
  type AttributeValue,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PipesClient } from '@aws-sdk/client-pipes';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient } from '@aws-sdk/client-sfn';
import { onTestFinished } from 'vitest';
import {
  startEmbeddedAws,
  type EmbeddedAws,
  type EmbeddedAwsOptions,
} from '../../../src/rehearsal/aws/embedded-aws.ts';

export const second = 1000;
export const minute = 60 * second;
export const day = 24 * 60 * minute;

/** When every account's clock starts. */
export const start = Date.UTC(2026, 0, 1);

/** A clock that only the test moves. */
export interface TestClock {
  now(): number;
  pass(milliseconds: number): void;
}

export interface RehearsedAccount {
  readonly aws: EmbeddedAws;
  readonly clock: TestClock;
  readonly dynamodb: DynamoDBClient;
  readonly lambda: LambdaClient;
  readonly sfn: SFNClient;
  readonly cloudwatch: CloudWatchClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly events: EventBridgeClient;
  readonly pipes: PipesClient;
  readonly scheduler: SchedulerClient;
}

/** An empty embedded AWS with real SDK clients, which retry nothing; gone when the test ends. */
export async function rehearsedAccount(
  options: Omit<EmbeddedAwsOptions, 'clock'> = {},
): Promise<RehearsedAccount> {
  let now = start;
  const clock: TestClock = { now: () => now, pass: (milliseconds) => (now += milliseconds) };
  const aws = await startEmbeddedAws({ ...options, clock });
  const settings = {
    endpoint: aws.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'dummy', secretAccessKey: 'dummy' },
    maxAttempts: 1,
  };
  const clients = {
    dynamodb: new DynamoDBClient(settings),
    lambda: new LambdaClient(settings),
    sfn: new SFNClient(settings),
    cloudwatch: new CloudWatchClient(settings),
    tagging: new ResourceGroupsTaggingAPIClient(settings),
    events: new EventBridgeClient(settings),
    pipes: new PipesClient(settings),
    scheduler: new SchedulerClient(settings),
  };
  onTestFinished(async () => {
    for (const client of Object.values(clients)) client.destroy();
    await aws.close();
  });
  return { aws, clock, ...clients };
}

/** Creates an on-demand table with a string partition key `id`, and switches recovery on. */
export async function recoverableTable(
  { dynamodb }: RehearsedAccount,
  name: string,
  settings: Partial<CreateTableCommandInput> = {},
): Promise<void> {
  await dynamodb.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      ...settings,
    }),
  );
  await dynamodb.send(
    new UpdateContinuousBackupsCommand({
      TableName: name,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );
}

/** Puts up to 25 items at once. */
export async function putAll(
  { dynamodb }: RehearsedAccount,
  table: string,
  items: readonly Record<string, AttributeValue>[],
): Promise<void> {
  const requests = items.map((Item) => ({ PutRequest: { Item } }));
  await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
}

/** Restores a table without indexes to an instant in milliseconds, and waits for it. */
export async function restored(
  { dynamodb, clock }: RehearsedAccount,
  source: string,
  { target, to }: { target: string; to: number },
): Promise<void> {
  await dynamodb.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName: source,
      TargetTableName: target,
      RestoreDateTime: new Date(to),
      GlobalSecondaryIndexOverride: [],
    }),
  );
  clock.pass(20 * minute);
}

/** How a call was refused: the error's name and message as the SDK shows them. */
export async function refusalOf(call: Promise<unknown>): Promise<{ name: string; message: string }> {
  return call.then(
    () => {
      throw new Error('the call was not refused');
    },
    ({ name, message }: Error) => ({ name, message }),
  );
}
