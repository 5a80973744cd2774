import type * as z from 'zod';
import type { Ref } from '../dsl/expression/expression.ts';
import type { PlannedTable } from '../tasks/preflight/task.ts';

/** What every work on a table is told of it: both tables, how the work is divided, and how fast it may go. */
export const asPlanned = ({
  name,
  restoredName,
  segments,
  atOnce,
  stride,
  rates,
  timeToLive,
  sensitive,
}: Ref<z.output<typeof PlannedTable>>) => ({
  table: name,
  restoredTable: restoredName,
  segments,
  atOnce,
  stride,
  rates,
  timeToLive,
  sensitive,
});
