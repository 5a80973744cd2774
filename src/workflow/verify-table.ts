import * as z from 'zod';
import { workflow } from '../dsl/authoring/workflow.ts';
import { inWords } from '../dsl/expression/failure.ts';
import { list } from '../dsl/expression/list.ts';
import { ifElse, orElse } from '../dsl/expression/logic.ts';
import { concat } from '../dsl/expression/text.ts';
import { compareTables, ResetPlan } from '../tasks/compare-tables/task.ts';
import { IncidentId, RunId, TableName } from '../tasks/incident.ts';
import { verifySegment } from '../tasks/verify-segment/task.ts';
import { busyAccount } from './busy-account.ts';
import { anyFailed, segmentFailure, shortened } from './segment-failure.ts';
import { SegmentWork, scatteredSegments } from './segment-work.ts';

/**
 * Reads both tables again, apart from the reset, and proves that they hold the same items; or, after a selective
 * reset, that the live one holds the selected items as restored and every other one as it was planned to stay.
 */
export const verifyTable = workflow('VerifyTable', {
  input: z.strictObject({
    incidentId: IncidentId,
    run: RunId,
    table: TableName,
    restoredTable: TableName,
    ...SegmentWork,
    /** If it was a selective one, the live table alone is read, and held against what the plan expects. */
    plan: ResetPlan.optional(),
  }),
  output: z.object({ items: z.int().min(0) }),
  errors: ['VerifyFailed'],
  timeout: '2 days',
  comment: 'Proves that a live table holds what it should: counts and order-free digests',
})
  .forEach('tables', {
    of: ({ input }) =>
      ifElse(orElse(input.plan.selective, false), list(input.table), list(input.table, input.restoredTable)),
    as: 'name',
    atOnce: 2,
    do: (each) =>
      each
        .forEachDistributed('digests', {
          of: ({ input }) => scatteredSegments(input),
          as: 'segment',
          atOnce: ({ input }) => input.atOnce,
          do: (digest) =>
            digest
              .repeatUntil(
                'progress',
                ({ input, name, segment }) =>
                  verifySegment({
                    incidentId: input.incidentId,
                    run: input.run,
                    table: name,
                    segment,
                    segments: input.segments,
                    atOnce: input.atOnce,
                    rates: input.rates,
                  }),
                {
                  until: ({ progress }) => progress.done,
                  // A day of calls that use their whole time.
                  atMost: 125,
                  retry: [busyAccount],
                  // A failed child would leave only the map's own error behind, not what went wrong.
                  recover: {
                    errors: ['States.ALL'],
                    value: (_scope, error) => ({ failure: inWords(error) }),
                  },
                },
              )
              .returns(({ progress }) => ({ failure: shortened(orElse(progress.failure, '')) })),
        })
        .choose('outcome', (ways) =>
          ways.when(
            'failed',
            ({ digests }) => anyFailed(digests),
            (failed) =>
              failed.fail('segments', 'VerifyFailed', ({ name, digests }) =>
                segmentFailure(concat('reading of ', name), digests),
              ),
          ),
        ),
  })
  .run('compared', ({ input }) => compareTables(input))
  .returns(({ compared }) => ({ items: compared.items }));
