import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  beginFreeze,
  markVerified,
  markWriting,
  openIncident,
} from '../../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { writeReportHandler } from '../../../src/tasks/write-report/handler.ts';
import { ledgerTable, type LedgerTable } from '../../support/ledger-table.ts';
import { NOW, taskEnvironment } from '../../support/task-environment.ts';

const counts = {
  restored: 10,
  live: 9,
  puts: 3,
  deletes: 2,
  unchanged: 7,
  selected: 12,
  leftAlone: 0,
  readUnits: 8,
  writeUnits: 5,
  indexWriteUnits: 0,
};
const estimate = {
  changeShare: 0.5,
  deleteShare: 0.2,
  readUnits: 24,
  writeUnits: 5,
  indexWriteUnits: 0,
  streamRecords: 5,
  dollars: 0.01,
  readSeconds: 1.5,
  writeSeconds: 0.5,
};

const done = {
  incidentId: 'bad-import',
  restorePoint: '2026-11-22T03:14:07Z',
  startedAt: '2026-11-22T10:00:00+01:00',
  frozenAt: '2026-11-22T09:01:00.000Z',
  functions: 7,
  eventSourceMappings: 2,
  writeFences: 1,
  warnings: ['whether anything still wrote orders is not known'],
  planned: [{ name: 'orders', counts, estimate }],
  tables: [
    {
      name: 'orders',
      restoredName: 'rewind-orders',
      counts,
      verifiedItems: 10,
    },
  ],
};

let ledger: LedgerTable;
beforeAll(async () => {
  ledger = await ledgerTable();
});
beforeEach(() => ledger.reset());
afterAll(() => ledger.close());

async function verifiedIncident() {
  const environment = taskEnvironment(ledger);
  const own = ledgerOf(environment, 'bad-import');
  await openIncident(own, done.restorePoint);
  await beginFreeze(own);
  await markWriting(own);
  await markVerified(own);
  return environment;
}

describe('the report', () => {
  it('is stored, closes the incident, and comes back with its times in UTC', async () => {
    const environment = await verifiedIncident();
    const report = { ...done, startedAt: '2026-11-22T09:00:00.000Z', finishedAt: NOW };
    await expect(writeReportHandler(done, environment)).resolves.toEqual(report);
    const stored = await ledger.record('incident#bad-import', 'report');
    expect(JSON.parse(stored?.report?.S ?? '')).toEqual(report);
    expect(await ledger.record('incident#bad-import', 'incident')).toMatchObject({ state: { S: 'closed' } });
  });

  it('is the same when asked for again, whatever the time', async () => {
    const environment = await verifiedIncident();
    const first = await writeReportHandler(done, environment);
    environment.clock.advance(3_600_000);
    const puts = ledger.mock.commandCalls(PutItemCommand).length;
    await expect(writeReportHandler(done, environment)).resolves.toEqual(first);
    expect(ledger.mock.commandCalls(PutItemCommand)).toHaveLength(puts);
  });

  it('refuses an incident whose tables are not proven equal', async () => {
    const environment = taskEnvironment(ledger);
    const own = ledgerOf(environment, 'bad-import');
    await openIncident(own, done.restorePoint);
    await beginFreeze(own);
    await markWriting(own);
    await expect(writeReportHandler(done, environment)).rejects.toMatchObject({
      name: 'IncidentMismatch',
      message: expect.stringContaining('bad-import is writing'),
    });
    expect(await ledger.record('incident#bad-import', 'report')).toBeUndefined();
  });

  it('refuses a start that is no time', async () => {
    const environment = await verifiedIncident();
    const attempt = writeReportHandler({ ...done, startedAt: 'this morning' }, environment);
    await expect(attempt).rejects.toMatchObject({ name: 'InvalidInput' });
  });
});
