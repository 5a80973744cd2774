import type { HistoryEvent } from './history-event.ts';
import type { UnnumberedEvent } from './request.ts';

/** An execution's events as GetExecutionHistory gives them: numbered from 1, in the order they happened. */
export class History {
  readonly events: HistoryEvent[];
  #latest = new Date(Number.NaN);
  readonly #now: () => number;
  readonly #listener: (event: HistoryEvent) => void;

  /** @param events those that there are already. */
  constructor(
    now: () => number,
    listener: (event: HistoryEvent) => void,
    events: readonly HistoryEvent[] = [],
  ) {
    this.#now = now;
    this.#listener = listener;
    this.events = [...events];
  }

  /** A history that goes on from this one, which stays as it is. */
  continued(): History {
    return new History(this.#now, this.#listener, this.events);
  }

  /** Gives the event, which is nobody else's, its id and time. Returns its id. */
  append(event: UnnumberedEvent): number {
    const numbered = event as { -readonly [field in keyof HistoryEvent]: HistoryEvent[field] };
    numbered.id = this.events.length + 1;
    numbered.timestamp = this.#timestamp();
    this.events.push(numbered);
    this.#listener(numbered);
    return numbered.id;
  }

  /** Events of the same instant share it. */
  #timestamp(): Date {
    const now = this.#now();
    if (this.#latest.getTime() !== now) this.#latest = new Date(now);
    return this.#latest;
  }
}
