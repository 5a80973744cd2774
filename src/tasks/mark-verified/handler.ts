import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { markVerified as recordVerified, readIncident } from '../ledger/incident-record.ts';
import { putDocument } from '../ledger/document-record.ts';
import { ledgerOf, type Ledger } from '../ledger/ledger.ts';
import { holdsLock } from '../ledger/lock-record.ts';
import { TaskError } from '../task-error.ts';
import { markVerified } from './task.ts';

export const markVerifiedHandler = handlerOf(markVerified, async (proof, environment) => {
  const { incidentId, execution } = proof;
  const ledger = ledgerOf(environment, incidentId);
  await requireLock(ledger, execution);
  // Before the state: a verified incident always has its proof.
  await putDocument(ledger, 'proof', proof);
  const recorded = await recordVerified(ledger, execution);
  const incident = await readIncident(ledger);
  if (!recorded || incident?.verifiedAt === undefined) {
    await requireLock(ledger, execution);
    throw new TaskError(
      'IncidentMismatch',
      incident?.freeze === 'lifting'
        ? `incident ${incidentId}: its freeze was lifted before the proof, so the application may have written; run it again`
        : `incident ${incidentId}: only tables that are being written can be recorded as verified, ` +
            `got state ${incident?.state ?? 'unknown'}; pass the gate first`,
    );
  }
  return { verifiedAt: incident.verifiedAt };
});

/** @throws TaskError when another run of the incident may have begun. */
async function requireLock(ledger: Ledger, execution: string): Promise<void> {
  if (await holdsLock(ledger, execution)) return;
  throw new TaskError(
    'IncidentMismatch',
    `incident ${ledger.incidentId}: this execution does not hold its lock; start the incident again rather than redrive this execution`,
  );
}

export const handler = lambdaEntry(markVerifiedHandler);
