import type { Environment } from '../handler.ts';
import { type Failure, failureOf } from '../lambda-control/failure.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Stop, mayBeBack } from '../ledger/saved-setting.ts';
import { savedSwitches, type SavedSwitch, stopSwitch } from '../ledger/switch-record.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { awaitSwitches } from './await-switches.ts';
import { type Switch, switchInWords, type Switches } from './switches.ts';

export interface PausedSwitches {
  readonly switches: Switches;
  /** Those that are off, or have been told to be. */
  readonly ones: readonly Switch[];
  readonly changed: number;
  readonly failures: readonly Failure[];
}

interface Pausing {
  readonly environment: Environment;
  readonly ledger: Ledger;
  readonly unseenFor: () => number;
}

const AT_ONCE = 4;
/** A deploy's change takes seconds. */
const SETTLE_PATIENCE_MILLISECONDS = 60_000;

/**
 * Switches off whatever a freeze switches off of this kind; whether each was on is in the ledger first.
 * @param since what an earlier call has switched off after this time (UTC, ISO 8601) counts as changed too: that call
 * may have died before it could tell.
 */
export async function pauseSwitches(
  switches: Switches,
  since: string | undefined,
  { environment, ledger, unseenFor }: Pausing,
): Promise<PausedSwitches> {
  const saved = await savedSwitches(ledger, switches.kind);
  let found = await findSettled(switches, environment);
  const isLate = ({ id, stand }: Switch) =>
    (stand === 'off' || stand === 'turningOff') && mayBeBack(saved.get(id));
  if (found.some(isLate) && unseenFor() > 0) {
    await environment.clock.sleep(unseenFor());
    found = await findSettled(switches, environment);
  }
  const results = await inParallel(found, AT_ONCE, async (one): Promise<Partial<PausedSwitches>> => {
    try {
      if (outOfTime(environment)) throw new Error('not reached in the time of one call');
      const paused = await pause(one, { switches, ledger, record: saved.get(one.id), since });
      return paused ? { ones: [one], changed: Number(paused.changed) } : {};
    } catch (error) {
      return { failures: [failureOf(switchInWords(switches.kind, one), error)] };
    }
  });
  return {
    switches,
    ones: results.flatMap(({ ones }) => ones ?? []),
    changed: results.reduce((sum, { changed }) => sum + (changed ?? 0), 0),
    failures: results.flatMap(({ failures }) => failures ?? []),
  };
}

/** What is to be switched off, after waiting for whatever does not tell yet if it is on. */
async function findSettled(switches: Switches, environment: Environment): Promise<readonly Switch[]> {
  const found = await switches.find();
  const unclear = found.filter(({ stand }) => stand === 'unclear');
  if (unclear.length === 0) return found;
  const settled = { switches, ones: unclear, stands: ['on', 'turningOn', 'off', 'turningOff'] } as const;
  await awaitSwitches([settled], SETTLE_PATIENCE_MILLISECONDS, environment);
  return switches.find();
}

interface Found {
  readonly switches: Switches;
  readonly ledger: Ledger;
  readonly record: SavedSwitch | undefined;
  readonly since: string | undefined;
}

/** @returns undefined when it no longer exists. */
async function pause(
  { id, functionName, stand, state }: Switch,
  { switches, ledger, record, since }: Found,
): Promise<Stop | undefined> {
  if (stand === 'gone') return undefined;
  if (stand === 'unseen') throw new Error(`it could not be looked at: ${state}`);
  if (stand === 'unclear') throw new Error(`still ${state}, which does not tell whether it is on`);
  const enabledBefore = stand === 'on' || stand === 'turningOn';
  return stopSwitch(
    ledger,
    { kind: switches.kind, id, functionName, enabledBefore },
    {
      record,
      isStopped: !enabledBefore,
      since,
      stop: async () => ((await switches.turn(id, false)) === 'gone' ? 'gone' : {}),
    },
  );
}
