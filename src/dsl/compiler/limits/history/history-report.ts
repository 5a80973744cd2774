import type { Branch } from '../../../asl/machine.ts';
import { HISTORY_EVENTS } from '../quotas.ts';
import type { StepOf } from '../../step-places.ts';
import { EXECUTION_EVENTS, isDistributed } from './event-costs.ts';
import { type Bounds, type RetryRule, type Stop, worstPath } from './worst-path.ts';

/** How many events the history of one execution may have. */
export interface HistoryReport {
  /** The path of the distributed map whose children these are; empty for the workflow's own execution. */
  readonly of: readonly string[];
  /**
   * Events of the longest way through, with one full set of retries for each step, however often it runs: a fault
   * that comes once, not one that comes in every round. Unbounded when raw states form a loop.
   */
  readonly worstCase: number | 'unbounded';
  /** The same with every retry of every round and item; told, but no reason to refuse a workflow. */
  readonly withEveryRetry: number | 'unbounded';
  /** An execution that gets so far fails. */
  readonly limit: number;
  /** Where the events of the worst case come from, the most first. */
  readonly byStep: readonly StepEvents[];
  /** The inline loops whose lists no schema bounds. */
  readonly unboundedLists: readonly UnboundedList[];
}

export interface StepEvents {
  /** Empty for what the compiler adds to the workflow itself: the input's check and the end. */
  readonly step: readonly string[];
  readonly events: number;
  readonly why: string;
}

export interface UnboundedList {
  readonly step: readonly string[];
  /** How many items it is counted with: as many as run at once at most. */
  readonly countedWith: number;
  /** How many items may come before the history is full, all else at its worst. */
  readonly fitsItems: number;
}

/** What the execution itself writes, as if it were a state. */
const EXECUTION: Stop = { state: '', events: EXECUTION_EVENTS, retries: 0, rounds: 1, times: 1 };

/** Iterations of an inline Map that run at once. Source: "Step Functions service quotas". */
const ASSUMED_ITEMS = 40;

interface Counted {
  readonly rounds: ReadonlyMap<string, number>;
  /** By inline Map; undefined where nothing bounds its list. */
  readonly items: ReadonlyMap<string, number | undefined>;
  readonly stepOf: StepOf;
}

/** The history of the execution itself, and then of each distributed map's children. */
export function historyReports(branch: Branch, counted: Counted): readonly HistoryReport[] {
  return [
    historyReport(branch, [], counted),
    ...distributedBodies(branch).map(([name, body]) => historyReport(body, counted.stepOf(name), counted)),
  ];
}

function historyReport(branch: Branch, of: readonly string[], counted: Counted): HistoryReport {
  const { rounds, items, stepOf } = counted;
  const assuming = (given: ReadonlyMap<string, number>): Bounds => ({
    rounds,
    items: (map) => given.get(map) ?? items.get(map) ?? ASSUMED_ITEMS,
  });
  const eventsOf = (bounds: Bounds, retries: RetryRule = 'once') =>
    EXECUTION_EVENTS + worstPath(branch, bounds, { retries }).events;
  const bounds = assuming(new Map());
  const unbounded = inlineMaps(branch).filter((map) => items.get(map) === undefined);
  return {
    of,
    worstCase: finite(eventsOf(bounds)),
    withEveryRetry: finite(eventsOf(bounds, 'every')),
    limit: HISTORY_EVENTS,
    byStep: eventsByStep([...worstPath(branch, bounds).stops, EXECUTION], stepOf),
    unboundedLists: unbounded.map((map) => ({
      step: stepOf(map),
      countedWith: ASSUMED_ITEMS,
      fitsItems: most((count) => eventsOf(assuming(new Map([[map, count]]))) < HISTORY_EVENTS),
    })),
  };
}

const finite = (events: number): number | 'unbounded' => (Number.isFinite(events) ? events : 'unbounded');

/** The largest number below the limit that fits; every item costs at least two events. */
function most(fits: (count: number) => boolean): number {
  let [low, high] = [0, HISTORY_EVENTS];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Each step's events together, the most first; of equal ones, the first to come. */
function eventsByStep(stops: readonly Stop[], stepOf: StepOf): readonly StepEvents[] {
  const byStep = new Map<string, { step: readonly string[]; stops: Stop[] }>();
  for (const stop of stops) {
    const step = stepOf(stop.state);
    const known = byStep.get(step.join('.')) ?? { step, stops: [] };
    known.stops.push(stop);
    byStep.set(step.join('.'), known);
  }
  return [...byStep.values()]
    .map(({ step, stops: own }) => ({
      step,
      events: own.reduce((sum, { events }) => sum + events, 0),
      why: reasonOf(own),
    }))
    .sort((left, right) => right.events - left.events);
}

function reasonOf(stops: readonly Stop[]): string {
  const rounds = Math.max(...stops.map((stop) => stop.rounds));
  const times = Math.max(...stops.map((stop) => stop.times));
  const retries = stops.reduce((sum, stop) => sum + stop.retries, 0);
  const parts = [
    rounds > 1 ? `${rounds} rounds` : 'once',
    ...(times > 1 ? [`for ${times} items`] : []),
    ...(retries > 0 ? [`${retries} events of retries`] : []),
  ];
  return parts.join(', ');
}

/** The inline Maps that write into the same history. */
const inlineMaps = ({ States }: Branch): readonly string[] =>
  Object.entries(States).flatMap(([name, state]) => {
    if (state.Type === 'Parallel') return state.Branches.flatMap(inlineMaps);
    if (state.Type !== 'Map' || isDistributed(state)) return [];
    return [name, ...inlineMaps(state.ItemProcessor)];
  });

const distributedBodies = ({ States }: Branch): readonly (readonly [map: string, body: Branch])[] =>
  Object.entries(States).flatMap(([name, state]) => {
    if (state.Type === 'Parallel') return state.Branches.flatMap(distributedBodies);
    if (state.Type !== 'Map') return [];
    const inner = distributedBodies(state.ItemProcessor);
    return isDistributed(state) ? [[name, state.ItemProcessor] as const, ...inner] : inner;
  });
