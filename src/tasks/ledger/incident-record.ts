import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { ifConditionHolds, incidentPartition, type Ledger } from './ledger.ts';

/**
 * How far an incident has come: `open` (nothing written), `writing` (live tables are being reset),
 * `verified` (they were proven equal), `closed` (thawed and reported).
 */
export type IncidentState = 'open' | 'writing' | 'verified' | 'closed';

export interface Incident {
  readonly state: IncidentState;
  /** In UTC, to the second. */
  readonly restorePoint: string;
  readonly openedAt: string;
  readonly verifiedAt: string | undefined;
  /** Whether a thaw of the verified incident has begun: the application may write again. */
  readonly thawBegun: boolean;
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
    thawBegun: Item.thawBegunAt !== undefined,
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
 * Records that the live tables are being written: from here a thaw needs force until they are verified.
 * @returns false when the incident is not one to write: unknown, closed, or already being thawed.
 */
export async function markWriting(ledger: Ledger): Promise<boolean> {
  return advance(ledger, {
    to: 'writing',
    from: ['open', 'writing', 'verified'],
    at: 'writingAt',
    again: true,
  });
}

/** Records that the tables were proven equal. @returns false unless they were being written or verified. */
export async function markVerified(ledger: Ledger): Promise<boolean> {
  return advance(ledger, { to: 'verified', from: ['writing', 'verified'], at: 'verifiedAt' });
}

/**
 * Records, for a verified incident, that its application may write from now on: resetting its tables once
 * more would lose that. For an incident in another state nothing is recorded.
 */
export async function markThawBegun(ledger: Ledger): Promise<void> {
  await advance(ledger, { to: 'verified', from: ['verified'], at: 'thawBegunAt' });
}

/** Closes a verified incident. @returns false when it is neither verified nor closed. */
export async function closeIncident(ledger: Ledger): Promise<boolean> {
  return advance(ledger, { to: 'closed', from: ['verified', 'closed'], at: 'closedAt' });
}

interface Advance {
  readonly to: IncidentState;
  readonly from: readonly IncidentState[];
  /** The attribute that keeps when it first happened. */
  readonly at: string;
  /** Whether it takes back an earlier proof, which is too late once a thaw has begun. */
  readonly again?: boolean;
}

async function advance(ledger: Ledger, { to, from, at, again = false }: Advance): Promise<boolean> {
  const allowed = from.map((state, index) => [`:from${index}`, { S: state }] as const);
  const inState = `#state IN (${allowed.map(([name]) => name).join(', ')})`;
  return ifConditionHolds(() =>
    ledger.dynamodb.send(
      new UpdateItemCommand({
        TableName: ledger.table,
        Key: keyOf(ledger),
        UpdateExpression: `SET #state = :to, #at = if_not_exists(#at, :now)${again ? ' REMOVE verifiedAt' : ''}`,
        ConditionExpression: again ? `${inState} AND attribute_not_exists(thawBegunAt)` : inState,
        // "state" is a reserved word of DynamoDB's expressions.
        ExpressionAttributeNames: { '#state': 'state', '#at': at },
        ExpressionAttributeValues: {
          ...Object.fromEntries(allowed),
          ':to': { S: to },
          ':now': { S: ledger.now() },
        },
      }),
    ),
  );
}
