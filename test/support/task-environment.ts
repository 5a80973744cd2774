import type { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { PipesClient } from '@aws-sdk/client-pipes';
import type { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { SchedulerClient } from '@aws-sdk/client-scheduler';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import type { Environment, Service } from '../../src/tasks/handler.ts';
import { RecoverySystem } from '../../src/tasks/recovery-system.ts';
import { encryptionKeys } from './encryption-keys.ts';
import { eventBridge } from './event-bridge.ts';
import { awsError } from './lambda-application.ts';
import { handClock, type HandClock } from './hand-clock.ts';
import { LEDGER_TABLE, type LedgerTable } from './ledger-table.ts';
import type { CommandMock } from './quick-client.ts';
import { taggingApi } from './tagging-api.ts';

/** When the tests' disasters are being dealt with. */
export const NOW = '2026-11-22T12:00:00.000Z';

export interface TestEnvironment extends Environment<Service> {
  readonly clock: HandClock;
}

interface Given {
  readonly events?: EventBridgeClient;
  readonly kms?: KMSClient;
  readonly lambda?: LambdaClient;
  readonly sfn?: SFNClient;
  readonly s3?: S3Client;
  readonly tagging?: ResourceGroupsTaggingAPIClient;
  readonly pipes?: PipesClient;
  readonly scheduler?: SchedulerClient;
  readonly system?: Partial<RecoverySystem>;
  readonly deadlineInMinutes?: number;
}

/** An environment on this ledger at noon of 22 November 2026; what is not given has nothing, or refuses every call. */
export function taskEnvironment(ledger: LedgerTable, given: Given = {}): TestEnvironment {
  const clock = handClock(NOW);
  const events = eventBridge();
  return {
    dynamodb: ledger.client,
    events: given.events ?? events.events,
    kms: given.kms ?? encryptionKeys().client,
    lambda: given.lambda ?? noLambda(),
    sfn: given.sfn ?? executions({}),
    s3: given.s3 ?? noBucket(),
    tagging: given.tagging ?? taggingApi().client,
    pipes: given.pipes ?? events.pipes,
    scheduler: given.scheduler ?? events.scheduler,
    system: RecoverySystem.parse({
      ledgerTable: LEDGER_TABLE,
      tables: [{ name: 'orders' }, { name: 'clients' }],
      functions: { prefix: 'shop-' },
      ...given.system,
    }),
    clock,
    deadline: clock.now() + (given.deadlineInMinutes ?? 15) * 60_000,
  };
}

function noBucket(): S3Client {
  const client = new S3Client({ region: 'us-east-1' });
  mockClient(client).rejects(new Error('an unexpected call of S3'));
  return client;
}

function noLambda(): LambdaClient {
  const client = new LambdaClient({ region: 'us-east-1' });
  mockClient(client).rejects(new Error('an unexpected call of Lambda'));
  return client;
}

/** Step Functions with these executions, by ARN, in these states. */
export function executions(status: Record<string, string>): SFNClient {
  const client = new SFNClient({ region: 'us-east-1' });
  const mock = mockClient(client);
  mock.rejects(new Error('an unexpected call of Step Functions'));
  serveExecutions(mock, status);
  return client;
}

/** Has a mocked client answer for executions, by ARN, in these states. */
export function serveExecutions(mock: CommandMock, status: Record<string, string>): void {
  mock.on(DescribeExecutionCommand).callsFake(({ executionArn }: { executionArn: string }) => {
    const known = status[executionArn];
    if (known === undefined) throw awsError('ExecutionDoesNotExist');
    return { executionArn, status: known };
  });
}

/** The ARN of an execution of Rewind in the tests' account. */
export const executionArn = (name: string): string =>
  `arn:aws:states:us-east-1:123456789012:execution:Rewind:${name}`;
