import type { TaskClock } from '../handler.ts';
import type { Spending } from './spending.ts';

/** Units a second that one worker may use of a table. */
export interface Allowance {
  readonly perSecond: number;
  /** Whether that is only the beginning: it then grows until the table refuses, and shrinks when it does. */
  readonly adaptive: boolean;
  /** Below it an adaptive rate does not shrink. */
  readonly floor: number;
}

/** Of the rate at the last refusal, what is added for each second without one: the way back takes some ten. */
const INCREASE = 0.05;
/** What is left of the rate after a refusal, as CUBIC does it (RFC 9438, "Multiplicative Decrease"). */
const DECREASE = 0.7;
/** After the first refusal: doubling has gone past the limit, and the rate before it was known to be good. */
const FIRST_DECREASE = 0.5;
/** Milliseconds between two changes of the rate: requests that are under way together are refused together. */
const REACTION = 1000;

/**
 * A token bucket for the capacity units of one table. A request may be sent when the balance is not below zero,
 * and is charged what it has used, known only afterwards: one that used more than was there leaves a debt, and the
 * next waits until it is paid. So in any span of time not more is used than the rate gives, and one second's worth
 * and one request beyond it.
 *
 * An adaptive rate doubles every second until the first refusal, and from then on grows steadily and shrinks by a
 * share. It grows only while somebody waits for it: a rate that is not used proves nothing.
 */
export class Budget implements Spending {
  readonly #allowance: Allowance;
  readonly #clock: TaskClock;
  #rate: number;
  /** The first request goes at once. */
  #balance = 0;
  #filledAt: number;
  /** When the rate grew or shrank. */
  #changedAt: number;
  #shrunkAt = -Infinity;
  /** The rate at the latest refusal; undefined before the first. */
  #refused: number | undefined;
  /** Whether somebody has waited since the rate changed. */
  #wanted = false;
  #units = 0;

  /** @param clock whose `sleep` may throw, when there is no time left to wait. */
  constructor(allowance: Allowance, clock: TaskClock) {
    this.#allowance = allowance;
    this.#clock = clock;
    this.#rate = allowance.perSecond;
    this.#filledAt = clock.now();
    this.#changedAt = this.#filledAt;
  }

  get units(): number {
    return this.#units;
  }

  /** What the rate gives in a second. */
  get burst(): number {
    return this.#rate;
  }

  async ready(expected = 0): Promise<void> {
    for (;;) {
      this.#fill();
      this.#grow();
      if (this.#balance >= 0) break;
      this.#wanted = true;
      await this.#clock.sleep(Math.ceil((-this.#balance / this.#rate) * 1000));
    }
    this.#balance -= expected;
  }

  spent(units: number, expected = 0): void {
    this.#fill();
    this.#units += units;
    this.#balance = Math.min(this.#rate, this.#balance + expected - units);
  }

  throttled(): void {
    const { adaptive, floor } = this.#allowance;
    this.#fill();
    this.#balance = Math.min(0, this.#balance);
    if (!adaptive || this.#filledAt - this.#shrunkAt < REACTION) return;
    const share = this.#refused === undefined ? FIRST_DECREASE : DECREASE;
    this.#refused = this.#rate;
    this.#shrunkAt = this.#filledAt;
    this.#change(Math.max(floor, this.#rate * share));
  }

  #fill(): void {
    const now = this.#clock.now();
    const given = ((now - this.#filledAt) * this.#rate) / 1000;
    this.#balance = Math.min(this.#rate, this.#balance + given);
    this.#filledAt = now;
  }

  #grow(): void {
    if (!this.#allowance.adaptive || !this.#wanted || this.#filledAt - this.#changedAt < REACTION) return;
    this.#change(
      this.#refused === undefined ? this.#rate * 2 : this.#rate + Math.max(1, this.#refused * INCREASE),
    );
  }

  #change(rate: number): void {
    this.#rate = rate;
    this.#changedAt = this.#filledAt;
    this.#wanted = false;
  }
}
