import {
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type AttributeValue,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { ifConditionHolds, incidentPartition, type Ledger } from './ledger.ts';
import { readRecords, type LedgerItem } from './read-records.ts';

/**
 * `frozen` while its saved value is owed; `thawed` once put back; `gone` if what it belonged to was deleted; `left` if
 * it stays as it is: as in the freeze, since putting it back would have no use any more, or as somebody else has made it.
 */
export type SettingState = 'frozen' | 'thawed' | 'gone' | 'left';

/** How and since when a saved setting stands; times are ISO 8601 in UTC. */
export interface Saved {
  readonly state: SettingState;
  readonly savedAt: string;
  /** When it was stopped last, or found so; undefined when the call that did so, or was about to, has not noted it. */
  readonly stoppedAt?: string | undefined;
  /** Whether it has been stopped since before the incident. */
  readonly foundStopped?: boolean | undefined;
  /** When it was last put back, found gone or left. */
  readonly settledAt: string | undefined;
}

/** What every record of a saved setting has. */
export function savedFrom(record: LedgerItem): Saved {
  return {
    state: (record.state?.S ?? 'frozen') as SettingState,
    savedAt: record.savedAt?.S ?? '',
    stoppedAt: record.stoppedAt?.S,
    foundStopped: record.foundStopped?.BOOL,
    settledAt: record.settledAt?.S,
  };
}

/** Every setting of a kind that the incident has saved at some time, by what its sort key has behind the kind's prefix. */
export async function savedSettings<Setting>(
  ledger: Ledger,
  prefix: string,
  settingOf: (key: string, record: LedgerItem) => Setting,
): Promise<Map<string, Setting>> {
  const records = await readRecords(ledger, { partition: incidentPartition(ledger.incidentId), prefix });
  return new Map(
    records.map((record) => {
      const key = (record.sk?.S ?? '').slice(prefix.length);
      return [key, settingOf(key, record)];
    }),
  );
}

/** Lambda and EventBridge are consistent in the end only: what was done is told after some seconds. */
export const SEEN_MILLISECONDS = 15_000;

/**
 * Whether what is found stopped may be told late of a thaw that has put it back, of this incident or of another: whoever took
 * that for set on purpose would keep it so for ever.
 */
export const mayBeBack = (record: Saved | undefined): boolean =>
  record === undefined || (record.state !== 'frozen' && record.foundStopped !== true);

export type Values = Readonly<Record<string, AttributeValue>>;

/** How a freeze stops something. */
export interface Stopping {
  /** What the ledger says of it, or has said before it was looked at. */
  readonly record: Saved | undefined;
  /** Whether it is found stopped, also after a while where a thaw may have put it back (`mayBeBack`). */
  readonly isStopped: boolean;
  /** What an earlier call has stopped after this time (UTC, ISO 8601) counts as changed; default nothing. */
  readonly since?: string | undefined;
  /** Stops it. @returns what is noted with it; `gone` when it no longer exists. */
  readonly stop: () => Promise<Values | 'gone'>;
}

/** What is stopped now. */
export interface Stop {
  /** Whether this call has stopped it, or an earlier one after `since`, which may have died before it could tell. */
  readonly changed: boolean;
  /** UTC, ISO 8601. */
  readonly stoppedAt: string;
}

/**
 * Stops a setting. What it was is saved first; when it was stopped is noted afterwards, and forgotten before it is
 * stopped once more: where a call has died in between, the next one finds that open, and it counts as now.
 * @param setting its `values` say what it was; they are kept unless it is owed already.
 * @returns undefined when it no longer exists.
 */
export async function stopSetting(
  ledger: Ledger,
  setting: { readonly sortKey: string; readonly values: Values },
  { record, isStopped, since, stop }: Stopping,
): Promise<Stop | undefined> {
  const { sortKey, values } = setting;
  // Another call, whose answer is lost, may have stopped it since the record was read: it is not at rest before its time.
  const known = isStopped ? await read(ledger, sortKey) : record;
  const owed = known?.state === 'frozen' ? known : undefined;
  if (isStopped && owed?.stoppedAt !== undefined) {
    const isLate = since !== undefined && Date.parse(owed.stoppedAt) > Date.parse(since);
    return { changed: isLate && !owed.foundStopped, stoppedAt: owed.stoppedAt };
  }
  if (isStopped && owed === undefined) {
    const stoppedAt = ledger.now();
    const found = { stoppedAt: { S: stoppedAt }, foundStopped: { BOOL: true } };
    await saveSetting(ledger, sortKey, { ...values, ...found });
    return { changed: false, stoppedAt };
  }
  if (owed === undefined) await saveSetting(ledger, sortKey, values);
  else if (owed.stoppedAt !== undefined)
    await update(ledger, sortKey, { UpdateExpression: 'REMOVE stoppedAt, foundStopped' });
  const stopped = isStopped ? {} : await stop();
  if (stopped === 'gone') return undefined;
  const stoppedAt = ledger.now();
  await set(ledger, sortKey, { ...stopped, stoppedAt: { S: stoppedAt } });
  return { changed: !isStopped || since !== undefined, stoppedAt };
}

/**
 * Saves what something was before its first change. While the record is frozen it is never overwritten: a
 * second freeze would save the first one's work. A thawed record owes nothing, so a new freeze saves afresh.
 * @returns false when a frozen record stands, which is left as it is.
 */
export async function saveSetting(ledger: Ledger, sortKey: string, values: Values): Promise<boolean> {
  await ledger.mayWrite?.();
  return ifConditionHolds(() =>
    ledger.dynamodb.send(
      new PutItemCommand({
        TableName: ledger.table,
        Item: {
          ...values,
          ...keyOf(ledger, sortKey),
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
  await set(ledger, sortKey, { state: { S: state }, settledAt: { S: ledger.now() } });
}

const keyOf = (ledger: Ledger, sortKey: string) => ({
  pk: { S: incidentPartition(ledger.incidentId) },
  sk: { S: sortKey },
});

async function read(ledger: Ledger, sortKey: string): Promise<Saved | undefined> {
  const asked = { TableName: ledger.table, Key: keyOf(ledger, sortKey), ConsistentRead: true };
  const { Item } = await ledger.dynamodb.send(new GetItemCommand(asked));
  return Item && savedFrom(Item);
}

async function set(ledger: Ledger, sortKey: string, values: Values): Promise<void> {
  const names = Object.keys(values);
  await update(ledger, sortKey, {
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    // "state" is a reserved word of DynamoDB's expressions.
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [`:${name}`, value]),
    ),
  });
}

type Change = Pick<
  UpdateItemCommandInput,
  'UpdateExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

async function update(ledger: Ledger, sortKey: string, change: Change): Promise<void> {
  await ledger.mayWrite?.();
  await ledger.dynamodb.send(
    new UpdateItemCommand({
      TableName: ledger.table,
      Key: keyOf(ledger, sortKey),
      ConditionExpression: 'attribute_exists(pk)',
      ...change,
    }),
  );
}
