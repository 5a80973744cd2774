import type { DescribeExecutionCommandOutput } from '@aws-sdk/client-sfn';
import { writeReport } from '../tasks/write-report/task.ts';
import { paint } from './progress-line.ts';

const Outcome = writeReport.definition.output.pick({ tables: true, warnings: true, followUps: true });

/** How a recovery has ended, and what to do now. */
export function outcomeText(
  { status, output, error, cause, executionArn }: DescribeExecutionCommandOutput,
  incidentId: string,
): string {
  if (status !== 'SUCCEEDED')
    return [
      paint('bold', `${status}${error === undefined ? '' : `: ${error}`}`),
      ...(cause === undefined ? [] : [cause]),
      '',
      ...advice(status, cause ?? ''),
      `The execution: ${executionArn}`,
    ].join('\n');
  const { tables, warnings, followUps } = Outcome.parse(JSON.parse(output ?? '{}'));
  return [
    paint('bold', `RECOVERED: ${incidentId}, every table is proven, and the application runs again`),
    ...tables.map(
      ({ name, counts, verifiedItems }) =>
        `  ${name}: ${counts.puts} put, ${counts.deletes} deleted, ${counts.unchanged} unchanged; ${verifiedItems} items proven`,
    ),
    ...warnings.map((warning) => `Warning: ${warning}`),
    'Left to do:',
    ...followUps.map(({ text }) => `  - ${text}`),
    `The whole report: npx rewind report ${incidentId} --ledger <ledger table> --html report.html`,
  ].join('\n');
}

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
