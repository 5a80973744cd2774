import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Ledger } from './ledger.ts';
import { readRecords } from './read-records.ts';

const PARTITION = 'frozen';

const keyOf = (ledger: Ledger) => ({ pk: { S: PARTITION }, sk: { S: ledger.incidentId } });

/** Notes that this incident holds functions frozen; set before the first change, kept until a full thaw. */
export async function markFrozen(ledger: Ledger): Promise<void> {
  await ledger.mayWrite?.();
  await ledger.dynamodb.send(
    new UpdateItemCommand({
      TableName: ledger.table,
      Key: keyOf(ledger),
      UpdateExpression: 'SET frozenAt = if_not_exists(frozenAt, :now)',
      ExpressionAttributeValues: { ':now': { S: ledger.now() } },
    }),
  );
}

/** Takes the note away after a full thaw. */
export async function unmarkFrozen(ledger: Ledger): Promise<void> {
  await ledger.mayWrite?.();
  await ledger.dynamodb.send(new DeleteItemCommand({ TableName: ledger.table, Key: keyOf(ledger) }));
}

/**
 * Other incidents whose freeze still stands. A freeze on top of one would take its zeros for the
 * application's own settings and keep them for ever.
 */
export async function otherFrozenIncidents(ledger: Ledger): Promise<string[]> {
  const marks = await frozenMarks(ledger);
  return marks.map(({ incidentId }) => incidentId).filter((id) => id !== ledger.incidentId);
}

/** Every incident whose freeze stands, and since when, in UTC. */
export async function frozenMarks(
  ledger: Pick<Ledger, 'dynamodb' | 'table'>,
): Promise<{ incidentId: string; frozenAt: string }[]> {
  const marks = await readRecords(ledger, { partition: PARTITION, prefix: '' });
  return marks.map(({ sk, frozenAt }) => ({ incidentId: sk?.S ?? '', frozenAt: frozenAt?.S ?? '' }));
}
