import { SimulationError } from '../../src/dsl/simulator/simulation-error.ts';
import type { ExecutionResult, RunningExecution } from '../../src/dsl/simulator/simulate.ts';
import { isNamed } from '../../src/tasks/aws-error.ts';
import { INCIDENT } from './disaster.ts';
import { ExploredWorld, type Setting } from './explored-world.ts';
import type { Fault, MadeCall } from './fault.ts';
import {
  checkCleanedUp,
  checkCopies,
  checkNotHalfReset,
  checkOthers,
  checkRecovered,
  checkRivals,
  checkThawed,
  checkUnfinished,
  differing,
  isThawed,
} from './judge.ts';
import type { Violation } from './witness.ts';

/** What is done about a recovery that has ended without success. */
export const REMEDIES = ['redrive', 'second', 'thaw'] as const;
export type Remedy = (typeof REMEDIES)[number];

/**
 * What may happen between that end and the remedy: somebody who is no function writes to a table, or a run is started
 * that may delete nothing, which its gate refuses where there is anything to delete.
 */
export const EVENTS = ['write', 'strict-run'] as const;
export type Event = (typeof EVENTS)[number];

export interface Case extends Setting {
  readonly remedy: Remedy;
  /** What happens before the remedy, in this order; default nothing. */
  readonly meanwhile?: readonly Event[];
}

export interface Outcome {
  readonly violations: readonly Violation[];
  /** How the first execution ended before anything was done about it. */
  readonly first: Pick<ExecutionResult, 'status' | 'error' | 'cause'> | undefined;
  readonly made: readonly MadeCall[];
  readonly struck: readonly Fault[];
  readonly virtualMilliseconds: number;
}

const HOUR = 3_600_000;
/** Virtual time that an execution may take: with a fault, and when there is none any more. */
const LONGEST_HOURS = { faulty: 24, faultless: 3 };
/** When every function that was at work has ended. */
const ZOMBIES_MILLISECONDS = 16 * 60_000;

/** Runs one recovery with its faults, does what is to be done about it, and tells which invariants were broken. */
export async function explore(given: Case): Promise<Outcome> {
  const world = new ExploredWorld(given);
  const start = world.clock.now();
  let first: ExecutionResult | undefined;
  try {
    const running = world.start();
    first = await ended(
      world,
      running,
      (given.delays?.answer ?? 0) +
        (given.delays?.restore ?? 0) +
        (given.faults.length > 0 ? LONGEST_HOURS.faulty : LONGEST_HOURS.faultless),
    );
    if (given.faults.length === 0 && first.status !== 'SUCCEEDED')
      world.witness.report('L1', `without a fault it ends ${first.error}: ${first.cause}`);
    // From here on nobody starts another one.
    world.trouble.people.startRival = () => {};
    if (!isRecovered(world, first)) {
      await world.clock.advanceBy((given.delays?.remedy ?? 0) * HOUR);
      if (await isRecoveredMeanwhile(world, given.meanwhile))
        await redriveInVain(world, running, given.remedy);
      else await mend(world, running, given.remedy);
    }
    await world.clock.advanceBy(ZOMBIES_MILLISECONDS);
    world.settleMappings();
    checkOthers(world);
    checkCopies(world);
    if (!isThawed(world))
      world.witness.report(
        'S2',
        `a function that outlived its execution has changed the application: ${differing(world)}`,
      );
  } catch (fault) {
    if (!(fault instanceof SimulationError)) throw fault;
    world.witness.report('L1', fault.message);
  }
  const { made, struck } = world.trouble;
  const virtualMilliseconds = world.clock.now() - start;
  return { violations: world.witness.violations, first, made, struck, virtualMilliseconds };
}

