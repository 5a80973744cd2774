import { isNamed } from '../aws-error.ts';
import type { ReservedConcurrency } from '../lambda-control/control-plane.ts';
import type { IncidentControls } from '../lambda-control/incident-controls.ts';
import { giveUp, provisionedConcurrency } from '../lambda-control/provisioned-concurrency.ts';
import { saveProvisioned } from '../ledger/provisioned-record.ts';

const LOOKS = 5;
const LOOK_EVERY_MILLISECONDS = 2000;

/**
 * Sets a function's reserved concurrency to 0. What is provisioned of it may not be more than what is reserved
 * (Lambda guide, "Configuring provisioned concurrency"): where Lambda refuses for that, it is taken away, being in
 * the ledger first.
 * @returns what Lambda answers is now set; undefined when the function does not exist.
 */
export async function setToZero(
  name: string,
  { environment: { clock }, ledger, plane }: IncidentControls,
): Promise<ReservedConcurrency | undefined> {
  for (let look = 1; ; look += 1)
    try {
      return await plane.setReservedConcurrency(name, 0);
    } catch (error) {
      if (!isNamed(error, 'InvalidParameterValueException') || look === LOOKS) throw error;
      const provisioned = await provisionedConcurrency(name, plane);
      if (provisioned.length === 0 && look === 1) throw error;
      for (const one of provisioned) {
        await saveProvisioned(ledger, one);
        await giveUp(one, plane);
      }
      await clock.sleep(LOOK_EVERY_MILLISECONDS);
    }
}
