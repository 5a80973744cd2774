import { type Failure, failureOf } from '../lambda-control/failure.ts';
import type { IncidentControls } from '../lambda-control/incident-controls.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';
import { provide, provisionedNow } from '../lambda-control/provisioned-concurrency.ts';
import { savedProvisioned, settleProvisioned, type SavedProvisioned } from '../ledger/provisioned-record.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { seenForSure } from './seen-for-sure.ts';

const AT_ONCE = 8;

/**
 * Asks for the provisioned concurrency that the freeze has taken away, once the functions have what they had reserved.
 * Lambda takes some minutes to provide it; calls go to other instances until then.
 * @returns what could not be done.
 */
export async function restoreProvisioned(controls: IncidentControls): Promise<readonly Failure[]> {
  const { environment, ledger } = controls;
  const saved = await savedProvisioned(ledger);
  const failures = await inParallel(
    saved.filter(({ state }) => state === 'frozen'),
    AT_ONCE,
    async (one) => {
      try {
        if (outOfTime(environment)) throw new Error('not reached in the time of one call');
        await settleProvisioned(ledger, one, await restore(one, controls));
        return [];
      } catch (error) {
        const { functionName, qualifier, requested } = one;
        return [
          failureOf(
            `provisioned concurrency of ${functionName}:${qualifier}, to be put back to ${requested}`,
            error,
          ),
        ];
      }
    },
  );
  return failures.flat();
}

async function restore(one: SavedProvisioned, controls: IncidentControls): Promise<'thawed' | 'gone'> {
  const { plane } = controls;
  const owed = { ...one, before: one.requested };
  let now = await seenForSure<number | 'absent' | 'gone'>(owed, () => provisionedNow(one, plane), controls);
  if (now !== one.requested && now !== 'gone') {
    await provide(one, plane);
    now = await provisionedNow(one, plane);
  }
  if (now === 'gone') return 'gone';
  if (now !== one.requested) throw new Error(`reads back as ${now}`);
  return 'thawed';
}
