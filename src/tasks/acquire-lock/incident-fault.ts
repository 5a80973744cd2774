import { isBackInUse, type Incident } from '../ledger/incident-record.ts';
import { shortList } from '../short-list.ts';

/** What a run is asked to take back. */
export interface Asked {
  readonly restorePoint: string;
  /** The mark of what is taken back of each table (`selectionMark`). */
  readonly tables: ReadonlyMap<string, string>;
  /** Whether it is only to be finished, its tables being proven; default false. */
  readonly finishing?: boolean | undefined;
}

/** Why an incident may not be run (again) for this, or undefined when it may. */
export function incidentFault(
  incidentId: string,
  incident: Incident | undefined,
  { restorePoint, tables, finishing = false }: Asked,
): string | undefined {
  if (incident === undefined) return undefined;
  if (incident.state === 'closed')
    return `incidentId: ${incidentId} is closed, its recovery is complete and nothing is left to do; for another one use a new incident id`;
  if (isBackInUse(incident) && !finishing)
    return (
      `incidentId: the tables of ${incidentId} were proven equal and its thaw has begun meanwhile, so that another ` +
      'reset would lose what the application has written since; start it again, which only thaws the rest, ' +
      'deletes the copies and reports'
    );
  if (!isBackInUse(incident) && finishing)
    return `incidentId: ${incidentId} is not being thawed after a proof any more; start it again`;
  if (incident.restorePoint !== restorePoint)
    return (
      `restorePoint: ${incidentId} was opened for ${incident.restorePoint}, got ${restorePoint}; ` +
      'repeat the first restore point or use a new incident id'
    );
  const unproven = [...tables.keys()].filter((table) => !(table in incident.written));
  if (finishing && unproven.length > 0)
    return (
      `tables: ${incidentId} has not taken back ${shortList(unproven)}, and is only finished now; ` +
      'leave out what it has not, and take that back with a new incident id'
    );
  // A table that is left half reset, or reset by another rule, would come back with the application.
  const missing = Object.keys(incident.written).filter((table) => !tables.has(table));
  const others = Object.entries(incident.written).filter(
    ([table, mark]) => (tables.get(table) ?? mark) !== mark,
  );
  if (incident.state === 'open' || missing.length + others.length === 0) return undefined;
  return [
    ...(missing.length === 0 ? [] : [`tables: ${incidentId} has begun to reset ${shortList(missing)} too`]),
    ...(others.length === 0
      ? []
      : [
          `tables: ${incidentId} has begun to reset ${shortList(others.map(([table]) => table))} with another 'only', or without`,
        ]),
    'name every table again as the first run did',
  ].join('; ');
}
