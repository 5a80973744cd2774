import * as z from 'zod';
import { workflow } from '../dsl/authoring/workflow.ts';
import { map } from '../dsl/expression/each.ts';
import { inWords } from '../dsl/expression/failure.ts';
import { orElse } from '../dsl/expression/logic.ts';
import { sum } from '../dsl/expression/number.ts';
import { merge } from '../dsl/expression/object.ts';
import { concat } from '../dsl/expression/text.ts';
import { Counts, IncidentId, RunId, TableName, TimeToLive } from '../tasks/incident.ts';
import { planSegment } from '../tasks/plan-segment/task.ts';
import { EVERY_ITEM, SelectionMark } from '../tasks/selection/selection-mark.ts';
import { resetSegment } from '../tasks/reset-segment/task.ts';
import { busyAccount } from './busy-account.ts';
import { anyFailed, segmentFailure, shortened } from './segment-failure.ts';
import { SegmentWork, scatteredSegments } from './segment-work.ts';

/** A workflow that has this task work on each scan segment of a table, and adds up what they count. */
const bySegments = (name: string, segmentTask: typeof resetSegment, comment: string) =>
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
          .repeatUntil('progress', ({ input, segment }) => segmentTask(merge(input, { segment })), {
            until: ({ progress }) => progress.done,
            // Nearly six days of calls that use their whole time.
            atMost: 600,
            retry: [busyAccount],
            // A failed child would leave only the map's own error behind, not what went wrong.
            recover: { errors: ['States.ALL'], value: (_scope, error) => ({ failure: inWords(error) }) },
          })
          .returns(({ progress }) => ({
            counts: progress.counts,
            failure: shortened(orElse(progress.failure, '')),
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
  resetSegment,
  'Hard-resets one live table to the content of its restored table, by difference',
);

/** `ResetTable` that can only plan: its role reaches no function that may write to a live table. */
export const planTable = bySegments(
  'PlanTable',
  planSegment,
  'Counts what a hard reset of one live table to its restored table would write',
);
