import type { TaskClock } from '../handler.ts';
import { type Saved, unseenFor } from '../ledger/saved-setting.ts';

/**
 * How a setting stands, looked at once more where that may be how it stood before the freeze.
 * @param saved the ledger's record, with what it was `before`.
 */
export async function seenForSure<T>(
  saved: Saved & { readonly before: T },
  look: () => Promise<T | undefined>,
  clock: TaskClock,
): Promise<T | undefined> {
  const now = await look();
  const unseen = now === saved.before ? unseenFor(saved, clock.now()) : 0;
  if (unseen === 0) return now;
  await clock.sleep(unseen);
  return look();
}
