import { PutItemCommand, UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { ifConditionHolds, incidentPartition, type Ledger } from './ledger.ts';
import type { LedgerItem } from './read-records.ts';

/** `frozen` while its saved value is owed; `thawed` once put back; `gone` if what it belonged to was deleted. */
export type SettingState = 'frozen' | 'thawed' | 'gone';

/** How and since when a saved setting stands; times are ISO 8601 in UTC. */
export interface Saved {
  readonly state: SettingState;
  readonly savedAt: string;
  /** When it was last put back, or found gone. */
  readonly settledAt: string | undefined;
  /** When it was last changed again, after somebody had put it back. */
  readonly frozenAgainAt?: string | undefined;
}

/** What every record of a saved setting has. */
export function savedFrom(record: LedgerItem): Saved {
  return {
    state: (record.state?.S ?? 'frozen') as SettingState,
    savedAt: record.savedAt?.S ?? '',
    settledAt: record.settledAt?.S,
    frozenAgainAt: record.frozenAgainAt?.S,
  };
}

/**
 * Whether a setting was frozen, for the first time or again, after a time (UTC, ISO 8601): the call that did so may
 * have died before it could tell.
 */
export function isFrozenSince(saved: Saved | undefined, since: string | undefined): boolean {
  if (since === undefined || saved?.state !== 'frozen') return false;
  return Date.parse(saved.frozenAgainAt ?? saved.savedAt) > Date.parse(since);
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

/** Notes that a saved setting is being changed once more, because somebody has put it back. */
export async function noteFrozenAgain(ledger: Ledger, sortKey: string): Promise<void> {
  await ledger.dynamodb.send(
    new UpdateItemCommand({
      TableName: ledger.table,
      Key: { pk: { S: incidentPartition(ledger.incidentId) }, sk: { S: sortKey } },
      UpdateExpression: 'SET frozenAgainAt = :now',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':now': { S: ledger.now() } },
    }),
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
