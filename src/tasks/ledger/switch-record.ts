import { incidentPartition, type Ledger } from './ledger.ts';
import { readRecords, type LedgerItem } from './read-records.ts';
import {
  noteStop,
  saveSetting,
  type Saved,
  savedFrom,
  settleSetting,
  type SettingState,
} from './saved-setting.ts';

/** What can be switched off and on again: an event-source mapping, a pipe, a rule or a schedule of EventBridge. */
export type SwitchKind = 'mapping' | 'pipe' | 'rule' | 'schedule';

/** A switch as the incident found it. */
export interface SavedSwitch extends Saved {
  /** A mapping's UUID, a pipe's name, a rule's `bus/name` or a schedule's `group/name`. */
  readonly id: string;
  /** The function that a mapping feeds; empty for others. */
  readonly functionName: string;
  readonly enabledBefore: boolean;
}

const keyOf = (kind: SwitchKind, id: string): string => `${kind}#${id}`;

/** Saves whether a switch was on, before its first change. @returns false when it is saved already. */
export async function saveSwitch(
  ledger: Ledger,
  kind: SwitchKind,
  { id, functionName, enabledBefore }: Omit<SavedSwitch, keyof Saved>,
): Promise<boolean> {
  return saveSetting(ledger, keyOf(kind, id), {
    ...(functionName === '' ? {} : { functionName: { S: functionName } }),
    enabledBefore: { BOOL: enabledBefore },
  });
}

/** Notes that a saved switch is being switched off once more, because somebody has switched it on. */
export async function noteSwitchStop(ledger: Ledger, kind: SwitchKind, id: string): Promise<void> {
  await noteStop(ledger, keyOf(kind, id));
}

/** Records what has become of a switch that was owed. */
export async function settleSwitch(
  ledger: Ledger,
  kind: SwitchKind,
  { id, state }: { readonly id: string; readonly state: Exclude<SettingState, 'frozen'> },
): Promise<void> {
  await settleSetting(ledger, keyOf(kind, id), state);
}

/** Every switch of this kind that the incident has switched off at some time, or found so, by id. */
export async function savedSwitches(ledger: Ledger, kind: SwitchKind): Promise<Map<string, SavedSwitch>> {
  const partition = incidentPartition(ledger.incidentId);
  const records = await readRecords(ledger, { partition, prefix: keyOf(kind, '') });
  return new Map(records.map((record) => savedSwitch(kind, record)).map((saved) => [saved.id, saved]));
}

function savedSwitch(kind: SwitchKind, record: LedgerItem): SavedSwitch {
  return {
    id: (record.sk?.S ?? '').slice(keyOf(kind, '').length),
    functionName: record.functionName?.S ?? '',
    enabledBefore: record.enabledBefore?.BOOL ?? false,
    ...savedFrom(record),
  };
}
