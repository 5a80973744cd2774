import type { Estimate } from '../estimate/estimate.ts';
import type { Phase } from './report.ts';
import type { Run } from './run.ts';
import { CALLS_PER_SECOND, READS_PER_SECOND } from '../lambda-control/call-rates.ts';
import { WINDOW_READS_PER_SECOND } from '../restore-window.ts';
import { later, secondsBetween, type Settings } from './settings.ts';

/** The plan, the reset and the proof each read everything once. */
const READINGS = 3;

/**
 * "95 percent of customers' table restores complete in less than one hour" (the guide's former source,
 * awsdocs/amazon-dynamodb-developer-guide, doc_source/CreateBackup.md).
 */
const RESTORE_SECONDS = 3600;
/** `LatestRestorableDateTime` is "typically 5 minutes before the current time" (API_PointInTimeRecoveryDescription). */
const RESTORABLE_SECONDS = 300;
/** The recovery asks DynamoDB to delete ten copies at a time, and does not wait until they are gone. */
const DELETIONS_PER_SECOND = 10;

interface Ends {
  readonly thawedAt: string;
  readonly finishedAt: string;
}

/**
 * When each phase began and how long it took, planned and real. Tables are worked on at the same time, so that the
 * plan's longest table counts.
 * @param run its times in UTC.
 * @param settings what was stopped and put back: looking at it takes as long as Lambda's control plane lets one read, a
 * freeze and a thaw as long as it lets one change.
 * @param ends when the thaw and all of it ended.
 */
export function phasesOf(
  run: Run,
  { functions, mappings }: Pick<Settings, 'functions' | 'mappings'>,
  ends: Ends,
): Phase[] {
  const changes =
    functions.filter(({ before }) => before !== 0).length +
    mappings.filter(({ enabledBefore }) => enabledBefore).length;
  const changing = Math.ceil(changes / CALLS_PER_SECOND);
  const looking =
    Math.ceil(functions.length / READS_PER_SECOND) + Math.ceil(run.tables.length / WINDOW_READS_PER_SECOND);
  const deleting = run.keptRestoredTables ? 0 : Math.ceil(run.tables.length / DELETIONS_PER_SECOND);
  const restoredAt = run.restores.map(({ at }) => at).reduce(later);
  const resets = run.tables.map(({ resetAt }) => resetAt);
  const firstProof = resets.reduce((first, next) => (next < first ? next : first));
  const longest = (seconds: (estimate: Estimate) => number): number | null =>
    run.planned.length === 0
      ? null
      : Math.max(...run.planned.map(({ estimate }) => Math.round(seconds(estimate) * 10) / 10));
  const reading = longest(({ readSeconds }) => readSeconds / READINGS);
  const phase = (
    name: Phase['name'],
    [from, until]: readonly [string, string],
    plannedSeconds: number | null,
  ): Phase => ({ name, startedAt: from, seconds: secondsBetween(from, until), plannedSeconds });
  return [
    phase('preflight', [run.startedAt, run.lockedAt], looking),
    phase('freeze', [run.lockedAt, run.frozenAt], changing),
    phase('drain', [run.frozenAt, run.drainedAt], run.longestTimeoutSeconds),
    phase('restore', [run.frozenAt, restoredAt], RESTORE_SECONDS),
    phase('waitForUndo', [later(run.drainedAt, restoredAt), run.undoableAt], RESTORABLE_SECONDS),
    phase('plan', [run.undoableAt, run.passedAt], reading),
    phase(
      'reset',
      [run.passedAt, resets.reduce(later)],
      // It reads and writes at the same time.
      longest(({ readSeconds, writeSeconds }) => Math.max(readSeconds / READINGS, writeSeconds)),
    ),
    phase('verify', [firstProof, run.verifiedAt], reading),
    phase('thaw', [run.verifiedAt, ends.thawedAt], changing),
    phase('cleanUp', [ends.thawedAt, ends.finishedAt], deleting),
  ];
}
