import {
  PutItemCommand,
  UpdateItemCommand,
  type AttributeValue,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
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
  /** When it was stopped last, where that is noted apart from `savedAt`; undefined while it is not known. */
  readonly stoppedAt?: string | undefined;
  /** When it was last put back, found gone or left. */
  readonly settledAt: string | undefined;
  /** When it was last changed again, after somebody had put it back. */
  readonly frozenAgainAt?: string | undefined;
}

/** What every record of a saved setting has. */
export function savedFrom(record: LedgerItem): Saved {
  return {
    state: (record.state?.S ?? 'frozen') as SettingState,
    savedAt: record.savedAt?.S ?? '',
    stoppedAt: record.stoppedAt?.S,
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
  await update(ledger, sortKey, {
    UpdateExpression: 'SET #state = :state, settledAt = :now',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':state': { S: state }, ':now': { S: ledger.now() } },
  });
}

/** Notes that what is saved and owed is stopped now. @returns when: UTC, ISO 8601. */
export async function noteStop(ledger: Ledger, sortKey: string): Promise<string> {
  const now = ledger.now();
  await update(ledger, sortKey, {
    UpdateExpression: 'SET stoppedAt = :now',
    ExpressionAttributeValues: { ':now': { S: now } },
  });
  return now;
}

/** Notes that it is not known since when it is stopped. */
export async function forgetStop(ledger: Ledger, sortKey: string): Promise<void> {
  await update(ledger, sortKey, { UpdateExpression: 'REMOVE stoppedAt' });
}

type Change = Pick<
  UpdateItemCommandInput,
  'UpdateExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

async function update(ledger: Ledger, sortKey: string, change: Change): Promise<void> {
  await ledger.dynamodb.send(
    new UpdateItemCommand({
      TableName: ledger.table,
      Key: { pk: { S: incidentPartition(ledger.incidentId) }, sk: { S: sortKey } },
      ConditionExpression: 'attribute_exists(pk)',
      ...change,
    }),
  );
}
