import * as z from 'zod';
import { workflow } from '../dsl/authoring/workflow.ts';
import { map } from '../dsl/expression/each.ts';
import { orElse } from '../dsl/expression/logic.ts';
import { sum } from '../dsl/expression/number.ts';
import { merge } from '../dsl/expression/object.ts';
import { concat } from '../dsl/expression/text.ts';
import { Counts, IncidentId, RunId, TableName, TimeToLive } from '../tasks/incident.ts';
import { planSegment } from '../tasks/plan-segment/task.ts';
import { planSensitiveSegment } from '../tasks/plan-sensitive-segment/task.ts';
import { EVERY_ITEM, SelectionMark } from '../tasks/selection/selection-mark.ts';
import { resetSegment } from '../tasks/reset-segment/task.ts';
import { resetSensitiveSegment } from '../tasks/reset-sensitive-segment/task.ts';
import { anyFailed, failureKept, segmentFailure, shortened } from './segment-failure.ts';
import { SegmentWork, scatteredSegments } from './segment-work.ts';

interface SegmentTasks {
  readonly segmentTask: typeof resetSegment;
  /** The same for sensitive tables, by a role of its own. */
  readonly sensitiveTask: typeof resetSegment;
}

/** Nearly six days of calls that use their whole time. */
const CALLS = 600;

/** A workflow that has these tasks work on each scan segment of a table, and adds up what they count. */
const bySegments = (name: string, { segmentTask, sensitiveTask }: SegmentTasks, comment: string) =>
  workflow(name, {
    input: z.strictObject({
      incidentId: IncidentId,
      run: RunId,
      table: TableName,
      restoredTable: TableName,
      mode: z.enum(['plan', 'apply']),
      ...SegmentWork,
      /** The live table's time-to-live attribute; default null: nothing expires. */
      timeToLive: TimeToLive.default(null),
      /** Which items, as the ledger has them for this run; default all. */
      selection: SelectionMark.default(EVERY_ITEM),
    }),
    output: Counts,
    errors: ['ResetFailed'],
    timeout: '6 days',
    comment,
  })
    .forEachDistributed('work', {
      of: ({ input }) => scatteredSegments(input),
      as: 'segment',
      atOnce: ({ input }) => input.atOnce,
      do: (each) =>
        each
          .choose('worked', (ways) =>
            ways
              .when(
                'apart',
                ({ input }) => input.sensitive,
                (way) =>
                  way
                    .repeatUntil(
                      'progressApart',
                      ({ input, segment }) => sensitiveTask(merge(input, { segment })),
                      { ...failureKept, until: ({ progressApart }) => progressApart.done, atMost: CALLS },
                    )
                    .returns(({ progressApart }) => progressApart),
              )
              .otherwise((way) =>
                way
                  .repeatUntil('progress', ({ input, segment }) => segmentTask(merge(input, { segment })), {
                    ...failureKept,
                    until: ({ progress }) => progress.done,
                    atMost: CALLS,
                  })
                  .returns(({ progress }) => progress),
              ),
          )
          .returns(({ worked }) => ({
            counts: worked.counts,
            failure: shortened(orElse(worked.failure, '')),
          })),
    })
    .choose('outcome', (ways) =>
      ways.when(
        'failed',
        ({ work }) => anyFailed(work),
        (failed) =>
          failed.fail('segments', 'ResetFailed', ({ input, work }) =>
            segmentFailure(concat(input.mode, ' of ', input.table), work),
          ),
      ),
    )
    .returns(({ work }) => ({
      restored: sum(map(work, ({ counts }) => orElse(counts.restored, 0))),
      live: sum(map(work, ({ counts }) => orElse(counts.live, 0))),
      puts: sum(map(work, ({ counts }) => orElse(counts.puts, 0))),
      deletes: sum(map(work, ({ counts }) => orElse(counts.deletes, 0))),
      unchanged: sum(map(work, ({ counts }) => orElse(counts.unchanged, 0))),
      selected: sum(map(work, ({ counts }) => orElse(counts.selected, 0))),
      leftAlone: sum(map(work, ({ counts }) => orElse(counts.leftAlone, 0))),
      refused: sum(map(work, ({ counts }) => orElse(counts.refused, 0))),
      readUnits: sum(map(work, ({ counts }) => orElse(counts.readUnits, 0))),
      writeUnits: sum(map(work, ({ counts }) => orElse(counts.writeUnits, 0))),
      indexWriteUnits: sum(map(work, ({ counts }) => orElse(counts.indexWriteUnits, 0))),
    }));

/**
 * Brings one live table to the content of its restored one by difference, scan segment by scan segment.
 * `plan` writes nothing and counts what `apply` would, and what that consumes.
 */
export const resetTable = bySegments(
  'ResetTable',
  { segmentTask: resetSegment, sensitiveTask: resetSensitiveSegment },
  'Hard-resets one live table to the content of its restored table, by difference',
);

/** `ResetTable` that can only plan: its role reaches no function that may write to a live table. */
export const planTable = bySegments(
  'PlanTable',
  { segmentTask: planSegment, sensitiveTask: planSensitiveSegment },
  'Counts what a hard reset of one live table to its restored table would write',
);
