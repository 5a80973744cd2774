import { RestorableTable } from '../support/restorable-table.ts';
import type { Item } from '../support/sensitive-items.ts';
import { DAMAGED, MADE, OTHER, type Variant } from './disaster.ts';
import { type NamedTables, namedTables, takenBack } from './named-tables.ts';

/** The tables of an application after a disaster, and what they must hold when they are taken back. */
export class ExploredTables {
  /** By name; the restored ones, too. */
  readonly all = new Map<string, RestorableTable>();
  readonly #named: NamedTables;
  /** The named tables as they would be if no recovery had written to them. */
  readonly #untouched = new Map<string, RestorableTable>();
  readonly #now: () => number;

  constructor(variant: Variant, now: () => number) {
    this.#now = now;
    this.#named = namedTables(variant);
    for (const [name, { good, damaged }] of Object.entries(this.#named))
      for (const tables of [this.all, this.#untouched])
        tables.set(name, tableOf(name, good)).get(name)?.become(damaged, DAMAGED);
    this.all.set(OTHER.name, tableOf(OTHER.name, OTHER.items));
  }

  /** Those that are taken back. */
  get named(): RestorableTable[] {
    return [...this.all.values()].filter(({ name }) => name in this.#named);
  }

  /** Their copies. */
  get copies(): RestorableTable[] {
    return [...this.all.values()].filter(({ name }) => name.startsWith('rewind-'));
  }

  /** The one that nobody names. */
  get other(): RestorableTable | undefined {
    return this.all.get(OTHER.name);
  }

  /** What a table must hold when the application comes back. */
  good(table: string): readonly Item[] {
    const named = this.#named[table];
    return named ? takenBack(named, this.#untouched.get(table)?.items ?? []) : OTHER.items;
  }

  /** Writes an item as somebody does who is no part of the recovery. */
  write(table: string, item: Item): void {
    const { pk, sk } = item;
    if (pk && sk)
      for (const tables of [this.all, this.#untouched])
        tables.get(table)?.write({ pk, sk }, item, this.#now());
  }
}

function tableOf(name: string, items: readonly Item[]): RestorableTable {
  const table = new RestorableTable(name);
  table.become(items, MADE);
  return table;
}
