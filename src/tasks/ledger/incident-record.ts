import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { ifConditionHolds, incidentPartition, type Ledger } from './ledger.ts';

/**
 * How far an incident has come: `open` (nothing written), `writing` (live tables may be half reset, or are not proven yet),
 * `verified` (they were proven equal), `closed` (thawed and reported).
 */
export type IncidentState = 'open' | 'writing' | 'verified' | 'closed';

/** Whether the incident's freeze stands, or a thaw has begun to lift it; undefined before the first freeze. */
export type FreezeState = 'standing' | 'lifting';

export interface Incident {
  readonly state: IncidentState;
  readonly freeze: FreezeState | undefined;
  /** Since when the freeze stands that stands, or stood last: UTC, ISO 8601. It tells it from one before a thaw. */
  readonly standingSince: string | undefined;
  /** In UTC, to the second. */
  readonly restorePoint: string;
  readonly openedAt: string;
  readonly verifiedAt: string | undefined;
  /** The tables whose writing was allowed last, each with the mark of what is taken back of it. */
  readonly written: Readonly<Record<string, string>>;
  /** Until when a person's answer is waited for: UTC, ISO 8601; undefined when nobody has been asked. */
  readonly answerUntil: string | undefined;
}

const keyOf = (ledger: Ledger) => ({
  pk: { S: incidentPartition(ledger.incidentId) },
  sk: { S: 'incident' },
});

/** The incident's record; undefined when it was never opened. */
export async function readIncident(ledger: Ledger): Promise<Incident | undefined> {
  const { Item } = await ledger.dynamodb.send(
    new GetItemCommand({ TableName: ledger.table, Key: keyOf(ledger), ConsistentRead: true }),
  );
  if (Item === undefined) return undefined;
  return {
    state: (Item.state?.S ?? 'open') as IncidentState,
    restorePoint: Item.restorePoint?.S ?? '',
    openedAt: Item.openedAt?.S ?? '',
    verifiedAt: Item.verifiedAt?.S,
    written: Object.fromEntries(
      Object.entries(Item.written?.M ?? {}).map(([table, mark]) => [table, mark.S ?? '']),
    ),
    freeze: Item.freeze?.S as FreezeState | undefined,
    standingSince: Item.standingSince?.S,
    answerUntil: Item.answerUntil?.S,
  };
}

