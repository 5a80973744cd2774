import { isBackInUse, type Incident } from '../ledger/incident-record.ts';
import type { Lock } from '../ledger/lock-record.ts';
import { redriveCommand } from '../redrive-command.ts';

interface Kept {
  readonly incident: Incident | undefined;
  /** Who had the lock before; an execution that has failed leaves its own. */
  readonly lock?: Lock | undefined;
}

/** Why an incident may not be run (again) for this restore point, or undefined when it may. */
export function incidentFault(
  incidentId: string,
  { incident, lock }: Kept,
  restorePoint: string,
): string | undefined {
  if (incident === undefined) return undefined;
  if (incident.state === 'closed')
    return `incidentId: ${incidentId} is closed, its recovery is complete; use a new incident id`;
  if (isBackInUse(incident))
    return (
      `incidentId: the tables of ${incidentId} were proven equal and its thaw has begun, so that another ` +
      'reset would lose what the application has written since; redrive the execution that proved them, which ' +
      `thaws the rest, deletes the copies and reports${lock?.incidentId === incidentId ? `: ${redriveCommand(lock.executionArn)}` : ''}; ` +
      `if it cannot be redriven any more, finish with: rewind thaw ${incidentId}`
    );
  if (incident.restorePoint !== restorePoint)
    return (
      `restorePoint: ${incidentId} was opened for ${incident.restorePoint}, got ${restorePoint}; ` +
      'repeat the first restore point or use a new incident id'
    );
  return undefined;
}
