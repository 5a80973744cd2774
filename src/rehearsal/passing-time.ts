import type { VirtualClock } from '../dsl/simulator/clock.ts';

/** Resolves at an instant of virtual time, in milliseconds since the epoch. */
export const reach = (clock: VirtualClock, at: number): Promise<void> =>
  new Promise((resolve) => {
    clock.schedule(at, resolve);
  });

/**
 * Has something done every so often, until it is stopped; virtual time stands still meanwhile.
 * @param every virtual milliseconds from the end of one to the beginning of the next.
 */
export function keepDoing(what: () => Promise<void>, every: number, clock: VirtualClock): { stop(): void } {
  let cancel = () => {};
  let stopped = false;
  const next = () => {
    if (stopped) return;
    cancel = clock.schedule(clock.now() + every, () => {
      const hold = clock.hold('a user of the application');
      what()
        .finally(() => {
          next();
          hold.release();
        })
        .catch((error: unknown) => {
          stopped = true;
          throw error;
        });
    });
  };
  next();
  return {
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
