import type { VirtualClock } from '../../src/dsl/simulator/clock.ts';
import { type Load, segmentWork } from './loads.ts';
import type { Meter } from './meter.ts';
import type { Setting } from './setting.ts';
import { Stage } from './stage.ts';

/** One invocation's time: its clock, and when it must stop. Milliseconds since the epoch. */
interface Time {
  readonly clock: { now(): number; sleep(milliseconds: number): Promise<void> };
  readonly until: number;
}

/** Less of a segment than this is a rounding error. */
const NOTHING = 1e-6;

/** One pass over a table, segment by segment, each of which may take several invocations. */
export class Pass {
  readonly #stage: Stage;
  readonly #load: Load;
  readonly #segments: number;
  readonly #meter: Meter;
  /** What is left of the segments that have been begun, 0 to 1. */
  readonly #left = new Map<number, number>();

  constructor(
    load: Load,
    segments: number,
    {
      clock,
      setting,
      meter,
    }: { readonly clock: VirtualClock; readonly setting: Setting; readonly meter: Meter },
  ) {
    this.#stage = new Stage(clock, segmentWork(load, segments, setting));
    this.#load = load;
    this.#segments = segments;
    this.#meter = meter;
  }

  /** Seconds in which there was work, by what held it up. */
  get secondsBy(): ReadonlyMap<string, number> {
    return this.#stage.secondsBy;
  }

  /** Works on a segment until it is done or the time is up, and says whether it is done. */
  async workOn(segment: number, time: Time): Promise<boolean> {
    const before = this.#left.get(segment) ?? 1;
    const done = await this.#stage.workOn(before, time);
    const left = before - done < NOTHING ? 0 : before - done;
    this.#left.set(segment, left);
    for (const { kind, units } of this.#load.draws) {
      const drawn = (units / this.#segments) * (before - left);
      if (kind === 'read') this.#meter.readUnits += drawn;
      else this.#meter.writeUnits += drawn;
    }
    return left === 0;
  }
}
