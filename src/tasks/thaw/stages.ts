import type { SavedFunction } from '../ledger/function-record.ts';
import type { SavedSwitch } from '../ledger/switch-record.ts';

/**
 * In this order the functions come back: what only reads, so that users see the application again; what writes;
 * and last what works off what has gathered in queues and streams, which are many calls at once.
 */
const STAGES = ['readers', 'writers', 'consumers'] as const;

export interface ThawStage {
  readonly name: (typeof STAGES)[number];
  readonly functions: readonly SavedFunction[];
}

/** The functions of the ledger by stages: consumers are those whose event-source mappings the freeze has paused. */
export function thawStages(
  functions: readonly SavedFunction[],
  mappings: readonly SavedSwitch[],
): readonly ThawStage[] {
  const fed = new Set(
    mappings.filter(({ enabledBefore }) => enabledBefore).map(({ functionName }) => functionName),
  );
  const stageOf = ({ name, reads }: SavedFunction) => {
    if (fed.has(name)) return 'consumers';
    return reads ? 'readers' : 'writers';
  };
  return STAGES.map((name) => ({ name, functions: functions.filter((one) => stageOf(one) === name) }));
}
