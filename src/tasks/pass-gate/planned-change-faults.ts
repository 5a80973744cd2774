import type * as z from 'zod';
import type { Estimate } from '../estimate/estimate.ts';
import type { Counts, Limits } from '../incident.ts';
import type { Only } from '../selection/only.ts';
import { isByKeysAlone } from '../selection/selection.ts';

const DEFAULT_CHANGE_SHARE = 1;
const DEFAULT_DELETE_SHARE = 0.5;

/** What one table's reset is planned to do. */
export interface PlannedChange {
  readonly planned: Counts;
  readonly estimate: Estimate;
  readonly only?: Only | undefined;
  /**
   * Whether an earlier run has begun to reset the table, with the same selection (`incidentFault`): then nothing may be left
   * that bears the mark of the damage. Default false.
   */
  readonly hasBegun?: boolean;
}

/** Why a planned reset goes beyond its limits, with its figures. */
export function plannedChangeFaults(
  place: string,
  change: PlannedChange,
  limits: z.output<typeof Limits>,
): string[] {
  const { planned, estimate, only, hasBegun = false } = change;
  const empty = emptyingFault(change);
  if (empty !== undefined) return limits.allowEmpty === true ? [] : [`${place}: ${empty}`];
  if (only && planned.selected === 0 && !hasBegun)
    return [
      `${place}: no item of either table is selected; check the names, the letters' case and the types in 'only', ` +
        'or leave the table out',
    ];
  const faults: string[] = [];
  const changeLimit = limits.maxChangeShare ?? DEFAULT_CHANGE_SHARE;
  if (estimate.changeShare > changeLimit)
    faults.push(`${place}: ${beyond('change', estimate.changeShare, changeLimit)} (${figures(change)})`);
  const deleteLimit = limits.maxDeleteShare ?? DEFAULT_DELETE_SHARE;
  if (estimate.deleteShare > deleteLimit)
    faults.push(`${place}: ${beyond('delete', estimate.deleteShare, deleteLimit)} (${figures(change)})`);
  return faults;
}

/**
 * Whether nothing would be left of the table, or of what is selected of it by key: a whole tenant, a whole type
 * of entity. A selection by attributes may well be one of nothing but what has to go, as a bad upload's items.
 */
function emptyingFault({ planned, only }: PlannedChange): string | undefined {
  const { restored, live, selected, deletes } = planned;
  if (restored === 0 && live > 0)
    return (
      `the restored table is empty while the live one has ${live} items; choose another restore ` +
      'point, or set limits.allowEmpty if the table is to be emptied'
    );
  if (only && isByKeysAlone(only) && deletes > 0 && deletes === selected)
    return (
      `the restored table has none of the ${selected} selected items of the live one; choose another restore ` +
      'point, or set limits.allowEmpty if all of them are to be deleted'
    );
  return undefined;
}

function beyond(kind: 'change' | 'delete', share: number, limit: number): string {
  const option = kind === 'change' ? 'limits.maxChangeShare' : 'limits.maxDeleteShare';
  return (
    `would ${kind} ${percent(share)} of the table, more than ${option} (${percent(limit)}) allows; ` +
    `check the restore point, and raise ${option} if this is meant`
  );
}

function figures({ planned, estimate, only }: PlannedChange): string {
  const { restored, live, puts, deletes, selected, leftAlone } = planned;
  const selection = only ? `, ${selected} selected, ${leftAlone} others differ and stay` : '';
  return (
    `${puts} puts and ${deletes} deletes for ${restored} restored and ${live} live items${selection}; ` +
    `${estimate.writeUnits} write units, up to ${estimate.indexWriteUnits} more for indexes, ` +
    `${estimate.streamRecords} stream records, about $${estimate.dollars.toFixed(2)} in all`
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
