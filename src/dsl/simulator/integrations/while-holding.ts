import type { Hold, VirtualClock } from '../clock.ts';

/** Does real work while virtual time stands still (but for the work's own sleeps on the hold). */
export async function whileHolding<T>(
  clock: VirtualClock,
  what: string,
  work: (hold: Hold) => Promise<T>,
): Promise<T> {
  const hold = clock.hold(what);
  try {
    return await work(hold);
  } finally {
    hold.release();
  }
}
