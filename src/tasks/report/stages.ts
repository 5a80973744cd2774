import type { Saved } from '../ledger/saved-setting.ts';
import { thawStages } from '../thaw/stages.ts';
import type { Report } from './report.ts';
import { later, type Settings } from './settings.ts';

/** In which order the thaw has put things back, and when each stage was done. */
export function stagesOf({ functions, mappings, pipes, rules, schedules }: Settings): Report['stages'] {
  const stages = thawStages(functions, mappings).map((stage) => ({
    name: stage.name,
    functions: stage.functions,
    switches: stage.name === 'consumers' ? [...mappings, ...pipes] : [],
  }));
  return [...stages, { name: 'schedules' as const, functions: [], switches: [...rules, ...schedules] }].map(
    ({ name, functions, switches }) => ({
      name,
      functions: functions.length,
      switches: switches.length,
      doneAt: lastOf([...functions, ...switches]),
    }),
  );
}

function lastOf(settings: readonly Saved[]): string | null {
  return settings.map(({ settledAt = '' }) => settledAt).reduce(later, '') || null;
}
