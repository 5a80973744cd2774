/** One process under way. Once stopped it is never resumed, and what it waits for is called off. */
export class Strand {
  #stopped = false;
  /** Made when it is first needed: most iterations wait for nothing. */
  #calledOff: Set<() => void> | undefined;

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Has `callOff` run if the strand is stopped. Returns the way to take that back. */
  onStop(callOff: () => void): () => void {
    const calledOff = (this.#calledOff ??= new Set());
    calledOff.add(callOff);
    return () => {
      calledOff.delete(callOff);
    };
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const callOff of this.#calledOff ?? []) callOff();
    this.#calledOff?.clear();
  }
}
