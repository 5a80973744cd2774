import { AwsError } from '../aws-error.ts';
import type { TableRecord } from './dynalite.ts';
import type { Engine } from './engine.ts';
import { isBeingRestored, type TableEntry } from './table-entry.ts';

export interface CatalogedTable {
  readonly entry: TableEntry;
  readonly record: TableRecord;
}

/** Every table of the account, and the passage of restored tables from CREATING to ACTIVE. */
export class Catalog {
  readonly #entries = new Map<string, TableEntry>();
  readonly #restoring = new Set<TableEntry>();
  readonly #engine: Engine;
  readonly #clock: { now(): number };

  constructor(engine: Engine, clock: { now(): number }) {
    this.#engine = engine;
    this.#clock = clock;
  }

  add(entry: TableEntry): void {
    this.#entries.set(entry.name, entry);
    if (entry.origin !== undefined) this.#restoring.add(entry);
  }

  remove(name: string): void {
    const entry = this.#entries.get(name);
    if (entry !== undefined) this.#restoring.delete(entry);
    this.#entries.delete(name);
  }

  names(): string[] {
    return [...this.#entries.keys()].sort();
  }

  entry(name: string): TableEntry | undefined {
    return this.#entries.get(name);
  }

  /** @throws AwsError ResourceNotFoundException */
  known(name: string): TableEntry {
    const entry = this.#entries.get(name);
    if (entry !== undefined) return entry;
    throw noSuchTable(name);
  }

  /** @param missing the error code for a table that is not there; operations differ in it. */
  async table(
    name: string,
    missing: 'TableNotFoundException' | 'ResourceNotFoundException',
  ): Promise<CatalogedTable> {
    const record = await this.#engine.table(name);
    const entry = this.#entries.get(name);
    if (entry !== undefined && record !== undefined) return { entry, record };
    throw missing === 'TableNotFoundException'
      ? new AwsError(missing, `Table not found: ${name}`)
      : noSuchTable(name);
  }

  /** Makes ACTIVE every restored table whose time has come. Call it before each DynamoDB operation. */
  async settle(): Promise<void> {
    for (const entry of this.#restoring) {
      if (isBeingRestored(entry, this.#clock.now())) continue;
      await this.#engine.setStatus(entry.name, 'ACTIVE');
      this.#restoring.delete(entry);
    }
  }
}

function noSuchTable(name: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
}
