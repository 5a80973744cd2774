import {
  DescribeTableCommand,
  DynamoDBClient,
  RestoreTableToPointInTimeCommand,
  TagResourceCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/dsl/asl/machine.ts';
import { restoreTable } from '../../src/workflow/restore-table.ts';
import { run } from '../support/compiled-workflow.ts';
import { awsError } from '../support/lambda-application.ts';
import { tableArn, tableDescription } from '../support/table-description.ts';
import { afterFailures, testedWorkflow } from '../support/tested-workflow.ts';

const restoredName = 'rewind-orders';
const request = { tableArn: tableArn('orders'), restoredName, restorePoint: '2026-11-22T11:00:00Z' };

/** DynamoDB that tells these one after the other about the restored table; the last one from then on. */
function dynamodb(...told: readonly (TableDescription | 'missing')[]) {
  const client = new DynamoDBClient({ region: 'us-east-1' });
  const mock = mockClient(client);
  mock.rejects(new Error('an unexpected call of DynamoDB'));
  mock.on(TagResourceCommand).resolves({});
  let looks = 0;
  mock.on(DescribeTableCommand, { TableName: restoredName }).callsFake(() => {
    const now = told[Math.min(looks, told.length - 1)] ?? 'missing';
    looks += 1;
    if (now === 'missing') throw awsError('ResourceNotFoundException');
    return { Table: tableDescription(restoredName, now) };
  });
  return { client, mock };
}

const inProgress = (RestoreInProgress: boolean): TableDescription['RestoreSummary'] => ({
  SourceTableArn: tableArn('orders'),
  RestoreDateTime: new Date(request.restorePoint),
  RestoreInProgress,
});
const creating: TableDescription = { TableStatus: 'CREATING', RestoreSummary: inProgress(true) };
const updating: TableDescription = { TableStatus: 'UPDATING', RestoreSummary: inProgress(true) };
const unfinished: TableDescription = { TableStatus: 'ACTIVE', RestoreSummary: inProgress(true) };
const restored: TableDescription = { TableStatus: 'ACTIVE', RestoreSummary: inProgress(false) };

const restoring = ({ client }: ReturnType<typeof dynamodb>) =>
  run(restoreTable, request, { clients: { dynamodb: client } });

describe('the restore of one table', () => {
  it('takes over a table that is there already, and asks for no restore', async () => {
    const { client, mock } = dynamodb(restored);
    expect(await restoring({ client, mock })).toMatchObject({
      status: 'SUCCEEDED',
      output: { restoredName },
    });
    expect(mock.commandCalls(RestoreTableToPointInTimeCommand)).toEqual([]);
  });

  it('waits for a table that an earlier try is still restoring, and asks for no other restore', async () => {
    const { client, mock } = dynamodb(creating, creating, updating, unfinished, restored);
    expect(await restoring({ client, mock })).toMatchObject({ status: 'SUCCEEDED' });
    expect(mock.commandCalls(RestoreTableToPointInTimeCommand)).toEqual([]);
    // Once to see that it is there, then until it is active and its restore has ended.
    expect(mock.commandCalls(DescribeTableCommand)).toHaveLength(5);
  });

  it('asks for a restore of a table that is not there, on demand and without indexes', async () => {
    const { client, mock } = dynamodb('missing', 'missing', creating, restored);
    mock.on(RestoreTableToPointInTimeCommand).resolves({});
    expect(await restoring({ client, mock })).toMatchObject({ status: 'SUCCEEDED' });
    const asked = mock.commandCalls(RestoreTableToPointInTimeCommand).map(({ args }) => args[0].input);
    expect(asked).toEqual([
      {
        SourceTableArn: tableArn('orders'),
        TargetTableName: restoredName,
        RestoreDateTime: new Date(request.restorePoint),
        BillingModeOverride: 'PAY_PER_REQUEST',
        GlobalSecondaryIndexOverride: [],
        LocalSecondaryIndexOverride: [],
      },
    ]);
  });

  it('tags the copy with its table and its second, once it is whole', async () => {
    const { client, mock } = dynamodb('missing', creating, unfinished, restored);
    mock.on(RestoreTableToPointInTimeCommand).resolves({});
    expect(await restoring({ client, mock })).toMatchObject({ status: 'SUCCEEDED' });
    const commands = mock.calls().map(({ args }) => args[0]);
    expect(commands.slice(-2)).toEqual([expect.any(DescribeTableCommand), expect.any(TagResourceCommand)]);
    expect(commands.at(-1)?.input).toEqual({
      ResourceArn: tableArn(restoredName),
      Tags: [
        { Key: 'rewind:copy-of', Value: tableArn('orders') },
        { Key: 'rewind:restore-point', Value: request.restorePoint },
      ],
    });
  });

  it('goes on when the restore it asked for was begun by a request whose answer was lost', async () => {
    const { client, mock } = dynamodb('missing', creating, restored);
    mock.on(RestoreTableToPointInTimeCommand).rejects(awsError('TableAlreadyExistsException'));
    expect(await restoring({ client, mock })).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('the restore of a sensitive table', () => {
  const sdk = (operation: string) => `arn:aws:states:::aws-sdk:dynamodb:${operation}`;
  const active = {
    Table: {
      TableArn: tableArn(restoredName),
      TableStatus: 'ACTIVE',
      RestoreSummary: { RestoreInProgress: false },
    },
  };

  const aroundCopy = () => ({
    [sdk('describeTable')]: afterFailures(['DynamoDb.ResourceNotFoundException'], active),
    [sdk('tagResource')]: () => ({}),
  });

  /** The machine by itself, which begins a copy; what protects it and what deletes it are given. */
  const guarding = (protect: () => Json, remove: () => Json = () => ({})) =>
    testedWorkflow(restoreTable, {
      functions: { ProtectCopy: protect },
      resources: {
        ...aroundCopy(),
        [sdk('restoreTableToPointInTime')]: () => ({}),
        [sdk('deleteTable')]: remove,
      },
    }).run({ ...request, sensitive: true });

  it('asks again when the copy takes no policy in the time of one call, and bears with faults that pass', async () => {
    const waiting = [{ protected: false }, { protected: false }, { protected: true }];
    // The first is told to the call that nobody waits for.
    const told = afterFailures(['Lambda.ServiceException', 'Lambda.ServiceException'], null);
    const run = await guarding(() => told() ?? waiting.shift() ?? null);
    expect(run).toHaveSucceededWith({ restoredName });
    expect(waiting).toEqual([]);
  });

  it('has the copy waited for before it asks for it, by a call that it makes again when it is refused', async () => {
    const asked: unknown[] = [];
    const throttled = afterFailures(['Lambda.TooManyRequestsException'], { Payload: { protected: true } });
    const machine = testedWorkflow(restoreTable, {
      resources: {
        ...aroundCopy(),
        'arn:aws:states:::lambda:invoke': (given) => {
          asked.push(given);
          return throttled();
        },
        [sdk('restoreTableToPointInTime')]: (given) => {
          asked.push(given);
          return {};
        },
      },
    });
    expect(await machine.run({ ...request, sensitive: true })).toHaveSucceededWith({ restoredName });
    const Payload = expect.objectContaining({ unawaited: true });
    const unawaited = expect.objectContaining({ InvocationType: 'Event', Payload });
    const restore = expect.objectContaining({ TargetTableName: restoredName });
    const awaited = {
      FunctionName: expect.stringContaining('ProtectCopy'),
      Payload: { tableArn: request.tableArn, restoredName },
    };
    expect(asked).toEqual([unawaited, unawaited, restore, awaited]);
  });

  it('waits for its turn where the account has none to spare beside the calls that nobody waits for', async () => {
    const busy = Array.from({ length: 10 }, () => 'Lambda.TooManyRequestsException');
    const awaited = afterFailures(busy, { protected: true });
    let calls = 0;
    const run = await guarding(() => {
      calls += 1;
      return calls === 1 ? null : awaited();
    });
    expect(run).toHaveSucceededWith({ restoredName });
  });

  it('gives the copy up that never takes a policy, and deletes it', async () => {
    const run = await guarding(() => ({ protected: false }));
    expect(run).toHaveFailedWith(
      'CopyUnprotected',
      'could not be protected, so it was deleted again: GaveUp',
    );
    expect(run).toHaveCalled(`dynamodb:deleteTable`, { TableName: restoredName });
  });

  it('bears with faults that pass when it deletes the copy, and with a copy that is gone', async () => {
    const remove = afterFailures(
      [
        'DynamoDb.InternalServerErrorException',
        'DynamoDb.ResourceInUseException',
        'DynamoDb.ResourceNotFoundException',
      ],
      {},
    );
    const refused = afterFailures(['AccessDeniedException', 'AccessDeniedException'], {});
    expect(await guarding(refused, remove)).toHaveFailedWith(
      'CopyUnprotected',
      'AccessDeniedException: it passes',
    );
  });
});
