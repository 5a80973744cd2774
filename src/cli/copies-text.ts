import { isBackInUse } from '../tasks/ledger/incident-record.ts';
import type { HolderStatus } from '../tasks/acquire-lock/holder-status.ts';
import type { IncidentStatus } from '../tasks/status/incident-status.ts';
import type { RestoredCopy } from '../tasks/status/restored-copies.ts';
import { hasEnded } from './status-text.ts';

const HOUR = 3_600_000;
const GIGABYTE = 2 ** 30;

/**
 * The restored tables that still exist, and what to do about them.
 * @param copies null when they could not be looked at, undefined when nobody looked.
 * @param now milliseconds since the epoch.
 */
export function copiesText(
  {
    incidentId,
    incident,
    lock,
    holder,
    keepsCopies,
  }: IncidentStatus & { readonly holder: HolderStatus | undefined },
  copies: readonly RestoredCopy[] | null | undefined,
  now: number,
): string[] {
  if (copies === undefined) return [];
  if (copies === null)
    return [
      '  restored tables could not be looked at: that takes dynamodb:ListTables and dynamodb:DescribeTable',
    ];
  if (copies.length === 0) return ['  no restored table is left'];
  const list = copies.map(
    ({ name, of, bytes, madeAt }) =>
      `    ${name}: of ${of}, ${(bytes / GIGABYTE).toFixed(2)} GB, ${age(now - Date.parse(madeAt))} old`,
  );
  return [
    `  ${copies.length} restored tables exist, each a full copy of its table:`,
    ...list,
    `    ${advice()}`,
  ];

  function advice(): string {
    const remove = 'delete each with: aws dynamodb delete-table --table-name NAME';
    if (incident.state === 'closed')
      return `the recovery is complete; unless you keep them on purpose, ${remove}`;
    if (lock?.incidentId === incidentId && !hasEnded(holder))
      return 'the recovery works with them, and deletes them when it has succeeded unless they are to be kept';
    if (keepsCopies) return `the next start of ${incidentId} keeps them, as was asked for; then ${remove}`;
    if (isBackInUse(incident)) return `the next start of ${incidentId} deletes them`;
    return `the next try of ${incidentId} uses them; if there will be none, ${remove}`;
  }
}

function age(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR);
  if (hours < 1) return 'less than an hour';
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
