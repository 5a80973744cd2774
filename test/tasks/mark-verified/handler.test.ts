import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { beginFreeze, markWriting, openIncident } from '../../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { markVerifiedHandler } from '../../../src/tasks/mark-verified/handler.ts';
import { ledgerTable, type LedgerTable } from '../../support/ledger-table.ts';
import { NOW, taskEnvironment } from '../../support/task-environment.ts';

const incident = { incidentId: 'bad-import' };

let ledger: LedgerTable;
beforeAll(async () => {
  ledger = await ledgerTable();
});
beforeEach(() => ledger.reset());
afterAll(() => ledger.close());

describe('marking an incident verified', () => {
  it('records it for tables that were being written, and keeps the first time', async () => {
    const environment = taskEnvironment(ledger);
    const own = ledgerOf(environment, 'bad-import');
    await openIncident(own, '2026-11-22T03:14:07Z');
    await beginFreeze(own);
    await markWriting(own);
    await expect(markVerifiedHandler(incident, environment)).resolves.toEqual({ verifiedAt: NOW });
    environment.clock.advance(60_000);
    await expect(markVerifiedHandler(incident, environment)).resolves.toEqual({ verifiedAt: NOW });
  });

  it('forgets the time of a proof when the tables are written again', async () => {
    const environment = taskEnvironment(ledger);
    const own = ledgerOf(environment, 'bad-import');
    await openIncident(own, '2026-11-22T03:14:07Z');
    await beginFreeze(own);
    await markWriting(own);
    await markVerifiedHandler(incident, environment);
    environment.clock.advance(60_000);
    await markWriting(own);
    await expect(markVerifiedHandler(incident, environment)).resolves.toEqual({
      verifiedAt: '2026-11-22T12:01:00.000Z',
    });
  });

  it('refuses an incident whose gate was never passed', async () => {
    const environment = taskEnvironment(ledger);
    await openIncident(ledgerOf(environment, 'bad-import'), '2026-11-22T03:14:07Z');
    await expect(markVerifiedHandler(incident, environment)).rejects.toMatchObject({
      name: 'IncidentMismatch',
      message: expect.stringContaining('got state open; pass the gate first'),
    });
  });
});
