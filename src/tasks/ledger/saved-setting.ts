import { PutItemCommand, UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { ifConditionHolds, incidentPartition, type Ledger } from './ledger.ts';
import type { LedgerItem } from './read-records.ts';

/**
 * `frozen` while its saved value is owed; `thawed` once put back; `gone` if what it belonged to was deleted; `left` if
 * it stays as in the freeze, since putting it back would have no use any more.
 */
export type SettingState = 'frozen' | 'thawed' | 'gone' | 'left';

/** How and since when a saved setting stands; times are ISO 8601 in UTC. */
export interface Saved {
  readonly state: SettingState;
  readonly savedAt: string;
  /** When it was last stopped again, after somebody had set it free. */
  readonly stoppedAt?: string | undefined;
  /** When it was last put back, found gone or left. */
  readonly settledAt: string | undefined;
}

/** What every record of a saved setting has. */
export function savedFrom(record: LedgerItem): Saved {
  return {
    state: (record.state?.S ?? 'frozen') as SettingState,
    savedAt: record.savedAt?.S ?? '',
    stoppedAt: record.stoppedAt?.S,
    settledAt: record.settledAt?.S,
  };
}

/**
 * Saves what something was before its first change. While the record is frozen it is never overwritten: a
 * second freeze would save the first one's work. A thawed record owes nothing, so a new freeze saves afresh.
 * @returns false when a frozen record stands, which is left as it is.
 */
export async function saveSetting(
  ledger: Ledger,
  sortKey: string,
  values: Record<string, AttributeValue>,
): Promise<boolean> {
  return ifConditionHolds(() =>
    ledger.dynamodb.send(
      new PutItemCommand({
        TableName: ledger.table,
        Item: {
          ...values,
          pk: { S: incidentPartition(ledger.incidentId) },
          sk: { S: sortKey },
          state: { S: 'frozen' },
          savedAt: { S: ledger.now() },
        },
        ConditionExpression: 'attribute_not_exists(pk) OR #state <> :frozen',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':frozen': { S: 'frozen' } },
      }),
    ),
  );
}

/** Records that a saved setting is no longer owed. */
export async function settleSetting(
  ledger: Ledger,
  sortKey: string,
  state: Exclude<SettingState, 'frozen'>,
): Promise<void> {
  await ledger.dynamodb.send(
    new UpdateItemCommand({
      TableName: ledger.table,
      Key: { pk: { S: incidentPartition(ledger.incidentId) }, sk: { S: sortKey } },
      UpdateExpression: 'SET #state = :state, settledAt = :now',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': { S: state }, ':now': { S: ledger.now() } },
    }),
  );
}

/** Notes that what is saved and owed is being stopped once more, because somebody has set it free. */
export async function noteStop(ledger: Ledger, sortKey: string): Promise<void> {
  await ledger.dynamodb.send(
    new UpdateItemCommand({
      TableName: ledger.table,
      Key: { pk: { S: incidentPartition(ledger.incidentId) }, sk: { S: sortKey } },
      UpdateExpression: 'SET stoppedAt = :now',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':now': { S: ledger.now() } },
    }),
  );
}

/**
 * Whether an owed setting was stopped after this time, by whichever call: one that has died since could not tell.
 * @param since UTC, ISO 8601; undefined: nobody asks.
 */
export function wasStoppedAfter(saved: Saved | undefined, since: string | undefined): boolean {
  if (saved?.state !== 'frozen' || since === undefined) return false;
  return Date.parse(saved.stoppedAt ?? saved.savedAt) > Date.parse(since);
}
