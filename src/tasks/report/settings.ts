import type { SavedProvisioned } from '../ledger/provisioned-record.ts';
import type { SavedFunction } from '../ledger/function-record.ts';
import type { SavedSwitch } from '../ledger/switch-record.ts';
import type { Saved, SettingState } from '../ledger/saved-setting.ts';
import type { FunctionSetting, MappingSetting, ProvisionedSetting, PausedSetting, Report } from './report.ts';

/** What the ledger holds of an incident's freeze. */
export interface Settings {
  readonly functions: readonly SavedFunction[];
  readonly provisioned: readonly SavedProvisioned[];
  readonly mappings: readonly SavedSwitch[];
  readonly pipes: readonly SavedSwitch[];
  readonly rules: readonly SavedSwitch[];
  readonly schedules: readonly SavedSwitch[];
}

export function functionSetting({ name, before, state }: SavedFunction): FunctionSetting {
  return { name, before, during: 0, after: afterwards(state, before, 0) };
}

export function provisionedSetting({
  functionName,
  qualifier,
  requested: before,
  state,
}: SavedProvisioned): ProvisionedSetting {
  return {
    functionName,
    qualifier,
    before,
    during: 'absent',
    after: afterwards<number | 'absent'>(state, before, 'absent'),
  };
}

export function mappingSetting(mapping: SavedSwitch): MappingSetting {
  const { name: uuid, ...setting } = pausedSetting(mapping);
  return { uuid, functionName: mapping.functionName, ...setting };
}

export function pausedSetting({ id, enabledBefore, state }: SavedSwitch): PausedSetting {
  const before = enabledBefore ? 'enabled' : 'disabled';
  return { name: id, before, during: 'disabled', after: afterwards(state, before, 'disabled') };
}

/** A thaw reads each setting back before it says that it is as it was. */
function afterwards<Value>(state: SettingState, before: Value, during: Value): Value | 'gone' {
  if (state === 'gone') return 'gone';
  return state === 'thawed' ? before : during;
}

/**
 * How long the application stood still. What an earlier run of the incident has put back does not count.
 * @param run the times of the run: when it started, had everything frozen, and had proven the tables.
 */
export function freezeTime(
  { functions, provisioned, mappings, pipes, rules, schedules }: Settings,
  run: { readonly startedAt: string; readonly frozenAt: string; readonly verifiedAt: string },
): Report['freeze'] {
  const ofRun = [...functions, ...provisioned, ...mappings, ...pipes, ...rules, ...schedules].filter(
    (saved): saved is typeof saved & { settledAt: string } => (saved.settledAt ?? '') >= run.startedAt,
  );
  const from = ofRun.map(({ savedAt }) => savedAt).reduce(earlier, run.frozenAt);
  const until = ofRun.map(({ settledAt }) => settledAt).reduce(later, run.verifiedAt);
  return { from, until, seconds: secondsBetween(from, until) };
}

/** Settings that were saved after everything was frozen: what had appeared, or had been changed, meanwhile. */
export const frozenLate = <Setting extends Saved>(
  settings: readonly Setting[],
  frozenAt: string,
): Setting[] => settings.filter(({ savedAt }) => savedAt > frozenAt);

/** The later of two times in the form of `toISOString`. */
export const later = (left: string, right: string): string => (left > right ? left : right);
const earlier = (left: string, right: string): string => (left < right ? left : right);

/** Never negative: a time that a retry has taken anew may lie after the next one. */
export const secondsBetween = (from: string, until: string): number =>
  Math.max(0, Date.parse(until) - Date.parse(from)) / 1000;
