import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { readDocument } from '../ledger/document-record.ts';
import { isBackInUse, readIncident } from '../ledger/incident-record.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { Proof } from '../report/run.ts';
import { TaskError } from '../task-error.ts';
import { thawCommand } from '../thaw-command.ts';
import { findProof } from './task.ts';

export const findProofHandler = handlerOf(findProof, async (request, environment) => {
  const { incidentId, keepRestoredTables = false } = request;
  const ledger = ledgerOf(environment, incidentId);
  const incident = await readIncident(ledger);
  if (incident === undefined || !isBackInUse(incident)) return { isProven: false, copies: [] };
  const proof = Proof.safeParse(await readDocument(ledger, 'proof'));
  if (!proof.success)
    throw new TaskError(
      'IncidentMismatch',
      `incident ${incidentId} was proven, but what is told of that is not in the ledger, or is of another version; thaw what ` +
        `is left with: ${thawCommand(ledger)}; delete its copies, and use a new incident id from then on`,
    );
  const { keptRestoredTables, tables } = proof.data;
  if (keepRestoredTables && !keptRestoredTables)
    throw new TaskError(
      'IncidentMismatch',
      `keepRestoredTables: the run that proved the tables of ${incidentId} was to delete the copies; repeat its input, or, for ` +
        `as long as you need them, only thaw what is left, with: ${thawCommand(ledger)}`,
    );
  return {
    isProven: true,
    copies: keptRestoredTables ? [] : tables.map(({ restoredName }) => restoredName),
  };
});

export const handler = lambdaEntry(findProofHandler);
