import type { HistoryEvent } from './history-event.ts';
import type { UnnumberedEvent } from './request.ts';

/** An execution's events as GetExecutionHistory gives them: numbered from 1, in the order they happened. */
export class History {
  readonly events: HistoryEvent[] = [];
  readonly #now: () => number;
  readonly #listener: (event: HistoryEvent) => void;

  constructor(now: () => number, listener: (event: HistoryEvent) => void) {
    this.#now = now;
    this.#listener = listener;
  }

  /** Returns the event's id. */
  append(event: UnnumberedEvent): number {
    const numbered = { ...event, id: this.events.length + 1, timestamp: new Date(this.#now()) };
    this.events.push(numbered);
    this.#listener(numbered);
    return numbered.id;
  }
}
