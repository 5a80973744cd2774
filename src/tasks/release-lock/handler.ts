import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { forgetSelections } from '../ledger/selection-record.ts';
import { dropLock } from '../ledger/lock-record.ts';
import { releaseLock } from './task.ts';

export const releaseLockHandler = handlerOf(
  releaseLock,
  async ({ incidentId, executionArn }, environment) => {
    const ledger = ledgerOf(environment, incidentId);
    await forgetSelections(ledger, executionArn);
    return { released: await dropLock(ledger, executionArn) };
  },
);

export const handler = lambdaEntry(releaseLockHandler);
