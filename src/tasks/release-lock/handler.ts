import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { readIncident } from '../ledger/incident-record.ts';
import { forgetSelections } from '../ledger/selection-record.ts';
import { dropLock } from '../ledger/lock-record.ts';
import { releaseLock } from './task.ts';

export const releaseLockHandler = handlerOf(
  releaseLock,
  async ({ incidentId, executionArn }, environment) => {
    const ledger = ledgerOf(environment, incidentId);
    const incident = await readIncident(ledger);
    // What runs that were stopped have left: nobody runs it again.
    await forgetSelections(ledger, incident?.state === 'closed' ? undefined : executionArn);
    return { released: await dropLock(ledger, executionArn) };
  },
);

export const handler = lambdaEntry(releaseLockHandler);