/** Lets an execution run to its end, in the hours that it may take, and whoever has started another meanwhile. */
async function ended(
  world: ExploredWorld,
  running: RunningExecution,
  hours: number = LONGEST_HOURS.faultless,
): Promise<ExecutionResult> {
  const start = world.clock.now();
  const result = await world.clock.runUntil(running.result);
  if (world.clock.now() - start > hours * HOUR)
    world.witness.report('L1', `an execution took more than ${hours} hours`);
  const rivals = await world.clock.runUntil(Promise.all(world.rivals.splice(0)));
  // One that meets a fault of its own need not come so far as to refuse.
  if (rivals.length > 0 && world.trouble.struck.length === 1) checkRivals(world, [result, ...rivals]);
  return result;
}

/** Lets happen what happens before the remedy. @returns whether a run has recovered the incident. */
async function isRecoveredMeanwhile(world: ExploredWorld, events: readonly Event[] = []): Promise<boolean> {
  for (const event of events)
    if (event === 'write') world.writeBetweenRuns();
    else if (isRecovered(world, await ended(world, world.start(INCIDENT, 0)))) return true;
  return false;
}

/** Redrives an execution whose incident another one has recovered: nothing may change any more. */
async function redriveInVain(world: ExploredWorld, running: RunningExecution, remedy: Remedy): Promise<void> {
  if (remedy === 'redrive') isRecovered(world, await ended(world, world.redrive(running)));
}

async function mend(world: ExploredWorld, running: RunningExecution, remedy: Remedy): Promise<void> {
  if (remedy === 'thaw') return insist(world, thawByHand);
  if (remedy === 'redrive') {
    const wasThawed = isThawed(world);
    const redriven = await ended(world, world.redrive(running));
    if (isRecovered(world, redriven)) return;
    // What was undone stays so: a redrive only repeats its last, failing state. One that was stopped may have begun anew.
    if (redriven.status !== 'ABORTED' && wasThawed && isThawed(world)) return;
  }
  return insist(world, runAgain);
}

/**
 * Does what must help, and does it again if a fault has struck that, or a function of an execution that was stopped
 * has met it half-way.
 * @param help tells why it has not helped.
 */
async function insist(
  world: ExploredWorld,
  help: (world: ExploredWorld) => Promise<string | undefined>,
): Promise<void> {
  let { length: known } = world.trouble.struck;
  let zombies = world.trouble.struck.some(({ kind }) => kind === 'stopped' || kind === 'orphaned');
  for (;;) {
    const failure = await help(world);
    if (failure === undefined) return;
    const { length: struck } = world.trouble.struck;
    if (struck === known && !zombies) return world.witness.report('S2', failure);
    if (struck === known) zombies = false;
    known = struck;
    await world.clock.advanceBy(ZOMBIES_MILLISECONDS);
  }
}

/** Whether an execution has succeeded; all is checked that must hold then, or else. */
function isRecovered(world: ExploredWorld, result: ExecutionResult): boolean {
  if (result.status !== 'SUCCEEDED') {
    checkUnfinished(world, result);
    return false;
  }
  checkCleanedUp(world);
  checkRecovered(world);
  return true;
}

/** A second run of the incident recovers, or says that nothing is left to do. */
async function runAgain(world: ExploredWorld): Promise<string | undefined> {
  const second = await ended(world, world.start());
  if (isRecovered(world, second)) return undefined;
  const { error, cause = '' } = second;
  if (!cause.includes('is closed, its recovery is complete'))
    return `a second run does not recover: ${error}: ${cause}`;
  checkRecovered(world);
  return undefined;
}

/** `rewind thaw`, by force if it says that it needs it. */
async function thawByHand(world: ExploredWorld): Promise<string | undefined> {
  try {
    await world.thaw(false).then(
      () => checkNotHalfReset(world),
      (error: unknown) => {
        if (isNamed(error, 'StaysFrozen')) return world.thaw(true);
        // An incident that was never opened has frozen nothing.
        if (String(error).includes('is not in the ledger') && isThawed(world)) return undefined;
        throw error;
      },
    );
  } catch (error) {
    return `rewind thaw fails: ${String(error)}`;
  }
  checkThawed(world);
  return undefined;
}
