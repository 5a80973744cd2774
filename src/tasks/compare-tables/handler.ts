import type * as z from 'zod';
import { handlerOf } from '../handler.ts';
import { ItemCalls } from '../item/item-calls.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { SegmentLedger } from '../ledger/segment-progress.ts';
import { TaskError } from '../task-error.ts';
import { expectedTable } from './expected-table.ts';
import { compareTables } from './task.ts';
import { type VerifiedTable, verifiedTable } from './verified-table.ts';

type Request = z.output<typeof compareTables.definition.input>;

export const compareTablesHandler = handlerOf(compareTables, async (request, environment) => {
  const { run, table, restoredTable, plan } = request;
  const ledger = new SegmentLedger(
    new ItemCalls(environment, `${run}#${table}`),
    environment.system.ledgerTable,
  );
  const live = await verifiedTable(ledger, { ...request, table });
  const wanted =
    plan?.selective === true
      ? await expectedTable(ledger, { ...request, run: plan.run })
      : await verifiedTable(ledger, { ...request, table: restoredTable });
  if (!equal(live, wanted)) throw differ(request, live, wanted);
  return { items: live.items };
});

export const handler = lambdaEntry(compareTablesHandler);

function equal(a: VerifiedTable, b: VerifiedTable): boolean {
  return a.items === b.items && a.digest === b.digest;
}

function differ(
  { table, restoredTable, plan }: Request,
  live: VerifiedTable,
  wanted: VerifiedTable,
): TaskError {
  const selective = plan?.selective === true;
  const what = selective
    ? 'is not what the plan of its selective reset expects'
    : `is not equal to ${restoredTable}`;
  const how =
    live.items === wanted.items
      ? `both have ${live.items} items, but not the same ones`
      : `${live.items} items against ${wanted.items}`;
  return new TaskError(
    'TablesDiffer',
    `${table} ${what}: ${how}; find what wrote to it since the ${selective ? 'plan' : 'reset'}, then run the recovery again`,
  );
}
