import type { Branch, Retrier, State, TaskState } from '../../src/dsl/asl/machine.ts';
import type { StepNode, WorkflowNode } from '../../src/dsl/ast/step-node.ts';
import { compile } from '../../src/dsl/compiler/compile.ts';
import { stepsByState } from '../../src/dsl/compiler/step-places.ts';

/** What the machine alone does not say. */
interface Bounds {
  /** By the state of a wait whose length is computed: seconds at most. */
  readonly waits: Readonly<Record<string, number>>;
  /** How many items each of its Maps has at most. */
  readonly items: number;
}

/**
 * The longest that an execution of a workflow may take, in seconds: through Choices and Catchers the longest way,
 * each call for its whole time, as often as it is tried, each poll until it gives up.
 */
export function longestSeconds(workflow: { readonly node: WorkflowNode }, bounds: Bounds): number {
  const steps = new Map([...stepsByState(workflow.node)].map(([state, { step }]) => [state, step]));
  return longestWay(compile(workflow).machine, { ...bounds, steps });
}

interface Known extends Bounds {
  /** The steps by the names of their states. */
  readonly steps: ReadonlyMap<string, StepNode>;
}

function longestWay({ StartAt, States }: Branch, known: Known): number {
  const found = new Map<string, number>();
  const open = new Set<string>();
  const from = (name: string): number => {
    const before = found.get(name);
    if (before !== undefined) return before;
    // The rounds of a poll are counted where it begins.
    if (open.has(name) && known.steps.get(name)?.kind === 'poll') return 0;
    const state = States[name];
    if (open.has(name) || state === undefined) throw new Error(`${name}: no poll, and no bound`);
    open.add(name);
    const seconds = secondsOf(name, state, known) + Math.max(0, ...waysOn(state).map(from));
    open.delete(name);
    found.set(name, seconds);
    return seconds;
  };
  return from(StartAt);
}

function secondsOf(name: string, state: State, known: Known): number {
  switch (state.Type) {
    case 'Task': {
      const step = known.steps.get(name);
      const rounds = step?.kind === 'poll' ? step.giveUpAfterSeconds : 0;
      return rounds + callSeconds(state, step);
    }
    case 'Wait': {
      const seconds = typeof state.Seconds === 'number' ? state.Seconds : known.waits[name];
      if (seconds === undefined) throw new Error(`${name}: nothing says how long it waits`);
      return seconds;
    }
    case 'Parallel':
      return Math.max(...state.Branches.map((branch) => longestWay(branch, known)));
    case 'Map': {
      const turns = Math.ceil(known.items / Number(state.MaxConcurrency));
      return turns * longestWay(state.ItemProcessor, known);
    }
    case 'Pass':
    case 'Choice':
    case 'Succeed':
    case 'Fail':
      return 0;
  }
}

/** The last try of a call, and all before it. */
function callSeconds(
  { Resource, TimeoutSeconds, Retry = [] }: TaskState,
  step: StepNode | undefined,
): number {
  const bound = step?.kind === 'callback' ? step.call.timeoutSeconds : undefined;
  const once = typeof TimeoutSeconds === 'number' ? TimeoutSeconds : bound;
  if (once === undefined) throw new Error(`${Resource}: nothing says how long the call may take`);
  const isAwaited = /\.(sync(:2)?|waitForTaskToken)$/.test(Resource);
  return Retry.reduce((total, retrier) => {
    // What is awaited has not begun when the service refuses to start it.
    const isRefusal = isAwaited && !retrier.ErrorEquals.some((error) => error.startsWith('States.'));
    return total + delaySeconds(retrier) + (isRefusal ? 0 : once) * (retrier.MaxAttempts ?? 3);
  }, once);
}

function delaySeconds(retrier: Retrier): number {
  const { IntervalSeconds = 1, MaxAttempts = 3, BackoffRate = 2, MaxDelaySeconds = Infinity } = retrier;
  return Array.from({ length: MaxAttempts }, (_, retry) =>
    Math.min(IntervalSeconds * BackoffRate ** retry, MaxDelaySeconds),
  ).reduce((total, delay) => total + delay, 0);
}

function waysOn(state: State): readonly string[] {
  const caught = 'Catch' in state ? (state.Catch ?? []) : [];
  const rules = state.Type === 'Choice' ? state.Choices : [];
  const on = state.Type === 'Choice' ? state.Default : 'Next' in state ? state.Next : undefined;
  return [...(on === undefined ? [] : [on]), ...[...rules, ...caught].map(({ Next }) => Next)];
}
