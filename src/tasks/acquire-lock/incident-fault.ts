import { isBackInUse, type Incident } from '../ledger/incident-record.ts';

/** Why an incident may not be run (again) for this restore point, or undefined when it may. */
export function incidentFault(
  incidentId: string,
  incident: Incident | undefined,
  restorePoint: string,
): string | undefined {
  if (incident === undefined) return undefined;
  if (incident.state === 'closed')
    return `incidentId: ${incidentId} is closed, its recovery is complete; use a new incident id`;
  if (isBackInUse(incident))
    return (
      `incidentId: the tables of ${incidentId} were proven equal and its thaw has begun, so that another ` +
      `reset would lose what the application has written since; finish with: rewind thaw ${incidentId}`
    );
  if (incident.restorePoint !== restorePoint)
    return (
      `restorePoint: ${incidentId} was opened for ${incident.restorePoint}, got ${restorePoint}; ` +
      'repeat the first restore point or use a new incident id'
    );
  return undefined;
}
