import { UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { FunctionInScope } from '../lambda-control/functions-in-scope.ts';
import type { ReservedConcurrency } from '../lambda-control/control-plane.ts';
import { incidentPartition, type Ledger } from './ledger.ts';
import { readRecords, type LedgerItem } from './read-records.ts';
import { saveSetting, type Saved, savedFrom, settleSetting } from './saved-setting.ts';

const PREFIX = 'function#';

/** A function as the incident found it. */
export interface SavedFunction extends FunctionInScope, Saved {
  /** Its reserved concurrency before the freeze. */
  readonly before: ReservedConcurrency;
  /** When it was seen to be stopped: UTC, ISO 8601; undefined while that is not known. */
  readonly stoppedAt?: string | undefined;
}

/** Saves a function's setting before its first change. @returns false when it is saved already. */
export async function saveFunction(
  ledger: Ledger,
  { name, arn, timeoutSeconds, reads }: FunctionInScope,
  before: ReservedConcurrency,
): Promise<boolean> {
  return saveSetting(ledger, PREFIX + name, {
    arn: { S: arn },
    timeoutSeconds: { N: String(timeoutSeconds) },
    reads: { BOOL: reads },
    before: before === 'absent' ? { S: 'absent' } : { N: String(before) },
  });
}

/** Notes that a saved function is stopped now. @returns when: UTC, ISO 8601. */
export async function noteStop(ledger: Ledger, name: string): Promise<string> {
  const now = ledger.now();
  await update(ledger, name, {
    UpdateExpression: 'SET stoppedAt = :now',
    ExpressionAttributeValues: { ':now': { S: now } },
  });
  return now;
}

/** Notes that somebody has set a saved function free, until it is stopped once more. */
export async function noteSetFree(ledger: Ledger, name: string): Promise<void> {
  await update(ledger, name, { UpdateExpression: 'REMOVE stoppedAt' });
}

async function update(
  ledger: Ledger,
  name: string,
  change: Pick<UpdateItemCommandInput, 'UpdateExpression' | 'ExpressionAttributeValues'>,
): Promise<void> {
  await ledger.dynamodb.send(
    new UpdateItemCommand({
      TableName: ledger.table,
      Key: { pk: { S: incidentPartition(ledger.incidentId) }, sk: { S: PREFIX + name } },
      ConditionExpression: 'attribute_exists(pk)',
      ...change,
    }),
  );
}

/** Records that a function is as it was, or that it no longer exists. */
export async function settleFunction(ledger: Ledger, name: string, state: 'thawed' | 'gone'): Promise<void> {
  await settleSetting(ledger, PREFIX + name, state);
}

/** Every function that the incident has frozen at some time, by name. */
export async function savedFunctions(ledger: Ledger): Promise<Map<string, SavedFunction>> {
  const records = await readRecords(ledger, {
    partition: incidentPartition(ledger.incidentId),
    prefix: PREFIX,
  });
  return new Map(records.map(savedFunction).map((saved) => [saved.name, saved]));
}

function savedFunction(record: LedgerItem): SavedFunction {
  return {
    name: (record.sk?.S ?? '').slice(PREFIX.length),
    arn: record.arn?.S ?? '',
    timeoutSeconds: Number(record.timeoutSeconds?.N ?? 0),
    reads: record.reads?.BOOL === true,
    before: record.before?.N === undefined ? 'absent' : Number(record.before.N),
    stoppedAt: record.stoppedAt?.S,
    ...savedFrom(record),
  };
}
