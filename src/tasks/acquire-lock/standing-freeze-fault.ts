import { otherFrozenIncidents } from '../ledger/frozen-mark.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** Names other incidents whose freeze still stands, or undefined when there is none. */
export async function standingFreezeFault(ledger: Ledger): Promise<string | undefined> {
  const others = await otherFrozenIncidents(ledger);
  if (others.length === 0) return undefined;
  return (
    `lock: functions are still frozen by incident ${others.join(', ')}; ` +
    `run that incident to its end, or thaw it with: rewind thaw ${others[0]}`
  );
}
