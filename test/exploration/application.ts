import { sensitiveItem } from '../support/sensitive-items.ts';
import { tableArn } from '../support/table-description.ts';
import type { Writes } from './disaster.ts';
import type { ExploredWorld } from './explored-world.ts';

const EVERY_MILLISECONDS = 20_000;
const ROLE = 'arn:aws:iam::123456789012:role/shop';

/** The calls that change nothing: since when, and of which functions. */
interface Rest {
  readonly since: number;
  readonly called: readonly string[];
}

/**
 * An application that works for ever: each function that may run is called every twenty seconds, writes at once, and
 * once more in the last moment of its timeout, whatever has become of its concurrency by then. While none may run, or
 * a fence refuses all that they write, the calls would change nothing: it rests until something else does, and makes
 * up for the calls that are still under way then.
 */
export class Application {
  readonly #world: ExploredWorld;
  readonly #writes: Writes;
  /** How many invocations of each function are under way. */
  readonly #running = new Map<string, number>();
  readonly #start: number;
  #rest: Rest | undefined;

  constructor(world: ExploredWorld, writes: Writes) {
    this.#world = world;
    this.#writes = writes;
    this.#start = world.clock.now();
    this.#work();
  }

  /** The functions that write: they may be called, or are running still. */
  get atWork(): string[] {
    return Object.keys(this.#writes).filter(
      (name) => this.#mayRun(name) || (this.#running.get(name) ?? 0) > 0,
    );
  }

  /** Calls a function now, beside its usual calls. */
  call(name: string): void {
    this.#begin(name, this.#world.clock.now());
    this.#write(name);
  }

  /** To be told of whatever may have changed who may run or write. */
  stir(): void {
    const rest = this.#rest;
    if (rest === undefined || this.#isInVain(rest.called)) return;
    this.#rest = undefined;
    const { clock } = this.#world;
    for (const name of rest.called)
      for (
        let at = clock.now() - this.#sinceLast();
        at > rest.since && this.#end(name, at) > clock.now();
        at -= EVERY_MILLISECONDS
      )
        this.#begin(name, at);
    this.#workAgain();
  }

  get #mayBeCalled(): readonly string[] {
    return Object.keys(this.#writes).filter((name) => this.#mayRun(name));
  }

  #mayRun(name: string): boolean {
    const found = this.#world.functions.get(name);
    return found !== undefined && found.reserved !== 0;
  }

  /** Whether these are the functions that may be called, and none of them may write. */
  #isInVain(called: readonly string[]): boolean {
    return (
      String(this.#mayBeCalled) === String(called) &&
      !called.some((name) => this.#mayWrite(this.#writes[name]?.table))
    );
  }

  #mayWrite(table = ''): boolean {
    return this.#world.policies.allows(tableArn(table), ROLE, 'dynamodb:PutItem');
  }

  #work(): void {
    const called = this.#mayBeCalled;
    const { clock } = this.#world;
    for (const name of called) {
      this.#begin(name, clock.now());
      this.#write(name);
    }
    if (this.#isInVain(called)) this.#rest = { since: clock.now(), called };
    else this.#workAgain();
  }

  #workAgain(): void {
    const { clock } = this.#world;
    clock.scheduleIdle(clock.now() - this.#sinceLast() + EVERY_MILLISECONDS, () => this.#work());
  }

  #sinceLast(): number {
    return (this.#world.clock.now() - this.#start) % EVERY_MILLISECONDS;
  }

  /** The last moment of a call, which an alias sends to the version that lasts longest. */
  #end(name: string, at: number): number {
    const { timeout = 30, versions = [] } = this.#world.functions.get(name) ?? {};
    return at + Math.max(timeout, ...versions) * 1000 - 1;
  }

  #begin(name: string, at: number): void {
    this.#count(name, 1);
    this.#world.clock.scheduleIdle(this.#end(name, at), () => {
      this.#write(name);
      this.#count(name, -1);
    });
  }

  #count(name: string, change: 1 | -1): void {
    this.#running.set(name, (this.#running.get(name) ?? 0) + change);
  }

  #write(name: string): void {
    const { clock, witness } = this.#world;
    const { table = '', item = 0 } = this.#writes[name] ?? {};
    if (!this.#mayWrite(table)) return;
    this.#world.tables.write(table, sensitiveItem(item, `by ${name} at ${clock.now()}`));
    witness.applicationWrote(table);
  }
}
