import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { Only } from '../selection/only.ts';
import { incidentPartition, type Ledger } from './ledger.ts';
import { readRecords } from './read-records.ts';
import { runHash } from './segment-progress.ts';

/** Which items of a table one run of an incident takes back. Its values may be keys: the ledger alone has them. */
interface RunsTable {
  readonly run: string;
  readonly table: string;
}

const PREFIX = 'selection#';

const prefixOf = (run: string): string => `${PREFIX}${runHash(run)}#`;

const keyOf = (ledger: Ledger, { run, table }: RunsTable) => ({
  pk: { S: incidentPartition(ledger.incidentId) },
  sk: { S: `${prefixOf(run)}${table}` },
});

/** Keeps a selection for those that work on the table; a repetition is harmless. */
export async function saveSelection(ledger: Ledger, of: RunsTable, only: Only): Promise<void> {
  const Item = { ...keyOf(ledger, of), only: { S: JSON.stringify(only) } };
  await ledger.dynamodb.send(new PutItemCommand({ TableName: ledger.table, Item }));
}

/** The selection that was kept; undefined when there is none. */
export async function readSelection(ledger: Ledger, of: RunsTable): Promise<Only | undefined> {
  const { Item } = await ledger.dynamodb.send(
    new GetItemCommand({ TableName: ledger.table, Key: keyOf(ledger, of), ConsistentRead: true }),
  );
  const text = Item?.only?.S;
  return text === undefined ? undefined : Only.parse(JSON.parse(text));
}

/** Takes every selection of a run away when it is over, and those of all runs when the incident is: default all. */
export async function forgetSelections(ledger: Ledger, run?: string): Promise<void> {
  const partition = incidentPartition(ledger.incidentId);
  for (const { pk, sk } of await readRecords(ledger, {
    partition,
    prefix: run === undefined ? PREFIX : prefixOf(run),
    attributes: ['pk', 'sk'],
  }))
    if (pk && sk)
      await ledger.dynamodb.send(new DeleteItemCommand({ TableName: ledger.table, Key: { pk, sk } }));
}
