import type { FunctionInScope } from '../lambda-control/functions-in-scope.ts';
import type { ReservedConcurrency } from '../lambda-control/control-plane.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerItem } from './read-records.ts';
import {
  type Saved,
  savedFrom,
  savedSettings,
  settleSetting,
  type Stop,
  type Stopping,
  stopSetting,
} from './saved-setting.ts';

const PREFIX = 'function#';

/** A function as the incident found it. */
export interface SavedFunction extends FunctionInScope, Saved {
  /** Its reserved concurrency before the freeze. */
  readonly before: ReservedConcurrency;
}

/**
 * Stops a function whose setting is saved first.
 * @returns undefined when it no longer exists.
 */
export async function stopFunction(
  ledger: Ledger,
  { name, arn, timeoutSeconds, reads, before }: Omit<SavedFunction, keyof Saved>,
  stopping: Stopping,
): Promise<Stop | undefined> {
  const values = {
    arn: { S: arn },
    timeoutSeconds: { N: String(timeoutSeconds) },
    reads: { BOOL: reads },
    before: before === 'absent' ? { S: 'absent' } : { N: String(before) },
  };
  return stopSetting(ledger, { sortKey: PREFIX + name, values }, stopping);
}

/** Records that a function is as it was, or that it no longer exists. */
export async function settleFunction(ledger: Ledger, name: string, state: 'thawed' | 'gone'): Promise<void> {
  await settleSetting(ledger, PREFIX + name, state);
}

/** Every function that the incident has frozen at some time, by name. */
export async function savedFunctions(ledger: Ledger): Promise<Map<string, SavedFunction>> {
  return savedSettings(ledger, PREFIX, savedFunction);
}

function savedFunction(name: string, record: LedgerItem): SavedFunction {
  return {
    name,
    arn: record.arn?.S ?? '',
    timeoutSeconds: Number(record.timeoutSeconds?.N ?? 0),
    reads: record.reads?.BOOL === true,
    before: record.before?.N === undefined ? 'absent' : Number(record.before.N),
    ...savedFrom(record),
  };
}
