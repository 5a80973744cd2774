/** The one end that a call comes to, whichever comes first; what it kept waiting is called off then. */
export class CallEnding {
  #over = false;
  readonly #calledOff: (() => void)[] = [];
  readonly #abort: () => void;

  constructor(abort: () => void) {
    this.#abort = abort;
  }

  onEnd(callOff: () => void): void {
    this.#calledOff.push(callOff);
  }

  unlessOver(run: () => void): void {
    if (!this.#over) run();
  }

  end(settle: () => void): void {
    if (this.#over) return;
    this.#over = true;
    for (const callOff of this.#calledOff) callOff();
    settle();
  }

  /** The execution or branch was stopped: nothing waits for the call any more. */
  stop(): void {
    this.end(() => {});
    this.#abort();
  }
}
