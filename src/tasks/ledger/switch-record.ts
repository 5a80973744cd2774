import type { Ledger } from './ledger.ts';
import type { LedgerItem } from './read-records.ts';
import {
  type Saved,
  savedFrom,
  savedSettings,
  settleSetting,
  type SettingState,
  type Stop,
  type Stopping,
  stopSetting,
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

/**
 * Switches off a switch; whether it was on is saved first.
 * @returns undefined when it no longer exists.
 */
export async function stopSwitch(
  ledger: Ledger,
  { kind, id, functionName, enabledBefore }: Omit<SavedSwitch, keyof Saved> & { readonly kind: SwitchKind },
  stopping: Stopping,
): Promise<Stop | undefined> {
  const values = {
    ...(functionName === '' ? {} : { functionName: { S: functionName } }),
    enabledBefore: { BOOL: enabledBefore },
  };
  return stopSetting(ledger, { sortKey: keyOf(kind, id), values }, stopping);
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
  return savedSettings(ledger, keyOf(kind, ''), savedSwitch);
}

function savedSwitch(id: string, record: LedgerItem): SavedSwitch {
  return {
    id,
    functionName: record.functionName?.S ?? '',
    enabledBefore: record.enabledBefore?.BOOL ?? false,
    ...savedFrom(record),
  };
}
