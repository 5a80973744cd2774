import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { dropLock } from '../ledger/lock-record.ts';
import { releaseLock } from './task.ts';

export const releaseLockHandler = handlerOf(
  releaseLock,
  async ({ incidentId, executionArn }, environment) => ({
    released: await dropLock(ledgerOf(environment, incidentId), executionArn),
  }),
);

export const handler = lambdaEntry(releaseLockHandler);
