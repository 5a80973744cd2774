import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { SelectionMark } from '../selection/selection-mark.ts';
import { PlannedRates } from '../pacing/rates.ts';
import { PlanReport } from '../estimate/plan-report.ts';
import {
  ApprovalHours,
  Counts,
  IncidentId,
  Instant,
  Limits,
  RunId,
  TableName,
  Warnings,
} from '../incident.ts';

/**
 * The last check before the first write: this run holds the lock; each restored table is a finished restore of its live
 * table at this restore point, with the same key schema; the planned change is within its limits, and the live table
 * takes every item that it puts. It then records in the ledger that the incident's live tables are being written, or
 * that a person is being asked.
 */
export const passGate = task('PassGate', {
  input: z.object({
    incidentId: IncidentId,
    /** The run that planned the resets. */
    run: RunId,
    restorePoint: Instant,
    limits: Limits,
    /** Whether an earlier run had begun to write (`AcquireLock`); default false. */
    resuming: z.boolean().optional(),
    tables: z
      .array(
        z.object({
          name: TableName,
          restoredName: TableName,
          selection: SelectionMark,
          rates: PlannedRates.optional(),
          planned: Counts,
        }),
      )
      .min(1),
    /** The plan's. */
    warnings: Warnings,
    /**
     * Before a person is asked: nothing but the checks is wanted, and the ledger keeps until when the answer is
     * waited for. Default: the gate is passed.
     */
    answerWithinHours: ApprovalHours.optional(),
  }),
  output: z.object({
    passedAt: Instant,
    /** What was planned for each table, as the report keeps it. */
    tables: z.array(PlanReport).max(100),
    warnings: Warnings,
  }),
  errors: ['GateRefused'],
  timeout: '5 minutes',
});
