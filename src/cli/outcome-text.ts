import { writeReport } from '../tasks/write-report/task.ts';
import type { Followed } from './follow-execution.ts';
import { paint } from './progress-line.ts';

const Outcome = writeReport.definition.output.pick({ tables: true, warnings: true, followUps: true });

/** How a recovery has ended, and what to do now. */
export function outcomeText({ execution, state }: Followed, incidentId: string): string {
  const { status, output, error, cause, executionArn = '' } = execution;
  if (status !== 'SUCCEEDED')
    return [
      paint('bold', `${status}${error === undefined ? '' : `: ${error}`}`),
      ...(cause === undefined ? [] : [cause]),
      '',
      ...(afterProof(state) ?? advice(status, cause ?? '')),
      `The execution: ${executionArn}`,
    ].join('\n');
  const recovered = paint(
    'bold',
    `RECOVERED: ${incidentId}, every table is proven, and the application runs again`,
  );
  const report = `The whole report: npx rewind report ${incidentId} --ledger <ledger table> --html report.html`;
  if (output === undefined) return [recovered, report].join('\n');
  const { tables, warnings, followUps } = Outcome.parse(JSON.parse(output));
  return [
    recovered,
    ...tables.map(
      ({ name, counts, verifiedItems }) =>
        `  ${name}: ${counts.puts} put, ${counts.deletes} deleted, ${counts.unchanged} unchanged; ${verifiedItems} items proven`,
    ),
    ...warnings.map((warning) => `Warning: ${warning}`),
    'Left to do:',
    ...followUps.map(({ text }) => `  - ${text}`),
    report,
  ].join('\n');
}

/** What to do when it has failed although the tables are proven: undefined when they are not. */
function afterProof(state: string | undefined): string[] | undefined {
  const isThawing = THAWING.includes(state ?? '');
  if (!isThawing && !AFTER_THE_THAW.includes(state ?? '')) return undefined;
  return [
    isThawing
      ? 'Every table is proven right. Take it that a part of the application is still frozen: the cause says which.'
      : 'Every table is proven right, and the application runs again. What is left is to delete the copies and to report.',
    'Correct what the cause says, and start it again with the same incident id: no table is written any more; it thaws ' +
      'what is still frozen, deletes the copies and reports.',
  ];
}

/** States of `Rewind`. */
const THAWING: readonly string[] = ['Thawed', 'Finished.Rest.ThawedToTheEnd'];
const AFTER_THE_THAW: readonly string[] = [
  'CleanedUp.Remove.Removals',
  'Report',
  'Finished.Rest.Leftovers',
  'Finished.Rest.Reported',
];

/** In a cause stands what the recovery has undone by itself. */
function advice(status: string | undefined, cause: string): string[] {
  const again = 'start it again with the same incident id; it goes on where this one stopped';
  if (cause.includes('NOT UNDONE'))
    return [
      `The application is still frozen: run npx rewind thaw, or correct what the cause says and ${again}.`,
    ];
  if (cause.includes('[undone:') || cause.includes('nothing was touched'))
    return [
      'Nothing was written, and the application runs on. Correct what the cause says, and start it again.',
    ];
  return [
    `Take it that the application is still frozen${status === 'FAILED' ? ' and tables are half reset' : ''}, until ` +
      'npx rewind status tells otherwise.',
    `Correct what the cause says, and ${again}. The runbook has the rest: disasterRecovery/README.md.`,
  ];
}
