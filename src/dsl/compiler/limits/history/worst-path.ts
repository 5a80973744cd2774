import type { Branch, State } from '../../../asl/machine.ts';
import {
  ITERATION_EVENTS,
  caughtEvents,
  isDistributed,
  retriesOf,
  retryEvents,
  visitEvents,
} from './event-costs.ts';

/** What the machine alone does not say: how often its loops go round, and how long its lists are. */
export interface Bounds {
  /** By the state that a loop begins with: how often it is entered at most. */
  readonly rounds: ReadonlyMap<string, number>;
  /** By an inline Map: how many items it has at most. */
  readonly items: (map: string) => number;
}

/**
 * Which retries are counted: none; one full set for each state, however often it is visited; or a full set for
 * each visit.
 */
export type RetryRule = 'none' | 'once' | 'every';

/** One state of the worst path, with all events that it is the reason of. */
export interface Stop {
  readonly state: string;
  readonly events: number;
  /** Those of them that are retries. */
  readonly retries: number;
  /** How often its loop goes round, if a loop begins with it. */
  readonly rounds: number;
  /** For how many items it is visited. */
  readonly times: number;
}

export interface WorstPath {
  /** Infinite when there is a loop without bounds. */
  readonly events: number;
  readonly stops: readonly Stop[];
}

/**
 * The way through a branch, from its start to an end, that writes the most events: through Choices and Catchers the
 * dearest way, through branches and iterations all of them. `times` is how often the whole branch is run.
 */
export function worstPath(
  branch: Branch,
  bounds: Bounds,
  { times = 1, retries = 'once' }: { readonly times?: number; readonly retries?: RetryRule } = {},
): WorstPath {
  return new Visits(branch, { bounds, times, retries }).from(branch.StartAt) ?? NOWHERE;
}

const NOWHERE: WorstPath = { events: 0, stops: [] };

interface Way {
  readonly to: string | undefined;
  /** Beyond the visit itself. */
  readonly more: number;
}

interface Counting {
  readonly bounds: Bounds;
  readonly times: number;
  readonly retries: RetryRule;
  /** Where a way ends, instead of at an end of the branch: of a loop, where it begins. */
  readonly until?: string;
}

/** The worst ways on from the states of one branch. */
class Visits {
  readonly #branch: Branch;
  readonly #counting: Counting;
  readonly #known = new Map<string, WorstPath | undefined>();
  readonly #open = new Set<string>();

  constructor(branch: Branch, counting: Counting) {
    this.#branch = branch;
    this.#counting = counting;
  }

  /** From a state to an end; undefined when every way leads back into a loop. */
  from(name: string): WorstPath | undefined {
    if (this.#known.has(name)) return this.#known.get(name);
    const state = this.#branch.States[name];
    if (state === undefined) return undefined;
    this.#open.add(name);
    const here = this.#visit(name, state);
    let worst: WorstPath | undefined;
    for (const { to, more } of waysOf(state)) {
      const rest = this.#next(to);
      if (rest === undefined) continue;
      const events = sum(here) + more * this.#counting.times + rest.events;
      if (worst === undefined || events > worst.events)
        worst = { events, stops: [...withMore(here, more * this.#counting.times), ...rest.stops] };
    }
    this.#open.delete(name);
    this.#known.set(name, worst);
    return worst;
  }

  #next(name: string | undefined): WorstPath | undefined {
    const { bounds, until } = this.#counting;
    if (name === until) return NOWHERE;
    if (name === undefined) return undefined;
    if (!this.#open.has(name)) return this.from(name);
    // Going back to where a loop begins is counted there.
    return bounds.rounds.has(name) ? undefined : { events: Infinity, stops: [] };
  }

  /** All that one state is the reason of: its visits, retries, further rounds, branches and iterations. */
  #visit(name: string, state: State): readonly Stop[] {
    const { bounds, times, until } = this.#counting;
    const inner = innerOf(name, state, this.#counting);
    const again = this.#retried(name, state);
    const rounds = name === until ? 1 : (bounds.rounds.get(name) ?? 1);
    const further = rounds > 1 ? this.#round(name, rounds - 1) : 0;
    const events = times * (visitEvents(state) + iterations(name, state, bounds)) + again + further;
    return [{ state: name, events, retries: again, rounds, times }, ...inner.flatMap(({ stops }) => stops)];
  }

  /** Retries of a whole fork run all that is in it again. */
  #retried(name: string, state: State): number {
    const { bounds, times, retries } = this.#counting;
    if (retries === 'none' || !('Retry' in state)) return 0;
    const inner = innerOf(name, state, { bounds, times: 1, retries: retries === 'once' ? 'none' : 'every' });
    const each =
      retryEvents(state) +
      iterations(name, state, bounds) +
      inner.reduce((total, { events }) => total + events, 0);
    return (retries === 'once' ? 1 : times) * retriesOf(state) * each;
  }

  /** The events of so many rounds of the loop that begins with a state. */
  #round(start: string, rounds: number): number {
    const { bounds, times, retries } = this.#counting;
    const rule = retries === 'every' ? 'every' : 'none';
    const loop = { bounds, times: times * rounds, retries: rule, until: start } as const;
    return new Visits(this.#branch, loop).from(start)?.events ?? 0;
  }
}

/** The worst ways through what a state has inside. A distributed Map's body is other executions'. */
function innerOf(name: string, state: State, { bounds, times, retries }: Counting): readonly WorstPath[] {
  if (state.Type === 'Parallel')
    return state.Branches.map((branch) => worstPath(branch, bounds, { times, retries }));
  if (state.Type !== 'Map' || isDistributed(state)) return [];
  const items = bounds.items(name);
  return items === 0 ? [] : [worstPath(state.ItemProcessor, bounds, { times: times * items, retries })];
}

const iterations = (name: string, state: State, bounds: Bounds): number =>
  state.Type === 'Map' && !isDistributed(state) ? ITERATION_EVENTS * bounds.items(name) : 0;

function waysOf(state: State): readonly Way[] {
  if (state.Type === 'Succeed' || state.Type === 'Fail') return [{ to: undefined, more: 0 }];
  if (state.Type === 'Choice') {
    const ways = state.Choices.map(({ Next }) => ({ to: Next, more: 0 }));
    return state.Default === undefined ? ways : [...ways, { to: state.Default, more: 0 }];
  }
  const caught = 'Catch' in state ? (state.Catch ?? []) : [];
  return [
    { to: state.Next, more: 0 },
    ...caught.map((catcher) => ({ to: catcher.Next, more: caughtEvents(catcher) })),
  ];
}

const sum = (stops: readonly Stop[]): number => stops.reduce((total, { events }) => total + events, 0);

const withMore = ([first, ...others]: readonly Stop[], more: number): readonly Stop[] =>
  first === undefined || more === 0
    ? [first, ...others].filter((stop) => stop !== undefined)
    : [{ ...first, events: first.events + more }, ...others];
