import { handlerOf } from '../handler.ts';
import { ItemCalls } from '../item/item-calls.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { SegmentLedger } from '../ledger/segment-progress.ts';
import { TaskError } from '../task-error.ts';
import { differences } from './differences.ts';
import { compareTables } from './task.ts';
import { verifiedTable } from './verified-table.ts';

export const compareTablesHandler = handlerOf(compareTables, async (request, environment) => {
  const { run, table, restoredTable } = request;
  const ledger = new SegmentLedger(
    new ItemCalls(environment, `${run}#${table}`),
    environment.system.ledgerTable,
  );
  const live = await verifiedTable(ledger, { ...request, table });
  const restored = await verifiedTable(ledger, { ...request, table: restoredTable });
  const found = differences(live, restored);
  if (found.length > 0)
    throw new TaskError(
      'TablesDiffer',
      `${table} is not equal to ${restoredTable}: ${found.join('; ')}; ` +
        'find what wrote to it since the reset, then run the recovery again',
    );
  return {
    items: restored.items + restored.expiring.same,
    expired: restored.expiring.gone,
    readUnits: live.readUnits + restored.readUnits,
  };
});

export const handler = lambdaEntry(compareTablesHandler);
