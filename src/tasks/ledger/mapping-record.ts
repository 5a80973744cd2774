import { incidentPartition, type Ledger } from './ledger.ts';
import { readRecords, type LedgerItem } from './read-records.ts';
import { saveSetting, type Saved, savedFrom, settleSetting } from './saved-setting.ts';

const PREFIX = 'mapping#';

/** An event-source mapping as the incident found it. */
export interface SavedMapping extends Saved {
  readonly uuid: string;
  readonly functionName: string;
  readonly enabledBefore: boolean;
}

/** Saves whether a mapping was on, before its first change. @returns false when it is saved already. */
export async function saveMapping(
  ledger: Ledger,
  { uuid, functionName, enabledBefore }: Omit<SavedMapping, keyof Saved>,
): Promise<boolean> {
  return saveSetting(ledger, PREFIX + uuid, {
    functionName: { S: functionName },
    enabledBefore: { BOOL: enabledBefore },
  });
}

/** Records that a mapping is as it was, or that it no longer exists. */
export async function settleMapping(ledger: Ledger, uuid: string, state: 'thawed' | 'gone'): Promise<void> {
  await settleSetting(ledger, PREFIX + uuid, state);
}

/** Every mapping that the incident has paused at some time, by UUID. */
export async function savedMappings(ledger: Ledger): Promise<Map<string, SavedMapping>> {
  const records = await readRecords(ledger, {
    partition: incidentPartition(ledger.incidentId),
    prefix: PREFIX,
  });
  return new Map(records.map(savedMapping).map((saved) => [saved.uuid, saved]));
}

function savedMapping(record: LedgerItem): SavedMapping {
  return {
    uuid: (record.sk?.S ?? '').slice(PREFIX.length),
    functionName: record.functionName?.S ?? '',
    enabledBefore: record.enabledBefore?.BOOL ?? false,
    ...savedFrom(record),
  };
}
