import { handlerOf } from '../handler.ts';
import { ItemCalls } from '../item/item-calls.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { SegmentLedger } from '../ledger/segment-progress.ts';
import { TaskError } from '../task-error.ts';
import { compareTables } from './task.ts';
import { type VerifiedTable, verifiedTable } from './verified-table.ts';

export const compareTablesHandler = handlerOf(compareTables, async (request, environment) => {
  const { run, table, restoredTable } = request;
  const ledger = new SegmentLedger(
    new ItemCalls(environment, `${run}#${table}`),
    environment.system.ledgerTable,
  );
  const live = await verifiedTable(ledger, { ...request, table });
  const restored = await verifiedTable(ledger, { ...request, table: restoredTable });
  if (!equal(live, restored)) throw differ(request, live, restored);
  return { items: live.items };
});

export const handler = lambdaEntry(compareTablesHandler);

function equal(a: VerifiedTable, b: VerifiedTable): boolean {
  return a.items === b.items && a.digest === b.digest;
}

function differ(
  { table, restoredTable }: { readonly table: string; readonly restoredTable: string },
  live: VerifiedTable,
  restored: VerifiedTable,
): TaskError {
  const how =
    live.items === restored.items
      ? `both have ${live.items} items, but not the same ones`
      : `${live.items} items against ${restored.items}`;
  return new TaskError(
    'TablesDiffer',
    `${table} is not equal to ${restoredTable}: ${how}; find what wrote to it since the reset, then run the recovery again`,
  );
}
