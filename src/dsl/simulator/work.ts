import { SimulationError } from './simulation-error.ts';
import { watch } from './watchdog.ts';

/** Work under way, by who does it. */
interface Worker {
  readonly what: string;
}

/** The work that holds a clock, and those who wait for something to happen. */
export class Work {
  readonly #patience: number;
  readonly #working = new Set<Worker>();
  readonly #waiting = new Set<() => void>();
  /** Counts what happens, so that standing still can be told from working. */
  #happened = 0;

  /** @param patience milliseconds of real time for which work may go on while nothing happens. */
  constructor(patience: number) {
    this.#patience = patience;
  }

  get isUnderWay(): boolean {
    return this.#working.size > 0;
  }

  begin(worker: Worker): void {
    this.#working.add(worker);
    this.#happened += 1;
  }

  end(worker: Worker): void {
    this.#working.delete(worker);
    this.#happened += 1;
    if (this.#working.size === 0) this.wake();
  }

  /** Wakes everyone who waits, to look again. */
  wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /** Settles when all are woken, or by what `rest` is given; `rest` returns its own cancellation. */
  rest(rest: (wake: () => void) => () => void): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        callOff();
        resolve();
      };
      const callOff = rest(wake);
      this.#waiting.add(wake);
    });
  }

  /**
   * Settles when nothing is under way any more.
   * @throws SimulationError when what is under way does nothing more.
   */
  async over(): Promise<void> {
    let isStuck = false;
    await this.rest((wake) =>
      watch(this.#patience, {
        progress: () => this.#happened,
        bark: () => {
          isStuck = true;
          wake();
        },
      }),
    );
    if (isStuck) throw new SimulationError(this.#whoWorks());
  }

  #whoWorks(): string {
    const workers = [...this.#working].map(({ what }) => what).join('; ');
    return (
      `virtual time has stood still for ${this.#patience} ms of real time: ${workers} has neither returned nor slept; ` +
      "to wait use the invocation's clock.sleep, to run another machine options.machines or a clock of its own, " +
      'and for slow work new VirtualClock(start, { patience })'
    );
  }
}
