import { sensitiveItem } from '../support/sensitive-items.ts';
import { tableArn } from '../support/table-description.ts';
import type { ExploredWorld } from './explored-world.ts';

const EVERY_MILLISECONDS = 20_000;
const ROLE = 'arn:aws:iam::123456789012:role/shop';

/** Which table each function writes, and the number of the item. */
const WRITES: Readonly<Record<string, { readonly table: string; readonly item: number }>> = {
  'shop-orders': { table: 'orders', item: 10 },
  'shop-mail': { table: 'clients', item: 30 },
  'shop-new': { table: 'orders', item: 99 },
};

/**
 * An application that works for ever: each function that may run is called every twenty seconds, writes at once, and
 * once more in the last moment of its timeout, whatever has become of its concurrency by then.
 */
export class Application {
  readonly #world: ExploredWorld;
  /** How many invocations of each function are under way. */
  readonly #running = new Map<string, number>();

  constructor(world: ExploredWorld) {
    this.#world = world;
    this.#work();
  }

  /** The functions that write: they may be called, or are running still. */
  get atWork(): string[] {
    return Object.keys(WRITES).filter((name) => this.#mayRun(name) || (this.#running.get(name) ?? 0) > 0);
  }

  #mayRun(name: string): boolean {
    const found = this.#world.functions.get(name);
    return found !== undefined && found.reserved !== 0;
  }

  #work(): void {
    const { clock, functions } = this.#world;
    for (const name of Object.keys(WRITES)) {
      if (!this.#mayRun(name)) continue;
      this.#count(name, 1);
      this.#write(name);
      clock.scheduleIdle(clock.now() + (functions.get(name)?.timeout ?? 30) * 1000 - 1, () => {
        this.#write(name);
        this.#count(name, -1);
      });
    }
    clock.scheduleIdle(clock.now() + EVERY_MILLISECONDS, () => this.#work());
  }

  #count(name: string, change: 1 | -1): void {
    this.#running.set(name, (this.#running.get(name) ?? 0) + change);
  }

  #write(name: string): void {
    const { clock, policies, tables, witness } = this.#world;
    const { table = '', item: number = 0 } = WRITES[name] ?? {};
    if (!policies.allows(tableArn(table), ROLE, 'dynamodb:PutItem')) return;
    const item = sensitiveItem(number, `by ${name} at ${clock.now()}`);
    const { pk, sk } = item;
    if (pk && sk) tables.get(table)?.write({ pk, sk }, item, clock.now());
    witness.applicationWrote(table);
  }
}
