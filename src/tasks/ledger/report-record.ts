import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { incidentPartition, type Ledger } from './ledger.ts';

/** An item holds 400 KB, and a character of a text takes three bytes at most. */
const MOST_CHARACTERS = 120_000;

const keyOf = (ledger: Ledger, part: number) => ({
  pk: { S: incidentPartition(ledger.incidentId) },
  sk: { S: part === 0 ? 'report' : `report#${part}` },
});

/** Keeps the incident's report as JSON text, in as many records as that takes; the first is written last. */
export async function putReport(ledger: Ledger, report: object): Promise<void> {
  const text = JSON.stringify(report);
  const parts = Math.ceil(text.length / MOST_CHARACTERS);
  for (let part = parts - 1; part >= 0; part -= 1)
    await ledger.dynamodb.send(
      new PutItemCommand({
        TableName: ledger.table,
        Item: {
          ...keyOf(ledger, part),
          report: { S: text.slice(part * MOST_CHARACTERS, (part + 1) * MOST_CHARACTERS) },
          parts: { N: String(parts) },
          writtenAt: { S: ledger.now() },
        },
      }),
    );
}

/** The incident's report as it was put; undefined when there is none. */
export async function readReport(ledger: Ledger): Promise<unknown> {
  let text = '';
  for (let part = 0, parts = 1; part < parts; part += 1) {
    const { Item } = await ledger.dynamodb.send(
      new GetItemCommand({ TableName: ledger.table, Key: keyOf(ledger, part), ConsistentRead: true }),
    );
    if (Item?.report?.S === undefined) return undefined;
    text += Item.report.S;
    parts = Number(Item.parts?.N ?? 1);
  }
  return JSON.parse(text);
}
