import { describe, expect, it } from 'vitest';
import { findProofHandler } from '../../../src/tasks/find-proof/handler.ts';
import { putDocument } from '../../../src/tasks/ledger/document-record.ts';
import {
  beginFreeze,
  beginThaw,
  markVerified,
  markWriting,
} from '../../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { openBadImport } from '../../support/bad-import.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { incidentProof } from '../../support/incident-run.ts';
import { taskEnvironment } from '../../support/task-environment.ts';

const ledger = freshLedger();

const own = () => ledgerOf(taskEnvironment(ledger), 'bad-import');
const find = () => findProofHandler({ incidentId: 'bad-import' }, taskEnvironment(ledger));

async function writing() {
  await openBadImport(ledger);
  await beginFreeze(own());
  await markWriting(own(), new Map(), 'run');
}

async function thawing(keptRestoredTables: boolean) {
  await writing();
  await putDocument(own(), 'proof', { ...incidentProof, keptRestoredTables });
  await markVerified(own(), 'run');
  await beginThaw(own(), false);
}

describe('looking for a proof', () => {
  it('finds none of an incident that nobody has opened', async () => {
    await expect(find()).resolves.toEqual({ isProven: false, copies: [] });
  });

  it('finds none while the application is frozen: it is proven anew', async () => {
    await writing();
    await expect(find()).resolves.toMatchObject({ isProven: false });
    await putDocument(own(), 'proof', incidentProof);
    await markVerified(own(), 'run');
    await expect(find()).resolves.toMatchObject({ isProven: false });
  });

  it('finds none where a thaw by force has begun in the middle of a reset', async () => {
    await writing();
    await beginThaw(own(), true);
    await expect(find()).resolves.toMatchObject({ isProven: false });
  });

  it('names the copies that are to be deleted', async () => {
    await thawing(false);
    await expect(find()).resolves.toEqual({ isProven: true, copies: ['rewind-orders'] });
  });

  it('names none that were to be kept', async () => {
    await thawing(true);
    await expect(find()).resolves.toEqual({ isProven: true, copies: [] });
  });

  it('says what to do where the ledger has no proof that this version knows', async () => {
    await thawing(false);
    await putDocument(own(), 'proof', { version: 'another' });
    await expect(find()).rejects.toMatchObject({
      name: 'IncidentMismatch',
      message: expect.stringMatching(
        /is not in the ledger.* thaw .*npx rewind thaw bad-import .*use a new incident id/,
      ),
    });
  });
});
