import * as z from 'zod';
import { workflow } from '../dsl/authoring/workflow.ts';
import { map } from '../dsl/expression/each.ts';
import { inWords } from '../dsl/expression/failure.ts';
import { range } from '../dsl/expression/list.ts';
import { orElse } from '../dsl/expression/logic.ts';
import { subtract, sum } from '../dsl/expression/number.ts';
import { merge } from '../dsl/expression/object.ts';
import { concat } from '../dsl/expression/text.ts';
import { Counts, IncidentId, RunId, TableName } from '../tasks/incident.ts';
import { planSegment } from '../tasks/plan-segment/task.ts';
import { Only } from '../tasks/selection/only.ts';
import { resetSegment } from '../tasks/reset-segment/task.ts';
import { busyAccount } from './busy-account.ts';
import { anyFailed, segmentFailure } from './segment-failure.ts';

const NOTHING: Counts = {
  restored: 0,
  live: 0,
  puts: 0,
  deletes: 0,
  unchanged: 0,
  selected: 0,
  leftAlone: 0,
  readUnits: 0,
  writeUnits: 0,
  indexWriteUnits: 0,
};

/** A workflow that has this task work on each scan segment of a table, and adds up what they count. */
const bySegments = (name: string, segmentTask: typeof resetSegment, comment: string) =>
  workflow(name, {
    input: z.strictObject({
      incidentId: IncidentId,
      run: RunId,
      table: TableName,
      restoredTable: TableName,
      mode: z.enum(['plan', 'apply']),
      segments: z.int().min(1).max(1000),
      /** Which items; default all. */
      only: Only.optional(),
    }),
    output: Counts,
    errors: ['ResetFailed'],
    timeout: '3 days',
    comment,
  })
    .forEachDistributed('work', {
      of: ({ input }) => range(0, subtract(input.segments, 1)),
      as: 'segment',
      atOnce: 100,
      do: (each) =>
        each
          .repeatUntil('progress', ({ input, segment }) => segmentTask(merge(input, { segment })), {
            until: ({ progress }) => progress.done,
            // Two days of calls that use their whole time.
            atMost: 250,
            retry: [busyAccount],
            // A failed child would leave only the map's own error behind, not what went wrong.
            recover: { errors: ['States.ALL'], value: (_scope, error) => ({ failure: inWords(error) }) },
          })
          .returns(({ progress }) => ({
            counts: orElse(progress.counts, NOTHING),
            failure: orElse(progress.failure, ''),
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
      restored: sum(map(work, ({ counts }) => counts.restored)),
      live: sum(map(work, ({ counts }) => counts.live)),
      puts: sum(map(work, ({ counts }) => counts.puts)),
      deletes: sum(map(work, ({ counts }) => counts.deletes)),
      unchanged: sum(map(work, ({ counts }) => counts.unchanged)),
      selected: sum(map(work, ({ counts }) => counts.selected)),
      leftAlone: sum(map(work, ({ counts }) => counts.leftAlone)),
      readUnits: sum(map(work, ({ counts }) => counts.readUnits)),
      writeUnits: sum(map(work, ({ counts }) => counts.writeUnits)),
      indexWriteUnits: sum(map(work, ({ counts }) => counts.indexWriteUnits)),
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
