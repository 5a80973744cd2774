import type * as z from 'zod';
import type { Environment, TaskClock } from '../handler.ts';
import type { Item } from '../item/item.ts';
import { PulseMeter, pulseFrom, pulseValue } from '../ledger/pulse.ts';
import { Budget } from '../pacing/budget.ts';
import { FIRST_RATES, shareOf } from '../pacing/rates.ts';
import { type Spending, Unpaced } from '../pacing/spending.ts';
import { RESTORED_PREFIX } from '../preflight/restored-name.ts';
import type { verifySegment } from './task.ts';

type Request = z.output<typeof verifySegment.definition.input>;

/** What the verification of one segment uses of its table, and what it tells of its pace. */
export class VerifyWatch {
  /** Of a live table its share of what all segments may use together; a restored one is nobody else's. */
  readonly spending: Spending;
  /** The same of the other table, in which single items are read by key. */
  readonly counterpartSpending: Spending;
  readonly #request: Request;
  readonly #environment: Environment;
  #meter: PulseMeter;

  /** @param clock whose `sleep` throws when there is no time left to wait. */
  constructor(request: Request, environment: Environment, clock: TaskClock) {
    const { table, rates = FIRST_RATES, atOnce = 1, expiry } = request;
    const spendingOf = (name: string) =>
      name.startsWith(RESTORED_PREFIX) ? new Unpaced() : new Budget(shareOf(rates, 'read', atOnce), clock);
    this.spending = spendingOf(table);
    this.counterpartSpending = expiry ? spendingOf(expiry.counterpart) : new Unpaced();
    this.#request = request;
    this.#environment = environment;
    this.#meter = new PulseMeter(environment.clock, { read: 0, write: 0 }, 0);
  }

  /** @param record what earlier invocations have left, and `items` how many they have read. */
  goOn(record: Item, items: number): void {
    this.#meter = new PulseMeter(this.#environment.clock, pulseFrom(record.pulse).units, items);
  }

  /** The part of the segment's record that is for whoever looks on; a line of the log says the same. */
  tell({ items, done }: { readonly items: number; readonly done: boolean }): Item {
    const read = this.spending.units + this.counterpartSpending.units;
    const pulse = this.#meter.take({ items, units: { read, write: 0 } });
    const { incidentId, table, segment } = this.#request;
    this.#environment.log?.({ task: 'VerifySegment', incidentId, table, segment, done, items, ...pulse });
    return { pulse: pulseValue(pulse), done: { BOOL: done } };
  }
}
