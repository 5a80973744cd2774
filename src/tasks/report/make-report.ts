import { followUpsOf } from './follow-ups.ts';
import { phasesOf } from './phases.ts';
import type { Report } from './report.ts';
import { inUtc, type Run } from './run.ts';
import {
  freezeTime,
  functionSetting,
  mappingSetting,
  pausedSetting,
  provisionedSetting,
  type Settings,
} from './settings.ts';
import { stagesOf } from './stages.ts';
import { warningsOf } from './warnings.ts';

/**
 * The whole report of an incident that is thawed.
 * @param times in UTC: when the incident was first opened, and now.
 */
export function makeReport(
  given: Run,
  settings: Settings,
  { openedAt, finishedAt }: Pick<Report, 'openedAt' | 'finishedAt'>,
): Report {
  const run = inUtc(given);
  const freeze = freezeTime(settings, run);
  return {
    version: 1,
    incidentId: run.incidentId,
    restorePoint: given.restorePoint,
    execution: run.execution,
    requestedBy: run.requestedBy ?? null,
    approvedBy: run.approvedBy === '' ? null : run.approvedBy,
    openedAt,
    startedAt: run.startedAt,
    frozenAt: run.frozenAt,
    finishedAt,
    freeze,
    phases: phasesOf(run, settings, { thawedAt: freeze.until, finishedAt }),
    tables: run.tables.map((table) => {
      const plan = run.planned.find(({ name }) => name === table.name);
      return {
        name: table.name,
        restoredName: table.restoredName,
        selective: table.selective,
        planned: plan === undefined ? null : { counts: plan.counts, estimate: plan.estimate },
        counts: table.counts,
        verifiedItems: table.verifiedItems,
        expiredItems: table.expiredItems,
        digest: table.digest,
      };
    }),
    functions: settings.functions.map(functionSetting),
    provisionedConcurrency: settings.provisioned.map(provisionedSetting),
    eventSourceMappings: settings.mappings.map(mappingSetting),
    pipes: settings.pipes.map(pausedSetting),
    rules: settings.rules.map(pausedSetting),
    schedules: settings.schedules.map(pausedSetting),
    stages: stagesOf(settings),
    writeFences: run.writeFences,
    warnings: warningsOf(run, openedAt, settings),
    followUps: followUpsOf(run, freeze, settings),
  };
}
