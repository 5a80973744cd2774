import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { incidentPartition, type Ledger } from './ledger.ts';

const keyOf = (ledger: Ledger) => ({
  pk: { S: incidentPartition(ledger.incidentId) },
  sk: { S: 'report' },
});

/** Keeps the incident's report as JSON text. */
export async function putReport(ledger: Ledger, report: object): Promise<void> {
  await ledger.dynamodb.send(
    new PutItemCommand({
      TableName: ledger.table,
      Item: { ...keyOf(ledger), report: { S: JSON.stringify(report) }, writtenAt: { S: ledger.now() } },
    }),
  );
}

/** The incident's report as it was put; undefined when there is none. */
export async function readReport(ledger: Ledger): Promise<unknown> {
  const { Item } = await ledger.dynamodb.send(
    new GetItemCommand({ TableName: ledger.table, Key: keyOf(ledger), ConsistentRead: true }),
  );
  return Item?.report?.S === undefined ? undefined : JSON.parse(Item.report.S);
}
