export interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  /** Whether nothing waits for it. */
  readonly idle: boolean;
  /** Its index in the heap. */
  place: number;
}

/** Timers in time order, ties in the order they were added: a binary heap in which every timer knows its place. */
export class TimerQueue {
  readonly #heap: Timer[] = [];
  #order = 0;
  /** How many of them something waits for. */
  #awaited = 0;

  /** The timer whose turn it is. */
  get next(): Timer | undefined {
    return this.#heap[0];
  }

  /** Whether nothing waits for any of them. */
  get areIdle(): boolean {
    return this.#awaited === 0;
  }

  /** Returns the timer's cancellation, which does nothing once the timer has been taken. */
  add(at: number, run: () => void, idle: boolean): () => void {
    const timer = { at, order: this.#order++, run, idle, place: this.#heap.length };
    if (!idle) this.#awaited += 1;
    this.#heap.push(timer);
    this.#rise(timer);
    return () => this.#remove(timer);
  }

  /** Takes the timer whose turn it is. */
  take(): Timer | undefined {
    const next = this.#heap[0];
    if (next !== undefined) this.#remove(next);
    return next;
  }

  #remove(timer: Timer): void {
    const { place } = timer;
    if (this.#heap[place] !== timer) return;
    if (!timer.idle) this.#awaited -= 1;
    const last = this.#heap.pop() as Timer;
    if (last === timer) return;
    this.#put(last, place);
    this.#rise(last);
    this.#sink(last);
  }

  #rise(timer: Timer): void {
    while (timer.place > 0) {
      const parent = this.#heap[(timer.place - 1) >>> 1] as Timer;
      if (isBefore(parent, timer)) return;
      this.#swap(parent, timer);
    }
  }

  #sink(timer: Timer): void {
    for (;;) {
      const left = this.#heap[2 * timer.place + 1];
      const right = this.#heap[2 * timer.place + 2];
      const child = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
      if (child === undefined || isBefore(timer, child)) return;
      this.#swap(timer, child);
    }
  }

  #swap(upper: Timer, lower: Timer): void {
    const { place } = upper;
    this.#put(upper, lower.place);
    this.#put(lower, place);
  }

  #put(timer: Timer, place: number): void {
    this.#heap[place] = timer;
    timer.place = place;
  }
}

const isBefore = (timer: Timer, other: Timer): boolean =>
  timer.at < other.at || (timer.at === other.at && timer.order < other.order);
