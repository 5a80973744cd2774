import { lambdaErrorText } from '../aws-error.ts';
import type { Environment } from '../handler.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { noteSwitchStop, saveSwitch, savedSwitches, type SavedSwitch } from '../ledger/switch-record.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { awaitSwitches } from './await-switches.ts';
import { type Switch, switchInWords, type Switches } from './switches.ts';

export interface PausedSwitches {
  readonly switches: Switches;
  /** Those that are off, or have been told to be. */
  readonly ones: readonly Switch[];
  readonly changed: number;
  readonly failures: readonly string[];
}

interface Pausing {
  readonly environment: Environment;
  readonly ledger: Ledger;
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
  { environment, ledger }: Pausing,
): Promise<PausedSwitches> {
  const saved = await savedSwitches(ledger, switches.kind);
  const found = await findSettled(switches, environment);
  const results = await inParallel(found, AT_ONCE, async (one): Promise<Partial<PausedSwitches>> => {
    try {
      if (outOfTime(environment)) throw new Error('not reached in the time of one call');
      const record = saved.get(one.id);
      const paused = await pause(one, record, { switches, ledger });
      if (paused === 'gone') return {};
      const changed = paused === 'changed' || wasPausedAfter(record, since);
      return { ones: [one], changed: Number(changed) };
    } catch (error) {
      return { failures: [`${switchInWords(switches.kind, one)}: ${lambdaErrorText(error)}`] };
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

/** Whether an earlier call has switched it off after this time; that call may have died before it could tell. */
function wasPausedAfter(record: SavedSwitch | undefined, since: string | undefined): boolean {
  if (record?.state !== 'frozen' || since === undefined) return false;
  const pausedAt = record.stoppedAt ?? (record.enabledBefore ? record.savedAt : undefined);
  return pausedAt !== undefined && Date.parse(pausedAt) > Date.parse(since);
}

async function pause(
  one: Switch,
  record: SavedSwitch | undefined,
  { switches, ledger }: { readonly switches: Switches; readonly ledger: Ledger },
): Promise<'changed' | 'stood' | 'gone'> {
  const { id, functionName, stand, state } = one;
  const { kind } = switches;
  if (stand === 'gone') return 'gone';
  if (stand === 'unseen') throw new Error(`it could not be looked at: ${state}`);
  if (stand === 'unclear') throw new Error(`still ${state}, which does not tell whether it is on`);
  const enabled = stand === 'on' || stand === 'turningOn';
  const owed = record?.state === 'frozen';
  if (!owed) await saveSwitch(ledger, kind, { id, functionName, enabledBefore: enabled });
  if (!enabled) return 'stood';
  if (owed) await noteSwitchStop(ledger, kind, id);
  return (await switches.turn(id, false)) === 'gone' ? 'gone' : 'changed';
}
