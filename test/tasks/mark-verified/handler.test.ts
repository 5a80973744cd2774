import { beforeEach, describe, expect, it } from 'vitest';
import { beginFreeze, beginThaw, markWriting, proveAnew } from '../../../src/tasks/ledger/incident-record.ts';
import { readDocument } from '../../../src/tasks/ledger/document-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { readLock, takeLock } from '../../../src/tasks/ledger/lock-record.ts';
import { markVerifiedHandler } from '../../../src/tasks/mark-verified/handler.ts';
import { openBadImport } from '../../support/bad-import.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { incidentProof } from '../../support/incident-run.ts';
import { NOW, taskEnvironment } from '../../support/task-environment.ts';

const { execution: run } = incidentProof;

const lockOf = (executionArn: string) => ({
  incidentId: 'bad-import',
  executionArn,
  acquiredAt: NOW,
  expiresAt: '2026-12-31T00:00:00Z',
});

const ledger = freshLedger();
beforeEach(async () => {
  await takeLock(ledgerOf(taskEnvironment(ledger), 'bad-import'), lockOf(run), undefined);
});

/** An incident whose gate was passed. */
async function writtenIncident() {
  const environment = taskEnvironment(ledger);
  const own = ledgerOf(environment, 'bad-import');
  await openBadImport(ledger);
  await beginFreeze(own);
  await markWriting(own, new Map(), run);
  return { environment, own };
}

describe('marking an incident verified', () => {
  it('records it for tables that were being written, with what the report is to tell of it, and keeps the first time', async () => {
    const { environment } = await writtenIncident();
    await expect(markVerifiedHandler(incidentProof, environment)).resolves.toEqual({ verifiedAt: NOW });
    expect(await readDocument(ledgerOf(environment, 'bad-import'), 'proof')).toEqual(incidentProof);
    environment.clock.advance(60_000);
    await expect(markVerifiedHandler(incidentProof, environment)).resolves.toEqual({ verifiedAt: NOW });
  });

  it('forgets the time of a proof when the tables are written again', async () => {
    const { environment, own } = await writtenIncident();
    await markVerifiedHandler(incidentProof, environment);
    environment.clock.advance(60_000);
    await proveAnew(own, run);
    await markWriting(own, new Map(), run);
    await expect(markVerifiedHandler(incidentProof, environment)).resolves.toEqual({
      verifiedAt: '2026-11-22T12:01:00.000Z',
    });
  });

  it('refuses an execution that another run of the incident has taken the lock from', async () => {
    const { environment, own } = await writtenIncident();
    await takeLock(own, lockOf(`${run}-again`), await readLock(own));
    await expect(markVerifiedHandler(incidentProof, environment)).rejects.toMatchObject({
      name: 'IncidentMismatch',
      message: expect.stringContaining('does not hold its lock'),
    });
  });

  it('refuses an incident whose freeze was lifted before the proof, which a sweep does not renew', async () => {
    const { environment, own } = await writtenIncident();
    await beginThaw(own, true);
    expect(await beginFreeze(own, true)).toBe(false);
    await expect(markVerifiedHandler(incidentProof, environment)).rejects.toMatchObject({
      name: 'IncidentMismatch',
      message: expect.stringContaining('its freeze was lifted before the proof'),
    });
    expect(await ledger.record('incident#bad-import', 'incident')).toMatchObject({
      state: { S: 'writing' },
    });
  });

  it('refuses an incident whose gate was never passed', async () => {
    const environment = taskEnvironment(ledger);
    await openBadImport(ledger);
    await expect(markVerifiedHandler(incidentProof, environment)).rejects.toMatchObject({
      name: 'IncidentMismatch',
      message: expect.stringContaining('got state open; pass the gate first'),
    });
  });
});
