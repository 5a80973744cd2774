import * as z from 'zod';
import { workflow } from '../dsl/authoring/workflow.ts';
import { context } from '../dsl/expression/context.ts';
import type { Expression, Ref } from '../dsl/expression/expression.ts';
import { list } from '../dsl/expression/list.ts';
import { ifElse, orElse } from '../dsl/expression/logic.ts';
import { merge } from '../dsl/expression/object.ts';
import { concat } from '../dsl/expression/text.ts';
import { compareTables, ResetPlan } from '../tasks/compare-tables/task.ts';
import { IncidentId, Instant, RunId, TableName, TimeToLive } from '../tasks/incident.ts';
import { verifySegment } from '../tasks/verify-segment/task.ts';
import { verifySensitiveSegment } from '../tasks/verify-sensitive-segment/task.ts';
import { busyAccount } from './busy-account.ts';
import { anyFailed, failureKept, segmentFailure, shortened } from './segment-failure.ts';
import { SegmentWork, scatteredSegments } from './segment-work.ts';

const Input = z.strictObject({
  incidentId: IncidentId,
  run: RunId,
  table: TableName,
  restoredTable: TableName,
  ...SegmentWork,
  /** The live table's time-to-live attribute; default null: nothing expires. */
  timeToLive: TimeToLive.default(null),
  /** If it was a selective one, the live table alone is read, and held against what the plan expects. */
  plan: ResetPlan.optional(),
});

/** One of the two tables. */
interface Side {
  readonly side: 'live' | 'restored';
  readonly name: string;
  readonly counterpart: string;
  readonly since: string;
}

/** Two days of calls that use their whole time. */
const CALLS = 210;

const segmentOf = (input: Ref<z.output<typeof Input>>, one: Ref<Side>, segment: Expression<number>) => ({
  incidentId: input.incidentId,
  run: input.run,
  table: one.name,
  segment,
  segments: input.segments,
  atOnce: input.atOnce,
  rates: input.rates,
  expiry: {
    timeToLive: input.timeToLive,
    side: one.side,
    counterpart: one.counterpart,
    since: one.since,
  },
});

/**
 * Reads both tables again, apart from the reset, and proves that they hold the same items; or, after a selective
 * reset, that the live one holds the selected items as restored and every other one as it was planned to stay.
 */
export const verifyTable = workflow('VerifyTable', {
  input: Input,
  output: compareTables.definition.output.extend({ startedAt: Instant }),
  errors: ['VerifyFailed'],
  timeout: '2 days',
  comment: 'Proves that a live table holds what it should: counts and order-free digests',
})
  .forEach('tables', {
    of: ({ input }) =>
      ifElse(
        orElse(input.plan.selective, false),
        list(
          // Inside a distributed map, the context is the child's.
          {
            side: 'live',
            name: input.table,
            counterpart: input.restoredTable,
            since: context.Execution.StartTime,
          },
        ),
        list(
          {
            side: 'live',
            name: input.table,
            counterpart: input.restoredTable,
            since: context.Execution.StartTime,
          },
          {
            side: 'restored',
            name: input.restoredTable,
            counterpart: input.table,
            since: context.Execution.StartTime,
          },
        ),
      ),
    as: 'one',
    atOnce: 2,
    do: (each) =>
      each
        .forEachDistributed('digests', {
          of: ({ input }) => scatteredSegments(input),
          as: 'segment',
          atOnce: ({ input }) => input.atOnce,
          do: (digest) =>
            digest
              .choose('worked', (ways) =>
                ways
                  .when(
                    'apart',
                    ({ input }) => input.sensitive,
                    (way) =>
                      way
                        .repeatUntil(
                          'progressApart',
                          ({ input, one, segment }) => verifySensitiveSegment(segmentOf(input, one, segment)),
                          {
                            ...failureKept,
                            until: ({ progressApart }) => progressApart.done,
                            atMost: CALLS,
                          },
                        )
                        .returns(({ progressApart }) => orElse(progressApart.failure, '')),
                  )
                  .otherwise((way) =>
                    way
                      .repeatUntil(
                        'progress',
                        ({ input, one, segment }) => verifySegment(segmentOf(input, one, segment)),
                        { ...failureKept, until: ({ progress }) => progress.done, atMost: CALLS },
                      )
                      .returns(({ progress }) => orElse(progress.failure, '')),
                  ),
              )
              .returns(({ worked }) => ({ failure: shortened(worked) })),
        })
        .choose('outcome', (ways) =>
          ways.when(
            'failed',
            ({ digests }) => anyFailed(digests),
            (failed) =>
              failed.fail('segments', 'VerifyFailed', ({ one, digests }) =>
                segmentFailure(concat('reading of ', one.name), digests),
              ),
          ),
        ),
  })
  .run('compared', ({ input }) => compareTables(input), { retry: [busyAccount] })
  .returns(({ compared }) => merge(compared, { startedAt: context.Execution.StartTime }));
