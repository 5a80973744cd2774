import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { IncidentId, Instant } from '../incident.ts';
import { Report } from '../report/report.ts';

/**
 * Closes a thawed incident in the ledger with the whole report of what was done, puts it into the system's bucket, if there
 * is one, and gives back what an execution's output has room for: all but the settings of the functions and of what was
 * paused. What the run has told that proved the tables is in the ledger.
 */
export const writeReport = task('WriteReport', {
  input: z.object({
    incidentId: IncidentId,
    /** ARN of the execution that has thawed the application. */
    execution: z.string(),
    /** Tables that refused the writes of everyone else until the thaw. */
    writeFences: z.int().min(0),
    /** What the thaw has left otherwise than it was found. */
    warnings: z.array(z.string()).max(200),
  }),
  output: z.object({
    incidentId: IncidentId,
    restorePoint: Instant,
    startedAt: Instant,
    frozenAt: Instant,
    finishedAt: Instant,
    /** How many are as they were. */
    functions: z.int().min(0),
    /** Aliases and versions, of those whose provisioned concurrency was taken away. */
    provisionedConcurrency: z.int().min(0),
    eventSourceMappings: z.int().min(0),
    pipes: z.int().min(0),
    rules: z.int().min(0),
    schedules: z.int().min(0),
    /** Tables that refused the writes of everyone else meanwhile. */
    writeFences: z.int().min(0),
    tables: Report.shape.tables,
    warnings: Report.shape.warnings,
    followUps: Report.shape.followUps,
  }),
  errors: ['IncidentMismatch'],
  timeout: '2 minutes',
});
