import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { Instant, TableName } from '../incident.ts';

/** Asks whether the damaged state itself can be restored yet: every table's latest restorable time is past `since`. */
export const checkUndoable = task('CheckUndoable', {
  input: z.object({ tables: z.array(TableName).min(1), since: z.string() }),
  output: z.object({
    ready: z.boolean(),
    /** The earliest of the tables' latest restorable times. */
    latestRestorable: Instant,
    checkedAt: Instant,
  }),
  errors: ['NotUndoable'],
  timeout: '1 minute',
});
