import type * as z from 'zod';
import type { Counts, Limits } from '../incident.ts';

const DEFAULT_CHANGE_SHARE = 1;
const DEFAULT_DELETE_SHARE = 0.5;

/**
 * Why a planned reset goes beyond its limits. Shares are of the restored items; more than all of them counts
 * as all, so that a limit of 1 permits any number (a bulk upload may have doubled the table).
 */
export function plannedChangeFaults(
  place: string,
  { restored, live, puts, deletes }: Counts,
  limits: z.output<typeof Limits>,
): string[] {
  if (restored === 0 && live > 0)
    return limits.allowEmpty === true
      ? []
      : [
          `${place}: the restored table is empty while the live one has ${live} items; choose another restore ` +
            'point, or set limits.allowEmpty if the table is to be emptied',
        ];
  const share = (items: number) => Math.min(1, items / Math.max(restored, 1));
  const figures = `${puts} puts and ${deletes} deletes for ${restored} restored and ${live} live items`;
  const faults: string[] = [];
  const changeLimit = limits.maxChangeShare ?? DEFAULT_CHANGE_SHARE;
  if (share(puts + deletes) > changeLimit)
    faults.push(`${place}: ${beyond('change', share(puts + deletes), changeLimit)} (${figures})`);
  const deleteLimit = limits.maxDeleteShare ?? DEFAULT_DELETE_SHARE;
  if (share(deletes) > deleteLimit)
    faults.push(`${place}: ${beyond('delete', share(deletes), deleteLimit)} (${figures})`);
  return faults;
}

function beyond(kind: 'change' | 'delete', share: number, limit: number): string {
  const option = kind === 'change' ? 'limits.maxChangeShare' : 'limits.maxDeleteShare';
  return (
    `would ${kind} ${percent(share)} of the table, more than ${option} (${percent(limit)}) allows; ` +
    `check the restore point, and raise ${option} if this is meant`
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
