import type * as z from 'zod';
import { s3Client } from '../aws-clients.ts';
import { type Environment, handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { savedFunctions } from '../ledger/function-record.ts';
import { putDocument, readDocument } from '../ledger/document-record.ts';
import { closeIncident, readIncident } from '../ledger/incident-record.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { savedProvisioned } from '../ledger/provisioned-record.ts';
import { savedSwitches, type SwitchKind } from '../ledger/switch-record.ts';
import { makeReport } from '../report/make-report.ts';
import { Report } from '../report/report.ts';
import { putInBucket } from '../report/report-bucket.ts';
import { Proof, type Run } from '../report/run.ts';
import { reportPage } from '../report/report-page.ts';
import { TaskError } from '../task-error.ts';
import { writeReport } from './task.ts';

type Thawed = z.output<typeof writeReport.definition.input>;

export const writeReportHandler = handlerOf(writeReport, async (thawed, environment: Environment<'s3'>) => {
  const { incidentId } = thawed;
  const ledger = ledgerOf(environment, incidentId);
  const incident = await readIncident(ledger);
  if (incident?.state === 'closed') return summaryOf(Report.parse(await readDocument(ledger, 'report')));
  const { verifiedAt } = incident ?? {};
  if (incident?.state !== 'verified' || verifiedAt === undefined)
    throw new TaskError(
      'IncidentMismatch',
      `incident ${incidentId} is ${incident?.state ?? 'unknown'}; ` +
        'only one whose tables were proven equal can be reported as recovered',
    );
  const run = { ...inWhole(Proof.parse(await readDocument(ledger, 'proof')), thawed), verifiedAt };
  const switches = async (kind: SwitchKind) => [...(await savedSwitches(ledger, kind)).values()];
  const settings = {
    functions: [...(await savedFunctions(ledger)).values()],
    provisioned: await savedProvisioned(ledger),
    mappings: await switches('mapping'),
    pipes: await switches('pipe'),
    rules: await switches('rule'),
    schedules: await switches('schedule'),
  };
  const made = makeReport(run, settings, { openedAt: incident.openedAt, finishedAt: ledger.now() });
  const files = { id: incidentId, report: made, page: reportPage(made) };
  const warnings = [...made.warnings, ...(await putInBucket(files, environment))];
  const report = { ...made, warnings };
  // The report before the state: a closed incident always has one.
  await putDocument(ledger, 'report', report);
  await closeIncident(ledger);
  return summaryOf(report);
});

/** What was told when the tables were proven, and when they were thawed, by the same execution or by a later one. */
function inWhole(proof: Proof, { execution, writeFences, warnings }: Thawed): Omit<Run, 'verifiedAt'> {
  const finisher =
    execution === proof.execution
      ? []
      : [`The execution that proved the tables did not finish; this one did: ${execution}`];
  return { ...proof, writeFences, warnings: [...proof.warnings, ...warnings, ...finisher] };
}

function summaryOf({
  functions,
  provisionedConcurrency,
  eventSourceMappings,
  pipes,
  rules,
  schedules,
  ...report
}: Report) {
  const asTheyWere = (settings: readonly { before: unknown; after: unknown }[]) =>
    settings.filter(({ before, after }) => before === after).length;
  return {
    ...report,
    functions: asTheyWere(functions),
    provisionedConcurrency: asTheyWere(provisionedConcurrency),
    eventSourceMappings: asTheyWere(eventSourceMappings),
    pipes: asTheyWere(pipes),
    rules: asTheyWere(rules),
    schedules: asTheyWere(schedules),
  };
}

export const handler = lambdaEntry(writeReportHandler, () => ({ s3: s3Client() }));