/** Writes the record of a new incident. @returns false when the incident has one already. */
export async function openIncident(ledger: Ledger, restorePoint: string): Promise<boolean> {
  return ifConditionHolds(() =>
    ledger.dynamodb.send(
      new PutItemCommand({
        TableName: ledger.table,
        Item: {
          ...keyOf(ledger),
          state: { S: 'open' },
          restorePoint: { S: restorePoint },
          openedAt: { S: ledger.now() },
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
}

/**
 * Whether the application of a verified incident may have begun to write: resetting its tables once more
 * would lose that.
 */
export function isBackInUse({ state, freeze }: Incident): boolean {
  return state === 'verified' && freeze === 'lifting';
}

/** Why a step of a recovery has no business with an incident, in words that go on after its id, with the remedy. */
export function notOpen(incident: Incident | undefined): string {
  if (incident === undefined) return 'is unknown to the ledger; start it, which opens it';
  return incident.state === 'closed'
    ? 'is closed, its recovery is complete and nothing is left to do; for another one use a new incident id'
    : 'has no freeze that stands; run it again';
}

/**
 * Until when an incident waits for a person's answer, if it does: one whose execution was stopped looks the same.
 * @param now milliseconds since the epoch.
 */
export function awaitedAnswer({ freeze, answerUntil }: Incident, now: number): string | undefined {
  return freeze === 'standing' && now < Date.parse(answerUntil ?? '') ? answerUntil : undefined;
}

/**
 * Records until when a person's answer is waited for. Whatever else becomes of the incident ends that.
 * @param until UTC, ISO 8601.
 * @returns false unless the incident is open, or being written, and its freeze stands.
 */
export async function noteQuestion(ledger: Ledger, until: string): Promise<boolean> {
  return update(ledger, {
    from: ['open', 'writing'],
    condition: '#freeze = :standing',
    answerUntil: until,
  });
}

/**
 * Lets an incident be frozen once more whose freeze was lifted. It is for a new run to say so: a freeze of an
 * execution that was stopped and thawed by hand never does what has just been undone.
 * @returns false when there is nothing to do: it was never frozen, its freeze stands, or its tables are proven.
 */
export async function reopenIncident(ledger: Ledger): Promise<boolean> {
  return update(ledger, {
    from: ['open', 'writing'],
    condition: '#freeze = :lifting',
    remove: '#freeze, standingSince',
  });
}

/**
 * Lets no proof count any more but that of a new run, unless the thaw has begun: what that run finds in the tables, a later
 * one must not take for proven, nor what an earlier run that was stopped is about to record. Until then they are as
 * those that may be half reset.
 * @returns false when there is nothing to do: no table may have been written, or the thaw has begun.
 */
export async function proveAnew(ledger: Ledger, run: string): Promise<boolean> {
  return update(ledger, {
    set: { state: 'writing' },
    prover: run,
    from: ['writing', 'verified'],
    condition: '(attribute_not_exists(#freeze) OR #freeze = :standing)',
    remove: 'verifiedAt',
  });
}

/**
 * Records that a freeze stands.
 * @param sweep whether it must have stood before.
 * @returns false when the incident is unknown or closed, its freeze was lifted, or a sweep finds no freeze.
 */
export async function beginFreeze(ledger: Ledger, sweep = false): Promise<boolean> {
  return update(ledger, {
    set: { freeze: 'standing' },
    from: ['open', 'writing', 'verified'],
    condition: sweep ? '#freeze = :standing' : '(attribute_not_exists(#freeze) OR #freeze = :standing)',
    at: 'standingSince',
  });
}

/**
 * Records that the freeze is being lifted. One conditional write decides between this and `markWriting`, so
 * that no table is written while its application comes back.
 * @returns false when the incident is unknown, or is being written and `force` is not set.
 */
export async function beginThaw(ledger: Ledger, force: boolean): Promise<boolean> {
  const from: IncidentState[] = ['open', 'verified', 'closed'];
  return update(ledger, { set: { freeze: 'lifting' }, from: force ? [...from, 'writing'] : from });
}

/**
 * Records that the live tables are being written: from here a thaw needs force until they are verified, and every
 * later run must take back the same. A new run of a verified incident has withdrawn its proof before (`proveAnew`): what
 * comes here then was given up, and is late.
 * @param tables the tables with the marks of what is taken back of each (`selectionMark`).
 * @param run whose proof alone counts from now on, also where an earlier one that was stopped has withdrawn it late.
 * @returns false unless the incident is open, or being written, and its freeze stands.
 */
export async function markWriting(
  ledger: Ledger,
  tables: ReadonlyMap<string, string>,
  run: string,
): Promise<boolean> {
  return update(ledger, {
    set: { state: 'writing' },
    prover: run,
    from: ['open', 'writing'],
    condition: '#freeze = :standing',
    at: 'writingAt',
    written: tables,
  });
}

/**
 * Records that a run has proven the tables equal.
 * @returns false unless they were being written or verified, frozen all the while, and no later run proves them anew.
 */
export async function markVerified(ledger: Ledger, run: string): Promise<boolean> {
  return update(ledger, {
    set: { state: 'verified' },
    prover: run,
    from: ['writing', 'verified'],
    condition: '#freeze = :standing AND (attribute_not_exists(prover) OR prover = :prover)',
    at: 'verifiedAt',
  });
}

/** Closes a verified incident. @returns false when it is neither verified nor closed. */
export async function closeIncident(ledger: Ledger): Promise<boolean> {
  return update(ledger, { set: { state: 'closed' }, from: ['verified', 'closed'], at: 'closedAt' });
}

interface Change {
  readonly set?: { readonly state: IncidentState } | { readonly freeze: FreezeState };
  /** The run whose proof alone counts from now on. */
  readonly prover?: string;
  /** The states in which it is allowed. */
  readonly from: readonly IncidentState[];
  /** What must hold besides. */
  readonly condition?: string;
  /** The attribute that keeps when it first happened. */
  readonly at?: string;
  readonly remove?: string;
  /** What is written, if that changes. */
  readonly written?: ReadonlyMap<string, string>;
  /** Until when a person's answer is waited for; default no longer. */
  readonly answerUntil?: string;
}

async function update(
  ledger: Ledger,
  { set, prover, from, condition, at, remove, written, answerUntil }: Change,
): Promise<boolean> {
  const changes = Object.entries(set ?? {}).map(([name, value]) => `#${name} = :${value}`);
  if (prover !== undefined) changes.push('prover = :prover');
  if (at !== undefined) changes.push(`${at} = if_not_exists(${at}, :now)`);
  if (answerUntil !== undefined) changes.push('answerUntil = :until');
  if (written !== undefined) changes.push('written = :written');
  const removed = [...(answerUntil === undefined ? ['answerUntil'] : []), ...(remove ? [remove] : [])];
  const conditions = [`#state IN (${from.map((state) => `:${state}`).join(', ')})`, condition ?? ''];
  const UpdateExpression = [
    changes.length === 0 ? '' : `SET ${changes.join(', ')}`,
    removed.length === 0 ? '' : `REMOVE ${removed.join(', ')}`,
  ].join(' ');
  const ConditionExpression = conditions.filter((each) => each !== '').join(' AND ');
  const used = UpdateExpression + ConditionExpression;
  const isUsed = ([placeholder]: [string, unknown]) => new RegExp(`${placeholder}\\b`).test(used);
  return ifConditionHolds(() =>
    ledger.dynamodb.send(
      new UpdateItemCommand({
        TableName: ledger.table,
        Key: keyOf(ledger),
        UpdateExpression,
        ConditionExpression,
        // DynamoDB refuses a name or value that no expression uses.
        ExpressionAttributeNames: Object.fromEntries(Object.entries(NAMES).filter(isUsed)),
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries({
            ...VALUES,
            ':now': { S: ledger.now() },
            ':until': { S: answerUntil ?? '' },
            ':prover': { S: prover ?? '' },
            ':written': { M: Object.fromEntries([...(written ?? [])].map(([table, S]) => [table, { S }])) },
          }).filter(isUsed),
        ),
      }),
    ),
  );
}

/** "state" is a reserved word of DynamoDB's expressions. */
const NAMES = { '#state': 'state', '#freeze': 'freeze' };

const VALUES = {
  ':open': { S: 'open' },
  ':writing': { S: 'writing' },
  ':verified': { S: 'verified' },
  ':closed': { S: 'closed' },
  ':standing': { S: 'standing' },
  ':lifting': { S: 'lifting' },
};
