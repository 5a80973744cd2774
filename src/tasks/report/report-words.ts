import type { Phase, Report } from './report.ts';

/** What each phase is called before people. */
export const inPhases: Readonly<Record<Phase['name'], string>> = {
  preflight: 'Preflight',
  freeze: 'Freeze',
  drain: 'Drain, and proof of quiet',
  restore: 'Restore',
  waitForUndo: 'Wait until the damage itself can be restored',
  plan: 'Plan and gate',
  reset: 'Reset',
  verify: 'Verify',
  thaw: 'Thaw',
  cleanUp: 'Clean up',
};

/** The outcome in one sentence; only a recovery that was proven is ever reported. */
export function outcomeOf({ incidentId, restorePoint, tables }: Report): string {
  const what = tables.length === 1 ? 'its table is' : `its ${tables.length} tables are`;
  return `RECOVERED: ${incidentId}, ${what} as at ${restorePoint}, proven, and the application runs again.`;
}
