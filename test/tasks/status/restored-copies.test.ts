import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { restoredName } from '../../../src/tasks/preflight/restored-name.ts';
import { restoredCopies } from '../../../src/tasks/status/restored-copies.ts';
import { awsError } from '../../support/lambda-application.ts';
import { tableArn } from '../../support/table-description.ts';

const incident = { incidentId: 'bad-upload', restorePoint: '2026-11-22T03:14:07Z' };
const LONG = 'orders'.repeat(40);
const [copy, ofLong] = ['orders', LONG].map((table) => restoredName({ ...incident, table }));

function client() {
  const dynamodb = new DynamoDBClient({ region: 'us-east-1' });
  return { dynamodb, mock: mockClient(dynamodb) };
}

it('finds the restored tables of an incident among all pages of tables, also those whose names are cut off', async () => {
  const { dynamodb, mock } = client();
  mock.on(ListTablesCommand).resolves({ TableNames: ['orders', copy ?? ''], LastEvaluatedTableName: copy });
  mock
    .on(ListTablesCommand, { ExclusiveStartTableName: copy })
    .resolves({ TableNames: [ofLong ?? '', 'rewind-notes-bad-upload-1', 'rewind-other-20261122T031407Z'] });
  mock.on(DescribeTableCommand).resolves({ Table: {} });
  const made = { CreationDateTime: new Date('2026-11-22T12:00:00Z'), TableSizeBytes: 1000 };
  mock.on(DescribeTableCommand, { TableName: copy }).resolves({ Table: made });
  const RestoreSummary = {
    SourceTableArn: tableArn(LONG),
    RestoreDateTime: new Date(incident.restorePoint),
    RestoreInProgress: false,
  };
  mock.on(DescribeTableCommand, { TableName: ofLong }).resolves({ Table: { ...made, RestoreSummary } });

  const same = { bytes: 1000, madeAt: '2026-11-22T12:00:00.000Z' };
  expect(await restoredCopies(incident, { dynamodb })).toEqual([
    { name: copy, of: 'orders', ...same },
    { name: ofLong, of: LONG, ...same },
  ]);
});

it('leaves out one that is deleted just then', async () => {
  const { dynamodb, mock } = client();
  mock.on(ListTablesCommand).resolves({ TableNames: [copy ?? ''] });
  mock.on(DescribeTableCommand).rejects(awsError('ResourceNotFoundException'));
  expect(await restoredCopies(incident, { dynamodb })).toEqual([]);
});

it('is null when tables may not be listed', async () => {
  const { dynamodb, mock } = client();
  mock.on(ListTablesCommand).rejects(awsError('AccessDeniedException'));
  expect(await restoredCopies(incident, { dynamodb })).toBeNull();
});
