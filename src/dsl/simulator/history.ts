import type { HistoryEvent } from './history-event.ts';
import type { UnnumberedEvent } from './request.ts';

/** What becomes of the events of a history. */
interface Keeping {
  /** Whether `events` has them; the listener hears them in any case. */
  readonly keep: boolean;
  readonly now: () => number;
  readonly listener: (event: HistoryEvent) => void;
}

/** An execution's events as GetExecutionHistory gives them: numbered from 1, in the order they happened. */
export class History {
  readonly events: HistoryEvent[];
  #count: number;
  #latest = new Date(Number.NaN);
  readonly #keeping: Keeping;

  /** @param before the history that this one goes on from. */
  constructor(keeping: Keeping, before?: History) {
    this.#keeping = keeping;
    this.#count = before?.count ?? 0;
    this.events = [...(before?.events ?? [])];
  }

  /** How many events there were, kept or not. */
  get count(): number {
    return this.#count;
  }

  /** A history that goes on from this one, which stays as it is. */
  continued(): History {
    return new History(this.#keeping, this);
  }

  /** Gives the event, which is nobody else's, its id and time. Returns its id. */
  append(event: UnnumberedEvent): number {
    const numbered = event as Omit<UnnumberedEvent, 'id' | 'timestamp'> as {
      -readonly [field in keyof HistoryEvent]: HistoryEvent[field];
    };
    numbered.id = ++this.#count;
    numbered.timestamp = this.#timestamp();
    if (this.#keeping.keep) this.events.push(numbered);
    this.#keeping.listener(numbered);
    return numbered.id;
  }

  /** Events of the same instant share it. */
  #timestamp(): Date {
    const now = this.#keeping.now();
    if (this.#latest.getTime() !== now) this.#latest = new Date(now);
    return this.#latest;
  }
}
