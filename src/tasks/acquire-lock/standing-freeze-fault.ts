import { otherFrozenIncidents } from '../ledger/frozen-mark.ts';
import { thawCommand } from '../thaw-command.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** Names other incidents whose freeze still stands, or undefined when there is none. */
export async function standingFreezeFault(ledger: Ledger): Promise<string | undefined> {
  const others = await otherFrozenIncidents(ledger);
  const [first] = others;
  if (first === undefined) return undefined;
  return (
    `lock: functions are still frozen by incident ${others.join(', ')}; ` +
    `run that incident to its end, or thaw it with: ${thawCommand({ ...ledger, incidentId: first })}`
  );
}
