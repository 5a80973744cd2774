import { lambdaErrorText } from '../aws-error.ts';
import type { ReservedConcurrency } from '../lambda-control/control-plane.ts';
import type { FunctionInScope } from '../lambda-control/functions-in-scope.ts';
import type { IncidentControls } from '../lambda-control/incident-controls.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';
import {
  noteFunctionStop,
  saveFunction,
  savedFunctions,
  type SavedFunction,
} from '../ledger/function-record.ts';
import { wasStoppedAfter } from '../ledger/saved-setting.ts';
import { inParallel } from '../pacing/in-parallel.ts';

export interface StoppedFunctions {
  /** Functions now at reserved concurrency 0. */
  readonly stopped: number;
  readonly alreadyAtZero: number;
  readonly changed: number;
  /** The longest timeout of the functions in scope, and of those stopped earlier in this incident. */
  readonly longestTimeoutSeconds: number;
  readonly failures: readonly string[];
}

/** Enough calls under way to use Lambda's rate in full although each takes a while. */
const AT_ONCE = 8;

interface Stopped {
  readonly before: ReservedConcurrency;
  readonly changed: boolean;
}

/**
 * Sets every function in scope to reserved concurrency 0, what it was before being in the ledger first.
 * @param since what an earlier call has stopped after this time (UTC, ISO 8601) counts as changed too: that call may
 * have died before it could tell.
 */
export async function stopFunctions(
  functions: readonly FunctionInScope[],
  since: string | undefined,
  controls: IncidentControls,
): Promise<StoppedFunctions> {
  const saved = await savedFunctions(controls.ledger);
  const failures: string[] = [];
  const results = await inParallel(functions, AT_ONCE, async (one) => {
    try {
      if (outOfTime(controls.environment)) throw new Error('not reached in the time of one call');
      const record = saved.get(one.name);
      const stopped = await stop(one, record, controls);
      return stopped && { ...stopped, changed: stopped.changed || wasStoppedAfter(record, since) };
    } catch (error) {
      failures.push(`function ${one.name}: ${lambdaErrorText(error)}`);
      return undefined;
    }
  });
  const stopped = results.filter((result) => result !== undefined);
  const frozenEarlier = [...saved.values()].filter(({ state }) => state === 'frozen');
  return {
    stopped: stopped.length,
    alreadyAtZero: stopped.filter(({ before }) => before === 0).length,
    changed: stopped.filter(({ changed }) => changed).length,
    // One that had 0 before may have been set so a minute ago: its invocations count too.
    longestTimeoutSeconds: [...functions, ...frozenEarlier].reduce(
      (longest, { timeoutSeconds }) => Math.max(longest, timeoutSeconds),
      0,
    ),
    failures,
  };
}

/** @returns undefined when the function has been deleted meanwhile. */
async function stop(
  one: FunctionInScope,
  record: SavedFunction | undefined,
  { ledger, plane }: IncidentControls,
): Promise<Stopped | undefined> {
  const now = await plane.reservedConcurrency(one.name);
  if (now === undefined) return undefined;
  const owed = record?.state === 'frozen';
  if (!owed) await saveFunction(ledger, one, now);
  const before = owed ? record.before : now;
  if (now === 0) return { before, changed: false };
  if (owed) await noteFunctionStop(ledger, one.name);
  const set = await plane.setReservedConcurrency(one.name, 0);
  if (set === undefined) return undefined;
  if (set !== 0) throw new Error(`Lambda answers reserved concurrency ${set} instead of 0`);
  return { before, changed: true };
}
