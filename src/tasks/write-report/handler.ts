import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { closeIncident, readIncident } from '../ledger/incident-record.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { putReport, readReport } from '../ledger/report-record.ts';
import { TaskError } from '../task-error.ts';
import { writeReport } from './task.ts';

export const writeReportHandler = handlerOf(writeReport, async (given, environment) => {
  const startedAt = Date.parse(given.startedAt);
  if (Number.isNaN(startedAt))
    throw new TaskError('InvalidInput', 'WriteReport refuses its input: input.startedAt: is not a time');
  const ledger = ledgerOf(environment, given.incidentId);
  const incident = await readIncident(ledger);
  if (incident?.state === 'closed') return writeReport.definition.output.parse(await readReport(ledger));
  if (incident?.state !== 'verified')
    throw new TaskError(
      'IncidentMismatch',
      `incident ${given.incidentId} is ${incident?.state ?? 'unknown'}; ` +
        'only one whose tables were proven equal can be reported as recovered',
    );
  const report = { ...given, startedAt: new Date(startedAt).toISOString(), finishedAt: ledger.now() };
  // The report before the state: a closed incident always has one.
  await putReport(ledger, report);
  await closeIncident(ledger);
  return report;
});

export const handler = lambdaEntry(writeReportHandler);
