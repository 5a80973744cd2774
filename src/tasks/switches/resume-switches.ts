import type { Environment } from '../handler.ts';
import { type Failure, failureOf } from '../lambda-control/failure.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { savedSwitches, type SavedSwitch, settleSwitch } from '../ledger/switch-record.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { awaitSwitches } from './await-switches.ts';
import { kindInWords, type Switch, switchInWords, type Switches, type Turned } from './switches.ts';

export interface ResumedSwitches {
  /** How many are as they were, this time or since an earlier thaw; what was deleted or left is not counted. */
  readonly count: number;
  /** Ids of those that were left off. */
  readonly left: readonly string[];
  readonly failures: readonly Failure[];
}

interface Resuming {
  readonly environment: Environment;
  readonly ledger: Ledger;
  readonly unseenFor: () => number;
}

const AT_ONCE = 4;
/** The longest that any of them is given to start. */
const PATIENCE_MILLISECONDS = 5 * 60_000;

/**
 * Puts every switch of this kind that is in the ledger back on or off, as it was, and waits until AWS says that it
 * is. What goes wrong with all of them together is a failure like that of a single one.
 */
export async function resumeSwitches(switches: Switches, resuming: Resuming): Promise<ResumedSwitches> {
  const { kind } = switches;
  const saved = [...(await savedSwitches(resuming.ledger, kind)).values()];
  const owed = saved.filter(({ state }) => state === 'frozen');
  const before = (state: string) => saved.filter((one) => one.state === state).map(({ id }) => id);
  try {
    const { failures, states } = await resumeOwed(owed, switches, resuming);
    const now = (state: string) => [...states].filter(([, one]) => one === state).map(([id]) => id);
    return {
      count: before('thawed').length + now('thawed').length,
      left: [...before('left'), ...now('left')],
      failures,
    };
  } catch (error) {
    const failures = [failureOf(kindInWords(kind), error)];
    return { count: before('thawed').length, left: before('left'), failures };
  }
}

type Settled = 'thawed' | 'gone' | 'left';

async function resumeOwed(
  owed: readonly SavedSwitch[],
  switches: Switches,
  resuming: Resuming,
): Promise<{ readonly failures: readonly Failure[]; readonly states: ReadonlyMap<string, Settled> }> {
  const { environment, ledger } = resuming;
  const states = new Map<string, Settled>();
  if (owed.length === 0) return { failures: [], states };
  const failed = new Map<string, unknown>();
  const left = new Set<string>();
  const now = byId(await lookForSure(owed, switches, resuming));
  await inParallel(owed, AT_ONCE, async (one) => {
    try {
      if (outOfTime(environment)) throw new Error('not reached in the time of one call');
      if ((await resume(one, now.get(one.id), switches)) === 'left') left.add(one.id);
    } catch (error) {
      failed.set(one.id, error);
    }
  });
  const turned = owed.filter(({ id }) => !failed.has(id) && !left.has(id));
  const on = { switches, ones: turned.filter(({ enabledBefore }) => enabledBefore), stands: ['on'] } as const;
  const off = { switches, ones: turned.filter((one) => !on.ones.includes(one)), stands: ['off'] } as const;
  for (const { one } of await awaitSwitches([on, off], PATIENCE_MILLISECONDS, environment)) {
    const wanted = on.ones.some(({ id }) => id === one.id) ? switches.words.on : switches.words.off;
    failed.set(one.id, `still ${one.state}, to be ${wanted}`);
  }
  const settled = owed.filter(({ id }) => !failed.has(id));
  const there = byId(settled.length === 0 ? [] : await switches.look(settled));
  for (const { id } of settled) {
    const state = there.get(id)?.stand === 'gone' ? 'gone' : left.has(id) ? 'left' : 'thawed';
    await settleSwitch(ledger, switches.kind, { id, state });
    states.set(id, state);
  }
  const failures = owed
    .filter(({ id }) => failed.has(id))
    .map((one) => failureOf(switchInWords(switches.kind, one), failed.get(one.id)));
  return { failures, states };
}

/** How they stand, looked at once more where that may be how they stood before the freeze. */
async function lookForSure(
  owed: readonly SavedSwitch[],
  switches: Switches,
  { environment, unseenFor }: Resuming,
): Promise<readonly Switch[]> {
  const now = await switches.look(owed);
  const on = new Set(now.filter(({ stand }) => stand === 'on').map(({ id }) => id));
  const unseen = owed.some(({ id, foundStopped }) => on.has(id) && !foundStopped) ? unseenFor() : 0;
  if (unseen === 0) return now;
  await environment.clock.sleep(unseen);
  return switches.look(owed);
}

async function resume(
  { id, enabledBefore }: SavedSwitch,
  now: Switch | undefined,
  switches: Switches,
): Promise<Turned> {
  if (now === undefined || now.stand === 'gone') return 'gone';
  if (now.stand === 'unseen') throw new Error(`it could not be looked at: ${now.state}`);
  const there = enabledBefore ? ['on', 'turningOn'] : ['off', 'turningOff'];
  return there.includes(now.stand) ? 'turned' : switches.turn(id, enabledBefore);
}

const byId = (switches: readonly Switch[]): ReadonlyMap<string, Switch> =>
  new Map(switches.map((one) => [one.id, one]));
