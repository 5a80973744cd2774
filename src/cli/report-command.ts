import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { readIncident } from '../tasks/ledger/incident-record.ts';
import type { Ledger } from '../tasks/ledger/ledger.ts';
import { readDocument } from '../tasks/ledger/document-record.ts';
import { Report } from '../tasks/report/report.ts';
import { incidentLedger } from './incident-ledger.ts';
import { type IncidentOptions, ofIncident } from './incident-options.ts';
import { incidentReportText } from './incident-report-text.ts';
import { reportPage } from '../tasks/report/report-page.ts';

interface ReportOptions extends IncidentOptions {
  readonly json?: string;
  readonly html?: string;
}

/** `rewind report`: what became of an incident, from its ledger. */
export const reportCommand = (): Command =>
  ofIncident(new Command('report'), 'the incident to tell of')
    .summary('tells what a recovery did, how long it took and what is left to do')
    .description(
      'Tells what a finished recovery did: outcome, what is left to do by hand, warnings, phases planned and real, ' +
        'tables, functions before and after; from the ledger alone, with your own AWS credentials. It changes ' +
        'nothing, and the report has neither keys nor items. disasterRecovery/report.schema.json is its JSON Schema.',
    )
    .option('--json <file>', 'also write the whole report as JSON')
    .option('--html <file>', 'also write it as a page for people: one file, to be read, printed or sent')
    .action(async (incidentId: string, options: ReportOptions) => {
      const report = await reportOf(incidentLedger(incidentId, options));
      console.log(incidentReportText(report));
      if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
      if (options.html !== undefined) await writeFile(options.html, reportPage(report));
    });

async function reportOf(ledger: Ledger): Promise<Report> {
  const kept = await readDocument(ledger, 'report');
  if (kept === undefined) {
    const incident = await readIncident(ledger);
    throw new Error(
      incident === undefined
        ? `${ledger.table} knows no incident ${ledger.incidentId}; check the id and the ledger's name`
        : `incident ${ledger.incidentId} is ${incident.state}, and is reported when it is closed; until then look ` +
            `at: rewind status ${ledger.incidentId} --ledger ${ledger.table}`,
    );
  }
  const report = Report.safeParse(kept);
  if (report.success) return report.data;
  throw new Error(
    `${ledger.incidentId}: what the ledger keeps is no report of a recovery, but of a drill or of another version; ` +
      'read it in the record itself, or in the output of the execution',
  );
}
