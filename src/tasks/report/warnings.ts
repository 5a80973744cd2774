import type { Run } from './run.ts';
import { frozenLate, type Settings } from './settings.ts';
import { these } from './these.ts';

/** What whoever reads the report should know before they call it done. */
export function warningsOf(run: Run, openedAt: string, settings: Settings): string[] {
  const { functions, mappings, pipes, rules, schedules } = settings;
  const warnings = [...run.warnings];
  if (openedAt < run.startedAt)
    warnings.push(
      `This was not the first run of the incident, which was opened at ${openedAt}; figures and phases are those of this run.`,
    );
  const lateFunctions = frozenLate(functions, run.frozenAt).map(({ name }) => name);
  const switches = [...mappings, ...pipes, ...rules, ...schedules];
  const lateSwitches = frozenLate(switches, run.frozenAt).map(({ id }) => id);
  if (lateFunctions.length + lateSwitches.length > 0)
    warnings.push(
      `Frozen late, since they appeared or were changed after ${run.frozenAt}: ` +
        `${these([...lateFunctions, ...lateSwitches])}. They were stopped before the reset; find what deployed them.`,
    );
  const idle = functions.filter(({ before }) => before === 0).map(({ name }) => name);
  if (idle.length > 0)
    warnings.push(
      `Reserved concurrency was 0 before the incident, and is again: ${these(idle)}. Put there by hand during the disaster?`,
    );
  const gone = functions.filter(({ state }) => state === 'gone').map(({ name }) => name);
  if (gone.length > 0)
    warnings.push(`Deleted by someone during the recovery, so not put back: functions ${these(gone)}.`);
  for (const [what, ones] of Object.entries({ 'event-source mappings': mappings, pipes, rules, schedules })) {
    const lost = ones.filter(({ state }) => state === 'gone').map(({ id }) => id);
    if (lost.length > 0)
      warnings.push(`Deleted by someone during the recovery, so not put back: ${what} ${these(lost)}.`);
  }
  return [...warnings, ...run.tables.flatMap((table) => tableWarnings(table, run))];
}

function tableWarnings(
  { name, counts, selective, expiredItems }: Run['tables'][number],
  { planned }: Run,
): string[] {
  const warnings: string[] = [];
  const plan = planned.find((table) => table.name === name)?.counts;
  if (plan !== undefined && (plan.puts !== counts.puts || plan.deletes !== counts.deletes))
    warnings.push(
      `${name}: ${plan.puts} puts and ${plan.deletes} deletes were planned, ${counts.puts} and ${counts.deletes} were made.`,
    );
  if (selective)
    warnings.push(
      `${name}: only the selected items were taken back; ${counts.leftAlone} others differ from the restore point and stay.`,
    );
  if (expiredItems > 0)
    warnings.push(
      `${name}: ${expiredItems} items of the restore point are missing, since their time to live is over.`,
    );
  return warnings;
}
