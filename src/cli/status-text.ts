import type { HolderStatus } from '../tasks/acquire-lock/holder-status.ts';
import { lambdaErrorText } from '../tasks/aws-error.ts';
import { awaitedAnswer, isBackInUse } from '../tasks/ledger/incident-record.ts';
import type { IncidentStatus } from '../tasks/status/incident-status.ts';
import type { Work } from '../tasks/status/segment-records.ts';
import { thawCommand } from '../tasks/thaw-command.ts';
import type { TableStatus } from '../tasks/status/table-status.ts';
import { paint } from './progress-line.ts';

const STATES = {
  open: 'open: no live table has been written yet',
  writing: 'writing: live tables may be half reset, or are not proven yet',
  verified: 'verified: the tables are proven right',
  closed: 'closed: thawed and reported',
} as const;

const WORK: Readonly<Record<Work, string>> = {
  plan: 'compared (plan)',
  apply: 'reset',
  verify: 'verified',
};

interface Status extends IncidentStatus {
  /** How the execution stands that holds the lock; undefined when nobody does. */
  readonly holder: HolderStatus | undefined;
  /** The ledger's name. */
  readonly ledger: string;
}

/** The status as a person reads it. @param now milliseconds since the epoch. */
export function statusText(status: Status, now: number): string {
  const { incidentId, incident, lock, holder, frozen, tables } = status;
  const lifting = frozen ? 'is being lifted: a part may still be frozen' : 'lifted: everything was put back';
  // A run that has reopened the incident, and has not frozen it again, forgets that its thaw was not through.
  const begun = frozen ? 'not begun again: a part may still be frozen' : 'not begun';
  const freeze = { standing: 'stands', lifting };
  const held =
    lock === null
      ? 'held by nobody'
      : `held by ${lock.executionArn}${lock.incidentId === incidentId ? '' : `, for incident ${lock.incidentId}`}, since ${lock.acquiredAt}`;
  const until = awaitedAnswer(incident, now);
  const isUnderWay = lock?.incidentId === incidentId && !hasEnded(holder);
  return [
    `${paint('bold', incidentId)} at ${new Date(now).toISOString()}`,
    `  state          ${STATES[incident.state]}`,
    `  restore point  ${incident.restorePoint}`,
    `  freeze         ${incident.freeze === undefined ? begun : freeze[incident.freeze]}`,
    ...(until === undefined ? [] : [`  approval       ${approvalText(until, isUnderWay)}`]),
    `  lock           ${held}`,
    ...(lock === null || holder === undefined ? [] : [`                 ${holderText(holder)}`]),
    ...leftAlone(status, isUnderWay).map((words) => `  to do          ${words}`),
    ...(tables.length === 0 ? ['  no table is being compared yet'] : tables.flatMap(tableText)),
  ].join('\n');
}

/** Whether the execution that holds the lock does not go on by itself: false where that is not known. */
export const hasEnded = (holder: HolderStatus | undefined): boolean =>
  holder !== undefined && 'isAlive' in holder && !holder.isAlive;

/** What to do about an incident at which nobody works any more; nothing where that is not so, or not known. */
function leftAlone(
  { incidentId, incident, frozen, keepsCopies, ledger }: Status,
  isUnderWay: boolean,
): string[] {
  if (isUnderWay) return [];
  if (isBackInUse(incident))
    return [
      'start the incident again with the same id: no table is written any more; it thaws what is still frozen, ' +
        `${keepsCopies ? 'keeps' : 'deletes'} the copies and reports`,
    ];
  if (!frozen) return [];
  const thaw = thawCommand({ incidentId, table: ledger });
  if (incident.state === 'writing')
    return [
      'the application may be frozen and tables half reset, and nobody works on it: start the incident again with the ' +
        `same id; to run on the data as it is instead: ${thaw} --force`,
    ];
  return [
    'the application may be frozen, and nobody works on it: start the incident again with the same id, or thaw it ' +
      `with: ${thaw}`,
  ];
}

function approvalText(until: string, isWaiting: boolean): string {
  return isWaiting
    ? `asked for: a person's yes or no is waited for until ${until}`
    : 'asked for, but nobody waits for the answer any more';
}

function holderText(holder: HolderStatus): string {
  if ('error' in holder)
    return `whether that execution still runs could not be seen: ${lambdaErrorText(holder.error)}`;
  if (!hasEnded(holder)) return `that execution is ${holder.status}`;
  return `that execution is ${holder.status}: it does not go on by itself, and the next run takes the lock over`;
}

function tableText({
  name,
  work,
  segments,
  items,
  counts,
  units,
  perSecond,
  secondsLeft,
}: TableStatus): string[] {
  const expected = items.expected === null ? '' : ` of about ${number(items.expected)}`;
  const ended = segments.done === segments.all;
  return [
    `  ${paint('bold', name)}: ${ended ? '' : 'being '}${WORK[work]}, ${segments.done} of ${segments.all} segments done`,
    `    ${number(items.read)}${expected} items read; ${number(counts.puts)} puts, ${number(counts.deletes)} deletes, ${number(counts.unchanged)} unchanged`,
    `    ${number(units.read)} read and ${number(units.write)} write units so far`,
    ...(ended
      ? []
      : [
          `    now ${number(perSecond.items)} items, ${number(perSecond.readUnits)} read and ${number(perSecond.writeUnits)} write units a second; ${timeLeft(secondsLeft)}`,
        ]),
  ];
}

const number = (count: number): string => Math.round(count).toLocaleString('en');

function timeLeft(seconds: number | null): string {
  if (seconds === null) return 'the time left is not known yet';
  if (seconds < 120) return `about ${seconds} seconds left`;
  if (seconds < 7200) return `about ${Math.ceil(seconds / 60)} minutes left`;
  return `about ${Math.ceil(seconds / 3600)} hours left`;
}
