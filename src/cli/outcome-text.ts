import { writeReport } from '../tasks/write-report/task.ts';
import type { Followed } from './follow-execution.ts';
import { paint } from './progress-line.ts';

const Outcome = writeReport.definition.output.pick({ tables: true, warnings: true, followUps: true });

/** The ledger's name is not known here: the stack's outputs have it. */
const command = (name: 'report' | 'status', incidentId: string): string =>
  `npx rewind ${name} ${incidentId} --ledger <ledger table>`;

/** How a recovery has ended, and what to do now. */
export function outcomeText(followed: Followed, incidentId: string): string {
  const { execution, state } = followed;
  const { status, output, error, cause, executionArn = '' } = execution;
  if (status !== 'SUCCEEDED')
    return [
      paint('bold', `${status}${error === undefined ? '' : `: ${error}`}`),
      ...(cause === undefined ? [] : [cause]),
      '',
      ...(afterProof(state) ?? beforeFreeze(followed, incidentId) ?? advice(cause ?? '', incidentId)),
      `The execution: ${executionArn}`,
    ].join('\n');
  const recovered = paint(
    'bold',
    `RECOVERED: ${incidentId}, every table is proven, and the application runs again`,
  );
  const report = `The whole report: ${command('report', incidentId)} --html report.html`;
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
  if (AFTER_THE_REPORT.includes(state ?? ''))
    return [
      'The recovery is complete: every table is proven right, the application runs again, and the report is written. Do ' +
        'not start it again.',
      'Only its lock was not given back, which the next recovery takes over. A redrive of the execution does the rest: it ' +
        "forgets the values of 'only', too, where the request had some.",
    ];
  const isThawing = THAWING.includes(state ?? '');
  if (!isThawing && !AFTER_THE_THAW.includes(state ?? '')) return undefined;
  return [
    isThawing
      ? 'Every table is proven right. Take it that a part of the application is still frozen: the cause says which.'
      : 'Every table is proven right, and the application runs again. What is left is to delete the copies and to report.',
    'Correct what the cause says, and start it again with the same incident id: it thaws what is still frozen, deletes ' +
      'the copies and reports. No table is written any more once the thaw has begun.',
  ];
}

/** What to do when it has failed before it froze anything: undefined when it has not. */
function beforeFreeze({ execution, state }: Followed, incidentId: string): string[] | undefined {
  // Nothing but the lock was there to be undone.
  const hasOnlyLocked = execution.cause?.endsWith('[undone: locked]') === true;
  if (!BEFORE_THE_FREEZE.includes(state ?? '') && !hasOnlyLocked) return undefined;
  return [
    'This run has touched nothing. Correct what the cause says, and start it again with the same incident id.',
    `What an earlier run or another incident has frozen is as it was left: ${command('status', incidentId)}`,
  ];
}

/** States of `Rewind`. */
const BEFORE_THE_FREEZE: readonly string[] = [
  'Found',
  'Finished.Rest.Relocked',
  'Surveyed',
  'Plan',
  'Locked',
];
const THAWING: readonly string[] = ['Thawed', 'Finished.Rest.ThawedToTheEnd'];
const AFTER_THE_THAW: readonly string[] = [
  'CleanedUp.Remove.Removals',
  'Report',
  'Finished.Rest.Leftovers',
  'Finished.Rest.Reported',
];
const AFTER_THE_REPORT: readonly string[] = ['Unlocked', 'Finished.Rest.Released'];

/** In a cause stands what the recovery has undone by itself. */
function advice(cause: string, incidentId: string): string[] {
  const again = 'start it again with the same incident id; it goes on where this one stopped';
  if (cause.includes('NOT UNDONE: frozen'))
    return [
      `The application is still frozen: correct what the cause says, and ${again}.`,
      `Whether tables are half reset, and how to give up, tells: ${command('status', incidentId)}`,
    ];
  if (cause.includes('[undone:'))
    return [
      'This run has written nothing, and the application runs on. Correct what the cause says, and start it again.',
    ];
  return [
    'Take it that the application is still frozen and tables are half reset, until this tells otherwise: ' +
      command('status', incidentId),
    `Correct what the cause says, and ${again}. The runbook has the rest: disasterRecovery/README.md.`,
  ];
}
