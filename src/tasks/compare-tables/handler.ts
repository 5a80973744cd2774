import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { handlerOf } from '../handler.ts';
import { ItemCalls } from '../item/item-calls.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { SegmentLedger } from '../ledger/segment-progress.ts';
import { TaskError } from '../task-error.ts';
import { differences } from './differences.ts';
import { expectedTable } from './expected-table.ts';
import { compareTables } from './task.ts';
import { verifiedTable } from './verified-table.ts';

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
  const found = differences(live, wanted);
  if (found.length > 0) throw differ(request, found);
  return {
    items: wanted.items + wanted.expiring.same,
    expired: wanted.expiring.gone,
    readUnits: live.readUnits + wanted.readUnits,
    digest: createHash('sha256').update(live.digests.bytes).digest('hex'),
  };
});

export const handler = lambdaEntry(compareTablesHandler);

function differ({ table, restoredTable, plan }: Request, found: readonly string[]): TaskError {
  const selective = plan?.selective === true;
  const what = selective
    ? 'is not what the plan of its selective reset expects'
    : `is not equal to ${restoredTable}`;
  const cause = selective ? 'plan, and see that its time to live is off' : 'reset';
  return new TaskError(
    'TablesDiffer',
    `${table} ${what}: ${found.join('; ')}; find what wrote to it since the ${cause}, then run the recovery again`,
  );
}
