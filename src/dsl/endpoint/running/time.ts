import { VirtualClock } from '../../simulator/clock.ts';
import { PatientClock } from './patient-clock.ts';

/** How time passes for executions. */
export interface Time {
  /** A clock for an execution and all that it starts. */
  newClock(): VirtualClock;
  /** Lets time pass until the execution has ended. @throws SimulationError when it waits for what will never come. */
  run(clock: VirtualClock, ended: Promise<unknown>): Promise<void>;
  /** Whether what goes on without end does so at once. */
  readonly jumps: boolean;
  /** Lets no more time pass. */
  stop(): void;
}

/** Time as on the wall, the same for all. */
export function realTime(): Time {
  const clock = new VirtualClock(Date.now(), { pace: 'real' });
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  void clock.runUntil(stopped);
  return { newClock: () => clock, run: async () => {}, jumps: false, stop };
}

/**
 * Waits, retries and timeouts take no real time. Every execution begins now and has time of its own, which is that of
 * the executions it starts, too; so none can make another wait, or age.
 * @param patience milliseconds of real time for which an answer from outside, to a task token or of an activity's
 * worker, is waited for before virtual time goes on.
 */
export function virtualTime(patience: number): Time {
  return {
    newClock: () => new PatientClock(Date.now(), patience),
    run: async (clock, ended) => {
      await clock.runUntil(ended);
    },
    jumps: true,
    stop: () => {},
  };
}
