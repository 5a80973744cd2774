import type { TaskClock } from '../handler.ts';
import type { Units } from '../ledger/pulse.ts';
import { Budget } from '../pacing/budget.ts';
import { FIRST_RATES, shareOf } from '../pacing/rates.ts';
import { type Spending, Unpaced } from '../pacing/spending.ts';
import type { ResetRequest } from './reset-request.ts';
import type { Sides } from './sides.ts';

/** What the reset of one segment uses of its tables. */
export class ResetSpending {
  /**
   * Of the live table its share of what all segments may use together. The restored one is nobody else's, so it
   * is read as fast as it gives.
   */
  readonly reads: Sides<Spending>;
  readonly writes: Spending;

  /** @param clock whose `sleep` throws when there is no time left to wait. */
  constructor({ rates = FIRST_RATES, atOnce = 1 }: ResetRequest, clock: TaskClock) {
    this.reads = { live: new Budget(shareOf(rates, 'read', atOnce), clock), restored: new Unpaced() };
    this.writes = new Budget(shareOf(rates, 'write', atOnce), clock);
  }

  /** Used so far, of both tables. */
  get units(): Units {
    return { read: this.reads.live.units + this.reads.restored.units, write: this.writes.units };
  }
}
