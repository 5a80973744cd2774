import type { ReservedConcurrency } from '../lambda-control/control-plane.ts';
import { type Failure, failureOf } from '../lambda-control/failure.ts';
import type { FunctionInScope } from '../lambda-control/functions-in-scope.ts';
import type { IncidentControls } from '../lambda-control/incident-controls.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';
import { savedFunctions, type SavedFunction, stopFunction } from '../ledger/function-record.ts';
import { type Stop, mayBeBack } from '../ledger/saved-setting.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { setToZero } from './set-to-zero.ts';

export interface StoppedFunctions {
  /** Functions now at reserved concurrency 0. */
  readonly stopped: number;
  readonly alreadyAtZero: number;
  readonly changed: number;
  /** From when on none of them can be running any more: milliseconds since the epoch, which may lie ahead. */
  readonly atRestFrom: number;
  /** The longest timeout of the functions in scope, and of those stopped earlier in this incident. */
  readonly longestTimeoutSeconds: number;
  readonly failures: readonly Failure[];
}

/** Enough calls under way to use Lambda's rate in full although each takes a while. */
const AT_ONCE = 8;

interface Stopped extends Stop {
  readonly before: ReservedConcurrency;
  /** When the last of its invocations has ended: milliseconds since the epoch. */
  readonly restsAt: number;
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
  const failures: Failure[] = [];
  const results = await inParallel(functions, AT_ONCE, async (one) => {
    try {
      if (outOfTime(controls.environment)) throw new Error('not reached in the time of one call');
      return await stop(one, { record: saved.get(one.name), since }, controls);
    } catch (error) {
      failures.push(failureOf(`function ${one.name}`, error));
      return undefined;
    }
  });
  const stopped = results.filter((result) => result !== undefined);
  const frozenEarlier = [...saved.values()].filter(({ state }) => state === 'frozen');
  return {
    stopped: stopped.length,
    alreadyAtZero: stopped.filter(({ before }) => before === 0).length,
    changed: stopped.filter(({ changed }) => changed).length,
    atRestFrom: stopped.reduce((latest, { restsAt }) => Math.max(latest, restsAt), 0),
    // One that had 0 before may have been set so a minute ago: its invocations count too.
    longestTimeoutSeconds: [...functions, ...frozenEarlier].reduce(
      (longest, { timeoutSeconds }) => Math.max(longest, timeoutSeconds),
      0,
    ),
    failures,
  };
}

interface Known {
  readonly record: SavedFunction | undefined;
  readonly since: string | undefined;
}

/** @returns undefined when the function has been deleted meanwhile. */
async function stop(
  one: FunctionInScope,
  { record, since }: Known,
  controls: IncidentControls,
): Promise<Stopped | undefined> {
  const { environment, ledger, plane, unseenFor } = controls;
  let now = await plane.reservedConcurrency(one.name);
  if (now === 0 && mayBeBack(record) && unseenFor() > 0) {
    await environment.clock.sleep(unseenFor());
    now = await plane.reservedConcurrency(one.name);
  }
  if (now === undefined) return undefined;
  const stopped = await stopFunction(
    ledger,
    { ...one, before: now },
    {
      record,
      isStopped: now === 0,
      since,
      stop: async () => {
        const set = await setToZero(one.name, controls);
        if (set === undefined) return 'gone';
        if (set !== 0) throw new Error(`Lambda answers reserved concurrency ${set} instead of 0`);
        return {};
      },
    },
  );
  if (stopped === undefined) return undefined;
  const owed = record?.state === 'frozen' ? record : undefined;
  const timeoutSeconds = Math.max(one.timeoutSeconds, owed?.timeoutSeconds ?? 0);
  return {
    ...stopped,
    before: owed?.before ?? now,
    restsAt: Date.parse(stopped.stoppedAt) + timeoutSeconds * 1000,
  };
}
