import * as z from 'zod';
import { Counts, TableName } from '../incident.ts';
import { Estimate } from './estimate.ts';

/** What a reset of one table was planned to do, and what that was estimated to take. */
export const PlanReport = z.object({ name: TableName, counts: Counts, estimate: Estimate });
export type PlanReport = z.infer<typeof PlanReport>;
