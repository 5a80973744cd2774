import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { Lines } from '../bounded-lines.ts';
import { IncidentId, SomeNames, TableName } from '../incident.ts';

/**
 * Finds which functions a freeze would stop, whether it can pause what the system names for it, and who may write or hear of every write all the same. It touches
 * nothing and refuses nothing: the preflight tells its faults with all others.
 */
export const survey = task('Survey', {
  input: z.object({
    incidentId: IncidentId,
    /** The tables that are to be taken back; those outside the system are not looked at. */
    tables: z.array(TableName).min(1).max(100),
  }),
  output: z.object({
    /** Why what the system names cannot be frozen as it should, each with its remedy. */
    faults: Lines,
    /** Who else may write, and what else to know: no faults, for people to judge. */
    warnings: Lines,
    /** Functions in scope, and how many of them had reserved concurrency 0 already. */
    functions: z.int().min(0),
    alreadyAtZero: z.int().min(0),
    eventSourceMappings: z.int().min(0),
    /**
     * What starts functions in scope by schedule and is not paused: schedules of EventBridge Scheduler as `group/name`,
     * rules of EventBridge as `rule bus/name`.
     */
    missedSchedules: SomeNames,
  }),
  errors: [],
  timeout: '5 minutes',
});
