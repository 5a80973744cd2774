import { DescribeTableCommand, type TableDescription } from '@aws-sdk/client-dynamodb';
import type { Environment } from '../handler.ts';
import type { ItemCalls } from '../item/item-calls.ts';
import { notOpen, readIncident } from '../ledger/incident-record.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { holdsLock } from '../ledger/lock-record.ts';
import { RESTORED_PREFIX } from '../preflight/restored-name.ts';
import { TaskError } from '../task-error.ts';
import { selectionFaults } from '../selection/selection-faults.ts';
import type { ResetRequest } from './reset-request.ts';
import { type TableKeys, tableKeys } from './table-keys.ts';

/**
 * Makes sure that this reset is meant: the live table is one of the system's, the other a finished restore of
 * it with the same keys, and, before anything is written, the incident has passed its gate.
 * @returns the live table's keys and indexes.
 * @throws TaskError `ResetRefused`
 */
export async function checkedTarget(
  request: ResetRequest,
  environment: Environment,
  calls: ItemCalls,
): Promise<TableKeys> {
  const { table, restoredTable } = request;
  if (!environment.system.tables.some(({ name }) => name === table))
    throw refused(request, 'the system does not protect this table; name it in the deployment first');
  if (!restoredTable.startsWith(RESTORED_PREFIX))
    throw refused(request, `${restoredTable} is not named like a restored table (${RESTORED_PREFIX}…)`);
  if (request.mode === 'apply') await requireWriting(request, environment, calls);
  const [live, restored] = [await describe(calls, table), await describe(calls, restoredTable)];
  const source = restored.RestoreSummary?.SourceTableArn;
  if (source === undefined || source !== live.TableArn)
    throw refused(request, `${restoredTable} is not a restore of this table; restore it again`);
  if (restored.RestoreSummary?.RestoreInProgress === true || restored.TableStatus !== 'ACTIVE')
    throw refused(request, `the restore to ${restoredTable} is not finished; wait until it is ACTIVE`);
  if (keysOf(live) !== keysOf(restored))
    throw refused(
      request,
      `${restoredTable} has other keys than this table; its items cannot be copied back`,
    );
  const faults = request.only ? selectionFaults('only', request.only, live) : [];
  if (faults.length > 0) throw refused(request, faults.join('; '));
  return tableKeys(live);
}

/**
 * The incident passes its gate before any table may be written: a stray invocation cannot wipe one. Asked again
 * while an invocation lasts, it also stops one that has outlived its execution or the freeze.
 * @throws TaskError `ResetRefused`
 */
export async function requireWriting(
  request: ResetRequest,
  environment: Environment,
  calls: ItemCalls,
): Promise<void> {
  const ledger = ledgerOf(environment, request.incidentId);
  const incident = await calls.send('GetItem', ledger.table, () => readIncident(ledger));
  const mine = await calls.send('GetItem', ledger.table, () => holdsLock(ledger, request.run));
  if (incident === undefined || incident.state === 'closed')
    throw refused(request, `incident ${request.incidentId} ${notOpen(incident)}`);
  if (incident.state !== 'writing')
    throw refused(
      request,
      `incident ${request.incidentId} is '${incident.state}', not 'writing'; run the recovery, whose gate allows writing`,
    );
  if (incident.freeze !== 'standing')
    throw refused(request, `the freeze of ${request.incidentId} is being lifted; run the incident again`);
  if (!mine)
    throw refused(
      request,
      `this execution does not hold the lock of ${request.incidentId}; start the incident again rather than redrive this execution`,
    );
}

async function describe(calls: ItemCalls, table: string): Promise<TableDescription> {
  const command = new DescribeTableCommand({ TableName: table });
  const answer = await calls.send('DescribeTable', table, () => calls.dynamodb.send(command));
  return answer.Table ?? {};
}

/** Names and types of the key attributes, as one text. */
function keysOf(table: TableDescription): string {
  return JSON.stringify(
    tableKeys(table).names.map((name) => [
      name,
      table.AttributeDefinitions?.find(({ AttributeName }) => AttributeName === name)?.AttributeType,
    ]),
  );
}

function refused({ table, mode }: ResetRequest, why: string): TaskError {
  return new TaskError('ResetRefused', `reset of ${table} (${mode}) refused: ${why}`);
}
