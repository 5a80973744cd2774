import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { incidentPartition, type Ledger } from './ledger.ts';
import { readRecords, type LedgerItem } from './read-records.ts';
import { noteFrozenAgain, saveSetting, type Saved, savedFrom, settleSetting } from './saved-setting.ts';

const PREFIX = 'policy#';

/** A table's resource policy as the incident found it, before the write fence. */
export interface SavedPolicy extends Saved {
  readonly table: string;
  readonly arn: string;
  /** The policy's text, to the letter; undefined when the table had none. */
  readonly before: string | undefined;
  /** DynamoDB's id of the policy with the fence in it; undefined until that was put and noted. */
  readonly fenceRevision: string | undefined;
}

/** Saves a table's policy before the fence is put into it. @returns false when it is saved already. */
export async function savePolicy(
  ledger: Ledger,
  { table, arn, before }: Pick<SavedPolicy, 'table' | 'arn' | 'before'>,
): Promise<boolean> {
  return saveSetting(ledger, PREFIX + table, {
    arn: { S: arn },
    ...(before === undefined ? {} : { before: { S: before } }),
  });
}

/** Notes that the fence is being put into a saved policy once more, because somebody has taken it out. */
export async function noteRaising(ledger: Ledger, table: string): Promise<void> {
  await noteFrozenAgain(ledger, PREFIX + table);
}

/** Notes the revision that the policy has with the fence in it. */
export async function noteFence(ledger: Ledger, table: string, revision: string): Promise<void> {
  await ledger.dynamodb.send(
    new UpdateItemCommand({
      TableName: ledger.table,
      Key: { pk: { S: incidentPartition(ledger.incidentId) }, sk: { S: PREFIX + table } },
      UpdateExpression: 'SET fenceRevision = :revision',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':revision': { S: revision } },
    }),
  );
}

/** Records that a table's policy is as it was, or that what was saved is no longer owed. */
export async function settlePolicy(ledger: Ledger, table: string, state: 'thawed' | 'gone'): Promise<void> {
  await settleSetting(ledger, PREFIX + table, state);
}

/** Every policy that the incident has put a fence into at some time, by table. */
export async function savedPolicies(ledger: Ledger): Promise<Map<string, SavedPolicy>> {
  const records = await readRecords(ledger, {
    partition: incidentPartition(ledger.incidentId),
    prefix: PREFIX,
  });
  return new Map(records.map(savedPolicy).map((saved) => [saved.table, saved]));
}

function savedPolicy(record: LedgerItem): SavedPolicy {
  return {
    table: (record.sk?.S ?? '').slice(PREFIX.length),
    arn: record.arn?.S ?? '',
    before: record.before?.S,
    fenceRevision: record.fenceRevision?.S,
    ...savedFrom(record),
  };
}
