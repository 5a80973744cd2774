/** One process under way. Once stopped it is never resumed, and what it waits for is called off. */
export class Strand {
  #stopped = false;
  readonly #calledOff = new Set<() => void>();

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Has `callOff` run if the strand is stopped. Returns the way to take that back. */
  onStop(callOff: () => void): () => void {
    this.#calledOff.add(callOff);
    return () => {
      this.#calledOff.delete(callOff);
    };
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const callOff of this.#calledOff) callOff();
    this.#calledOff.clear();
  }
}
