import * as z from 'zod';
import { workflow } from '../dsl/authoring/workflow.ts';
import { context } from '../dsl/expression/context.ts';
import { RestorePoint, TableName } from '../tasks/incident.ts';
import { prepareDrill } from '../tasks/prepare-drill/task.ts';
import { reportDrill } from '../tasks/report-drill/task.ts';
import { deleteCopy, untilGone } from './delete-copy.ts';
import { asPlanned } from './as-planned.ts';
import { planTable } from './reset-table.ts';
import { restoreTable } from './restore-table.ts';

/** What a drill is started with; nothing at all is enough. */
const DrillRequest = z.strictObject({
  /** The second to restore; default the latest that every table can be restored to. */
  restorePoint: RestorePoint.optional(),
  /** Default every table of the system. */
  tables: z.array(TableName).min(1).max(100).optional(),
});

/**
 * Practises a recovery without touching the application: restores into new tables, plans what a reset would
 * write, takes the times, deletes the copies, and reports. Nothing is frozen, so the application writes on and
 * what is counted as different is what it has written since the restore point, too.
 */
export const drill = workflow('Drill', {
  input: DrillRequest,
  output: reportDrill.definition.output,
  timeout: '30 days',
  comment: 'Practises a recovery on copies of the tables, and changes nothing',
})
  .run('prepared', ({ input }) =>
    prepareDrill({
      executionArn: context.Execution.Id,
      restorePoint: input.restorePoint,
      tables: input.tables,
    }),
  )
  .try('practised', {
    do: (body) =>
      body
        .forEach('restores', {
          of: ({ prepared }) => prepared.tables,
          as: 'table',
          atOnce: 40,
          do: (each) =>
            each
              .run('restore', ({ prepared, table }) =>
                restoreTable({
                  tableArn: table.arn,
                  restoredName: table.restoredName,
                  restorePoint: prepared.restorePoint,
                  sensitive: table.sensitive,
                }),
              )
              .returns(({ table }) => ({ name: table.name, at: context.State.EnteredTime })),
        })
        .forEach('plans', {
          of: ({ prepared }) => prepared.tables,
          as: 'candidate',
          atOnce: 40,
          do: (each) =>
            each
              .run('difference', ({ prepared, candidate }) =>
                planTable({
                  incidentId: prepared.drillId,
                  run: context.Execution.Id,
                  ...asPlanned(candidate),
                  rates: candidate.drillRates,
                  mode: 'plan',
                }),
              )
              .returns(({ candidate, difference }) => ({
                name: candidate.name,
                counts: difference,
                rates: candidate.rates,
                at: context.State.EnteredTime,
              })),
        })
        .returns(({ restores, plans }) => ({ restores, plans })),
    finally: (last) =>
      last.forEach('removals', {
        of: ({ prepared }) => prepared.tables,
        as: 'copy',
        atOnce: 10,
        do: (each) => each.run('removed', ({ copy }) => deleteCopy(copy.restoredName), untilGone),
      }),
  })
  .run('report', ({ prepared, practised }) =>
    reportDrill({
      drillId: prepared.drillId,
      restorePoint: prepared.restorePoint,
      startedAt: context.Execution.StartTime,
      restores: practised.restores,
      plans: practised.plans,
      warnings: prepared.warnings,
    }),
  )
  .returns(({ report }) => report);
