import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type * as z from 'zod';
import { isNamed } from '../aws-error.ts';
import { describeTable } from '../describe-table.ts';
import { mayBackUp } from '../forensic-backup.ts';
import type { Environment } from '../handler.ts';
import type { Pace } from '../pacing/pace.ts';
import type { Rates } from '../pacing/rates.ts';
import { restorePointText } from '../restore-point.ts';
import { restoreWindow } from '../restore-window.ts';
import { liveTableFaults } from './live-table-faults.ts';
import { restoredName } from './restored-name.ts';
import { restoredNameFaults } from './restored-name-faults.ts';
import { divisionOf } from './segments.ts';
import { proofWarnings, rateFaults, tableRates } from './table-rates.ts';
import type { PlannedTable } from './task.ts';
import { timeToLiveOf } from './time-to-live-of.ts';
import { selectionMark } from '../selection/selection-mark.ts';
import type { Only } from '../selection/only.ts';
import { selectionFaults } from '../selection/selection-faults.ts';
import { windowFaults } from './window-faults.ts';

export interface TableToCheck {
  readonly name: string;
  readonly only: Only | undefined;
  /** Where the request names it: `tables[0].name`. */
  readonly place: string;
  /** Where the request has its selection: `tables[0].only`. */
  readonly selectionPlace: string;
  readonly incidentId: string;
  /** The restore point, milliseconds since the epoch; undefined when it is not a time. */
  readonly at: number | undefined;
  /** As the request says. */
  readonly rates: Rates;
}

export interface CheckedTable {
  readonly faults: readonly string[];
  /** Undefined when faults forbid a plan. */
  readonly planned?: z.output<typeof PlannedTable>;
  /** As DynamoDB describes it; undefined when it does not exist, or may not be looked at. */
  readonly live?: TableDescription;
  /** Whether DynamoDB deletes its expired items, and only some of its items are asked for. */
  readonly losesOthers?: boolean;
  /** That it may not be proven in time. */
  readonly slow?: readonly string[];
  /** What an earlier try has restored, if it is taken over. */
  readonly copy?: TableDescription | undefined;
}

/** Asks DynamoDB about one table: all that is wrong with it, and if nothing is, what will be done. */
export async function checkTable(
  { name, only, place, selectionPlace, incidentId, at, rates: asked }: TableToCheck,
  environment: Environment,
  pace: Pace,
): Promise<CheckedTable> {
  try {
    const live = await describeTable(name, environment);
    const faults = liveTableFaults(place, live);
    if (live === undefined) return { faults };
    if (only) faults.push(...selectionFaults(selectionPlace, only, live));
    const window = await restoreWindow(name, environment, pace);
    // Without a restore point it can only be told that there is no window: no second lies outside it.
    if (at === undefined) return { faults: [...faults, ...windowFaults(place, window, NaN)], live };
    const target = restoredName({
      table: name,
      incidentId,
      restorePoint: restorePointText(at),
      suffix: environment.system.restoredNameSuffix,
    });
    const existing = await describeTable(target, environment);
    const ofName = restoredNameFaults(place, existing, { sourceArn: live.TableArn ?? '', at });
    // What an earlier try has restored already need not be restorable any more.
    const copy = ofName.length === 0 ? existing : undefined;
    faults.push(...(copy ? undoFaults(place, window) : windowFaults(place, window, at)), ...ofName);
    const protection = environment.system.tables.find((table) => table.name === name);
    const rates = tableRates(live, { ...protection?.rates, ...asked });
    faults.push(...rateFaults(place, live, rates));
    if (faults.length > 0) return { faults, live, copy };
    const timeToLive = await timeToLiveOf(name, environment);
    const ceilings = rates.ceilings;
    const division = divisionOf({
      bytes: live.TableSizeBytes ?? 0,
      ceilings,
      segments: protection?.segments,
    });
    const arn = live.TableArn ?? '';
    const planned = {
      name,
      arn,
      restoredName: target,
      ...division,
      rates: rates.rates,
      sensitive: protection?.sensitive ?? false,
      forensicBackup: mayBackUp(protection ?? {}),
      // What a selection leaves alone has no counterpart that could tell what has expired.
      timeToLive: only ? null : timeToLive,
      selection: selectionMark(only),
    };
    const losesOthers = only !== undefined && timeToLive !== null;
    const slow = planned.timeToLive === null ? [] : proofWarnings(live, rates);
    return { faults, live, copy, planned, losesOthers, slow };
  } catch (error) {
    if (!isNamed(error, 'AccessDeniedException')) throw error;
    return {
      faults: [
        `${place}: this system's role may not look at ${name} (AccessDeniedException); ` +
          'deploy the recovery system again, and look for a resource policy that denies it',
      ],
    };
  }
}

/** Why what is reset by a copy that is there already could not be undone; the copy itself needs no window. */
function undoFaults(place: string, window: Awaited<ReturnType<typeof restoreWindow>>): string[] {
  if (window !== undefined) return [];
  return [
    `${place}: point-in-time recovery is off, so that nothing written now could be undone; its restored copy is there ` +
      'already: switch recovery on, and start again',
  ];
}
