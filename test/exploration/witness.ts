import { isDeepStrictEqual } from 'node:util';
import { FENCE_SID } from '../../src/tasks/fence/fenced-policy.ts';
import type { RestorableTable } from '../support/restorable-table.ts';
import type { Item } from '../support/sensitive-items.ts';
import { tableArn } from '../support/table-description.ts';
import { INCIDENT } from './disaster.ts';

export type Invariant = 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'S6' | 'S7' | 'L1';

/** What was promised and not kept. */
export interface Violation {
  readonly invariant: Invariant;
  readonly words: string;
}

/** What has happened can be restored after so long. */
export const WINDOW_LAG_MINUTES = 2;

/**
 * How the application stands, as far as the recovery's own changes tell: it `runs`, it is `frozen`, tables are being
 * `reset` under the freeze, or the freeze is being lifted (`thawed`).
 */
type Phase = 'runs' | 'frozen' | 'reset' | 'thawed';

/** Watches every change of the tables and of the application, and says what should never have happened. */
export class Witness {
  readonly violations: Violation[] = [];
  /** The application's functions that may be called or are running. */
  atWork: () => readonly string[] = () => [];
  isRunning: (executionArn: string) => boolean = () => false;
  phase: Phase = 'runs';
  /** Whether the recovery has written a live table. */
  hasReset = false;
  /** The executions that have held the lock, by ARN. */
  readonly holders = new Set<string>();
  /** Whether the named tables held what they had to when the last thaw after a reset began. */
  cameBackGood: boolean | undefined;
  /** Whether an item may be in a table when the application comes back, although others have written it. */
  mayStay: (item: Item) => boolean = () => false;
  readonly #named: readonly RestorableTable[];
  readonly #now: () => number;
  readonly #good: (table: string) => readonly Item[];
  readonly #lastWrites = new Map<string, number>();
  #holder: string | undefined;
  /** Whether the application has come back after a reset, so that only another incident may reset it again. */
  #isBack = false;

  /**
   * @param named the tables that are taken back.
   * @param good what a table must hold when the application comes back.
   */
  constructor(
    named: readonly RestorableTable[],
    { now, good }: { readonly now: () => number; readonly good: (table: string) => readonly Item[] },
  ) {
    this.#named = named;
    this.#now = now;
    this.#good = good;
  }

  report(invariant: Invariant, words: string): void {
    if (!this.violations.some((known) => known.invariant === invariant && known.words === words))
      this.violations.push({ invariant, words });
  }

  applicationWrote(table: string): void {
    this.#lastWrites.set(table, this.#now());
    if (this.phase === 'reset')
      this.report('S3', `the application wrote ${table} while tables were being reset`);
  }

  /** A call that has been done. */
  saw(operation: string, input: Record<string, unknown>): void {
    if (operation === 'BatchWriteItem') this.#sawWrites(Object.keys(input.RequestItems as object));
    if (operation === 'DeleteItem' && (input.Key as Item).pk?.S === 'lock') this.#holder = undefined;
    if (operation === 'PutItem') this.#sawRecord(input.Item as Item);
    // Before a reset only one is deleted, that has just been made and that others could read.
    if (operation === 'DeleteTable' && this.hasReset && this.cameBackGood !== true)
      this.report('S2', 'the copy of a table was deleted before the application came back on what it held');
    const freezes = this.#isOfCopy(input) ? undefined : direction(operation, input);
    if (freezes === 'freezes' && this.phase !== 'reset') this.phase = 'frozen';
    if (freezes !== 'thaws' || this.phase === 'thawed') return;
    // What is only undone leaves the tables as they were.
    if (this.phase === 'reset')
      this.cameBackGood = this.#named.every(({ name, items }) =>
        holdTheSame(
          items.filter((item) => !this.mayStay(item)),
          this.#good(name),
        ),
      );
    this.#isBack = this.hasReset;
    this.phase = 'thawed';
  }

  /** The policy of a copy says nothing about the application. */
  #isOfCopy({ ResourceArn }: Record<string, unknown>): boolean {
    return ResourceArn !== undefined && !this.#named.some(({ name }) => tableArn(name) === ResourceArn);
  }

  #sawRecord({ pk, incidentId, executionArn }: Item): void {
    if (pk?.S !== 'lock') return;
    if (incidentId?.S !== INCIDENT) this.#isBack = false;
    const before = this.#holder;
    this.#holder = executionArn?.S;
    if (this.#holder !== undefined) this.holders.add(this.#holder);
    if (before !== undefined && before !== this.#holder && this.isRunning(before))
      this.report('S7', 'the lock was taken from an execution that runs');
  }

  #sawWrites(tables: readonly string[]): void {
    for (const { name } of this.#named.filter((table) => tables.includes(table.name))) {
      const atWork = this.atWork();
      if (atWork.length > 0)
        this.report('S3', `the recovery wrote ${name} while ${atWork.join(', ')} could write`);
      if (this.phase === 'frozen') this.phase = 'reset';
      this.hasReset = true;
      if (this.#isBack)
        this.report('S3', `the recovery wrote ${name} once more after its application had come back`);
      const last = this.#lastWrites.get(name) ?? 0;
      if (last + WINDOW_LAG_MINUTES * 60_000 > this.#now())
        this.report('S5', `the recovery wrote ${name} before its last state could be restored`);
    }
  }
}

/** Whether two tables hold the same, in whatever order. */
export function holdTheSame(some: readonly Item[], others: readonly Item[]): boolean {
  const sorted = (items: readonly Item[]): string[] => items.map((item) => JSON.stringify(item)).sort();
  return isDeepStrictEqual(sorted(some), sorted(others));
}

function direction(operation: string, input: Record<string, unknown>): 'freezes' | 'thaws' | undefined {
  switch (operation) {
    case 'PutFunctionConcurrency':
      return input.ReservedConcurrentExecutions === 0 ? 'freezes' : 'thaws';
    case 'UpdateEventSourceMapping':
      return input.Enabled === true ? 'thaws' : 'freezes';
    case 'PutResourcePolicy':
      return String(input.Policy).includes(FENCE_SID) ? 'freezes' : 'thaws';
    case 'DeleteFunctionConcurrency':
    case 'DeleteResourcePolicy':
      return 'thaws';
    default:
      return undefined;
  }
}
