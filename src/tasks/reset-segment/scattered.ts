/** What waits to be written. */
export interface Waiting {
  /** Of its key; of one key only the latest waits. */
  readonly identity: string;
  readonly bytes: number;
}

/** How much of it is taken at a time. */
interface Most {
  readonly number: number;
  readonly bytes: number;
  /** Whether something must stay for now. */
  readonly notNow: (identity: string) => boolean;
}

/**
 * Things in no order: they are taken out at random. What a scan brings one after the other lies in one partition,
 * or under one key of an index, and would all hit the same place.
 */
export class Scattered<T extends Waiting> {
  readonly #random: () => number;
  readonly #all: T[] = [];
  readonly #places = new Map<string, number>();
  #bytes = 0;

  /** @param random numbers from 0 to 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  get size(): number {
    return this.#all.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Adds one, in the place of the one with the same key. */
  add(one: T): void {
    const place = this.#places.get(one.identity) ?? this.#all.length;
    this.#bytes += one.bytes - (this.#all[place]?.bytes ?? 0);
    this.#put(one, place);
  }

  /** Takes some out: at least one, if there is any that may go now, however large. */
  take(most: Most): T[] {
    const taken: T[] = [];
    let bytes = 0;
    // Those in front of `rest` may still be drawn; those behind have been and stay.
    for (let rest = this.#all.length; rest > 0 && taken.length < most.number; rest -= 1) {
      const place = Math.min(rest - 1, Math.floor(this.#random() * rest));
      const drawn = this.#all[place] as T;
      this.#put(this.#all[rest - 1] as T, place);
      this.#put(drawn, rest - 1);
      if (most.notNow(drawn.identity)) continue;
      if (taken.length > 0 && bytes + drawn.bytes > most.bytes) break;
      bytes += drawn.bytes;
      taken.push(drawn);
      this.#remove(rest - 1);
    }
    return taken;
  }

  #remove(place: number): void {
    const gone = this.#all[place] as T;
    const last = this.#all.pop() as T;
    this.#places.delete(gone.identity);
    this.#bytes -= gone.bytes;
    if (last !== gone) this.#put(last, place);
  }

  #put(one: T, place: number): void {
    this.#all[place] = one;
    this.#places.set(one.identity, place);
  }
}
