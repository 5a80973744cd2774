import type { RecoveryWorld } from './recovery-world.ts';
import type { Item } from './sensitive-items.ts';

const EVERY_MILLISECONDS = 30_000;

/** Somebody who is no Lambda function and writes to a table every half minute, until stopped. */
export function keepWriting(world: RecoveryWorld, table: string, items: readonly Item[]) {
  const writer = {
    written: 0,
    refused: 0,
    stop: (): void => {},
  };
  const next = () => {
    const cancel = world.clock.schedule(world.clock.now() + EVERY_MILLISECONDS, () => {
      for (const item of items)
        if (world.writeFromOutside(table, item)) writer.written += 1;
        else writer.refused += 1;
      next();
    });
    writer.stop = () => {
      cancel();
    };
  };
  next();
  return writer;
}
