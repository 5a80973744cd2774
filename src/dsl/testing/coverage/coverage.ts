import type { StateMachine } from '../../asl/machine.ts';
import type { Observation } from '../../simulator/observation.ts';
import { SimulationError } from '../../simulator/simulation-error.ts';
import type { ExecutionIdentity } from '../../simulator/world.ts';
import { type Coverable, coverablesOf, enteredMark, kinds, type CoverableKind, markOf } from './coverable.ts';

/** How often what happened, by state and mark. */
type Hits = Map<string, Map<string, number>>;

/** A machine, and what runs of it did. */
export interface CoverageRecord {
  readonly name: string;
  readonly machine: StateMachine;
  readonly hits: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

interface Share {
  readonly covered: number;
  readonly total: number;
}

/** What of a machine was covered. */
export interface MachineCoverage extends Share {
  readonly name: string;
  /** Of states, transitions, ways out of Choices, Retriers and Catchers each. */
  readonly kinds: { readonly [kind in CoverableKind]: Share };
  readonly missing: readonly Coverable[];
}

/**
 * Counts which states, transitions, ways out of Choices, Retriers and Catchers of machines the tests go through, over
 * any number of runs: those of a `testMachine` that is given it, and every simulation that it observes. Runs of machines
 * that were not added are not counted. What a machine cannot come to by its definition alone is left out: a Retrier
 * without attempts, the states of a Map over a literal `[]`.
 *
 * @example
 * const coverage = new Coverage().add('Ship', compile(ship).machine);
 * await simulate(compile(ship).machine, { order: 'o-7' }, { ...world(), name: 'Ship', observe: coverage.observe });
 * const [covered] = coverage.report();
 * covered?.missing.map(({ words }) => words).at(0); // → "Input.Valid, otherwise → Input.Refused"
 */
export class Coverage {
  readonly #records = new Map<
    string,
    { readonly machine: StateMachine; readonly text: string; readonly hits: Hits }
  >();

  /**
   * Has a machine's runs counted.
   * @throws SimulationError when another machine has that name, or that one has been changed since.
   */
  add(name: string, machine: StateMachine): this {
    const known = this.#records.get(name);
    const text = JSON.stringify(machine);
    if (known === undefined) this.#records.set(name, { machine, text, hits: new Map() });
    else if (known.machine === machine && known.text !== text)
      throw new SimulationError(
        `coverage: the machine '${name}' is not what it was when its runs were first counted; change a copy of it, and give that another options.name`,
      );
    else if (known.text !== text)
      throw new SimulationError(
        `coverage: there are two machines named '${name}'; give one of them another options.name, or if one is an old one run all tests anew`,
      );
    return this;
  }

  /** To be handed to `simulate` as `options.observe`. */
  readonly observe = (seen: Observation, { machineName }: ExecutionIdentity): void => {
    if (seen.kind === 'called') return;
    // The children of a distributed Map are named after it: Ship/Each.
    const hits = this.#records.get(machineName.split('/')[0] ?? machineName)?.hits;
    if (hits === undefined) return;
    count(hits, { state: seen.state, mark: seen.kind === 'entered' ? enteredMark : markOf(seen.way), times: 1 });
  };

  /** Adds what was counted elsewhere. @throws SimulationError as `add` does. */
  addRecords(records: readonly CoverageRecord[]): void {
    for (const { name, machine, hits } of records) {
      this.add(name, machine);
      const own: Hits = this.#records.get(name)?.hits ?? new Map();
      for (const [state, marks] of Object.entries(hits))
        for (const [mark, times] of Object.entries(marks)) count(own, { state, mark, times });
    }
  }

  /** What was counted, as plain data. */
  get records(): readonly CoverageRecord[] {
    return [...this.#records].map(([name, { machine, hits }]) => ({
      name,
      machine,
      hits: Object.fromEntries([...hits].map(([state, marks]) => [state, Object.fromEntries(marks)])),
    }));
  }

  /** Of each machine, in the order that they were added. */
  report(): readonly MachineCoverage[] {
    return this.records.map((record) => reportOf(record));
  }
}

/** How often something of a machine was come to. */
export const hitsOf = ({ hits }: CoverageRecord, { state, mark }: Pick<Coverable, 'state' | 'mark'>): number =>
  hits[state]?.[mark] ?? 0;

function reportOf(record: CoverageRecord): MachineCoverage {
  const all = coverablesOf(record.machine);
  const missing = all.filter((one) => hitsOf(record, one) === 0);
  const share = (kind?: CoverableKind): Share => {
    const isOf = (one: Coverable) => kind === undefined || one.kind === kind;
    const total = all.filter(isOf).length;
    return { covered: total - missing.filter(isOf).length, total };
  };
  const byKind = Object.fromEntries(kinds.map((kind) => [kind, share(kind)])) as MachineCoverage['kinds'];
  return { name: record.name, ...share(), kinds: byKind, missing };
}

function count(
  hits: Hits,
  { state, mark, times }: { readonly state: string; readonly mark: string; readonly times: number },
): void {
  const marks = hits.get(state) ?? new Map<string, number>();
  hits.set(state, marks.set(mark, (marks.get(mark) ?? 0) + times));
}
