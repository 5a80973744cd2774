import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ifConditionHolds, type Ledger } from './ledger.ts';

const KEY = { pk: { S: 'lock' }, sk: { S: 'lock' } };

/** Who may change anything; there is one lock for the whole system. Times are ISO 8601 in UTC. */
export interface Lock {
  readonly incidentId: string;
  readonly executionArn: string;
  readonly acquiredAt: string;
  /** When the lease ends, after which the lock may be taken over whatever its holder does. */
  readonly expiresAt: string;
}

/** The lock as it stands; undefined when nobody holds it. */
export async function readLock(ledger: Ledger): Promise<Lock | undefined> {
  const asked = new GetItemCommand({ TableName: ledger.table, Key: KEY, ConsistentRead: true });
  const { Item } = await ledger.dynamodb.send(asked);
  if (Item === undefined) return undefined;
  return {
    incidentId: Item.incidentId?.S ?? '',
    executionArn: Item.executionArn?.S ?? '',
    acquiredAt: Item.acquiredAt?.S ?? '',
    expiresAt: Item.expiresAt?.S ?? '',
  };
}

/**
 * Takes the lock, from nobody or from the given holder.
 * @returns false when somebody else was faster.
 */
export async function takeLock(ledger: Ledger, lock: Lock, from: Lock | undefined): Promise<boolean> {
  const Item = {
    ...KEY,
    incidentId: { S: lock.incidentId },
    executionArn: { S: lock.executionArn },
    acquiredAt: { S: lock.acquiredAt },
    expiresAt: { S: lock.expiresAt },
  };
  const condition =
    from === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'executionArn = :holder AND acquiredAt = :since',
          ExpressionAttributeValues: {
            ':holder': { S: from.executionArn },
            ':since': { S: from.acquiredAt },
          },
        };
  return ifConditionHolds(() =>
    ledger.dynamodb.send(new PutItemCommand({ TableName: ledger.table, Item, ...condition })),
  );
}

/** Whether this execution holds the lock: after a second run has taken it over, a redrive of the first does not. */
export async function holdsLock(ledger: Ledger, executionArn: string): Promise<boolean> {
  const lock = await readLock(ledger);
  return lock?.incidentId === ledger.incidentId && lock.executionArn === executionArn;
}

/** Gives the lock back. @returns false when this execution did not hold it. */
export async function dropLock(ledger: Ledger, executionArn: string): Promise<boolean> {
  return ifConditionHolds(() =>
    ledger.dynamodb.send(
      new DeleteItemCommand({
        TableName: ledger.table,
        Key: KEY,
        ConditionExpression: 'executionArn = :me',
        ExpressionAttributeValues: { ':me': { S: executionArn } },
      }),
    ),
  );
}
