import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { TaskClock } from '../handler.ts';
import { countFrom, countValue } from './segment-progress.ts';

/** Capacity units of all tables that a piece of work uses. */
export interface Units {
  readonly read: number;
  readonly write: number;
}

/** How much a segment's work has used, and how fast it goes: for whoever looks on. */
export interface Pulse {
  /** When it was told: UTC, ISO 8601. */
  readonly at: string;
  /** So far, by all invocations together. */
  readonly units: Units;
  /** Since it was told before. */
  readonly perSecond: { readonly items: number; readonly readUnits: number; readonly writeUnits: number };
}

/** What has been done so far. */
interface Done {
  readonly items: number;
  readonly units: Units;
}

/** Measures the pace of one invocation from one telling to the next. */
export class PulseMeter {
  readonly #clock: TaskClock;
  readonly #before: Units;
  #last: Done & { readonly time: number };

  /**
   * @param before units that earlier invocations have used.
   * @param items that they have read.
   */
  constructor(clock: TaskClock, before: Units, items: number) {
    this.#clock = clock;
    this.#before = before;
    this.#last = { items, units: { read: 0, write: 0 }, time: clock.now() };
  }

  /**
   * @param items read so far, by all invocations.
   * @param units used so far by this one.
   */
  take({ items, units }: Done): Pulse {
    const time = this.#clock.now();
    const seconds = Math.max(0.001, (time - this.#last.time) / 1000);
    const rate = (now: number, before: number) => Math.round(Math.max(0, now - before) / seconds);
    const perSecond = {
      items: rate(items, this.#last.items),
      readUnits: rate(units.read, this.#last.units.read),
      writeUnits: rate(units.write, this.#last.units.write),
    };
    this.#last = { items, units, time };
    const all = { read: this.#before.read + units.read, write: this.#before.write + units.write };
    return { at: new Date(time).toISOString(), units: all, perSecond };
  }
}

/** As an attribute of a segment's record. */
export function pulseValue({ at, units, perSecond }: Pulse): AttributeValue {
  return {
    M: {
      at: { S: at },
      read: countValue(units.read),
      write: countValue(units.write),
      itemsPerSecond: countValue(perSecond.items),
      readPerSecond: countValue(perSecond.readUnits),
      writePerSecond: countValue(perSecond.writeUnits),
    },
  };
}

/** Reads it back; what is not told is 0, and its time empty. */
export function pulseFrom(value: AttributeValue | undefined): Pulse {
  const told = value?.M;
  return {
    at: told?.at?.S ?? '',
    units: { read: countFrom(told?.read), write: countFrom(told?.write) },
    perSecond: {
      items: countFrom(told?.itemsPerSecond),
      readUnits: countFrom(told?.readPerSecond),
      writeUnits: countFrom(told?.writePerSecond),
    },
  };
}
