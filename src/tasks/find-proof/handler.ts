import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { readDocument } from '../ledger/document-record.ts';
import { isBackInUse, readIncident } from '../ledger/incident-record.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { Proof } from '../report/run.ts';
import { findProof } from './task.ts';

export const findProofHandler = handlerOf(findProof, async ({ incidentId }, environment) => {
  const ledger = ledgerOf(environment, incidentId);
  const incident = await readIncident(ledger);
  if (incident === undefined || !isBackInUse(incident)) return { isProven: false, copies: [] };
  const { keptRestoredTables, tables } = Proof.parse(await readDocument(ledger, 'proof'));
  return {
    isProven: true,
    copies: keptRestoredTables ? [] : tables.map(({ restoredName }) => restoredName),
  };
});

export const handler = lambdaEntry(findProofHandler);
