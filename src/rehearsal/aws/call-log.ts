/** What the embedded AWS was asked and which tables were written; counts only, never items or keys. */
export class CallLog {
  readonly #calls = new Map<string, number>();
  readonly #writes = new Map<string, number>();

  /** @param operation service and operation, for example `DynamoDB.Scan` or `Lambda.GetFunction`. */
  countCall(operation: string): void {
    this.#calls.set(operation, this.calls(operation) + 1);
  }

  countWrite(table: string): void {
    this.#writes.set(table, this.writes(table) + 1);
  }

  /** How often an operation was asked for, refused calls included. */
  calls(operation: string): number {
    return this.#calls.get(operation) ?? 0;
  }

  /** How many items were put into or deleted from a table by calls; a restore is not a write. */
  writes(table: string): number {
    return this.#writes.get(table) ?? 0;
  }

  /** Every operation asked for, with its count, by name. */
  allCalls(): Readonly<Record<string, number>> {
    return byName(this.#calls);
  }

  /** Every table written to, with its count, by name. */
  allWrites(): Readonly<Record<string, number>> {
    return byName(this.#writes);
  }

  /** Forgets everything counted so far, for example once the tables are filled. */
  clear(): void {
    this.#calls.clear();
    this.#writes.clear();
  }
}

function byName(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1)));
}
