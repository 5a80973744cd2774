import type { Counts } from '../incident.ts';
import { TaskError } from '../task-error.ts';
import type { StoredItem } from '../wire/stored-item.ts';
import type { Findings } from './comparison.ts';

type Changes = Pick<Counts, 'puts' | 'deletes'>;

interface Plan {
  readonly table: string;
  /** What the plan of the same run has counted for this segment. */
  readonly planned: Changes;
  /** What the ledger has of it as done. */
  readonly done: Changes;
}

/**
 * Passes on no more changes of a segment than its plan has counted: that is what somebody agreed to, and what the
 * gate held against the limits.
 *
 * A table that nobody else writes to never needs more. Plan and reset have the same segments, and a key lies in the
 * same one for as long as their number is the same (Developer Guide, "Scanning tables in DynamoDB", parallel scan: by
 * a hash of its partition key); a plan whose segments are read one after the other relies on that too. Items that
 * expire make less. A put that was made but not saved, since its invocation died, counts as unchanged the next time,
 * so what was put in that way stands beside the count: it must not refuse what is planned.
 */
export class WithinPlan implements Findings {
  readonly #onward: Findings;
  readonly #plan: Plan;
  readonly #left: { -readonly [Kind in keyof Changes]: number };

  /** @throws TaskError `PlanExceeded` when more is done already. */
  constructor(onward: Findings, plan: Plan) {
    const { planned, done } = plan;
    this.#onward = onward;
    this.#plan = plan;
    this.#left = { puts: planned.puts - done.puts, deletes: planned.deletes - done.deletes };
    this.#require('puts');
    this.#require('deletes');
  }

  /** @throws TaskError `PlanExceeded` */
  async put(restored: StoredItem, live: StoredItem | undefined): Promise<void> {
    this.#left.puts -= 1;
    this.#require('puts');
    await this.#onward.put(restored, live);
  }

  /** @throws TaskError `PlanExceeded` */
  async doom(live: StoredItem): Promise<void> {
    this.#left.deletes -= 1;
    this.#require('deletes');
    await this.#onward.doom(live);
  }

  keep(restored: StoredItem): void {
    this.#onward.keep(restored);
  }

  // So short because a cause has room for so much (src/workflow/segment-failure.ts).
  #require(kind: keyof Changes): void {
    if (this.#left[kind] >= 0) return;
    const { table, planned } = this.#plan;
    throw new TaskError(
      'PlanExceeded',
      `${table} needs more ${kind} than the ${planned[kind]} planned here: something has written to it since. The ` +
        'application stays frozen: stop what writes (runbook: Other writers), start the incident again with the same id',
    );
  }
}
