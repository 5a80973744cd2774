import type { IncidentControls } from '../lambda-control/incident-controls.ts';
import type { Saved } from '../ledger/saved-setting.ts';

/**
 * How a setting stands, looked at once more where that may be how it stood before the freeze.
 * @param saved the ledger's record, with what it was `before`.
 */
export async function seenForSure<T>(
  saved: Pick<Saved, 'foundStopped'> & { readonly before: T },
  look: () => Promise<T | undefined>,
  { environment, unseenFor }: IncidentControls,
): Promise<T | undefined> {
  const now = await look();
  const unseen = now === saved.before && !saved.foundStopped ? unseenFor() : 0;
  if (unseen === 0) return now;
  await environment.clock.sleep(unseen);
  return look();
}
