import type { Json, StateMachine } from '../asl/machine.ts';
import { checkMachine } from '../simulator/check-machine.ts';
import { VirtualClock } from '../simulator/clock.ts';
import { type SimulationOptions, startSimulation } from '../simulator/simulate.ts';
import { SimulationError } from '../simulator/simulation-error.ts';
import type { Coverage } from './coverage/coverage.ts';
import { RunRecorder } from './run-recorder.ts';
import type { TestRun } from './test-run.ts';
import { TestSession } from './test-session.ts';

/** A machine by its definition, or as `compile` gives it. */
export type Tested = StateMachine | { readonly name: string; readonly machine: StateMachine };

interface TestOptions extends Omit<SimulationOptions, 'keepHistory'> {
  /** What counts the machine's states and ways that the runs take. */
  readonly coverage?: Coverage;
}

/**
 * A machine to test.
 *
 * @example
 * const emptied = (machine: TestMachine) => machine.run({ items: [] });
 */
export interface TestMachine {
  /** Runs it to its end. */
  run(input: Json): Promise<TestRun>;
  /** Begins a run that stops at every state, before the first one. */
  start(input: Json): TestSession;
}

/**
 * A machine for tests: it is run to its end or step by step, and tells what it did. With `machineMatchers` the tests
 * read like the domain. The options are those of `simulate`, and `coverage`; each run has a clock of its own unless one
 * is given.
 * @throws SimulationError when it is given something else, such as a workflow that is not compiled.
 *
 * @example
 * const shipping = testMachine(compile(ship), world());
 * const { path, virtualMilliseconds } = await shipping.run({ order: 'o-7' });
 * path.slice(-3); // → ["Tracked", "Tracked.Ready", "Return"]
 */
export function testMachine(tested: Tested, options: TestOptions = {}): TestMachine {
  const [machine, ownName] = machineIn(tested);
  const name = options.name ?? ownName ?? 'StateMachine';
  options.coverage?.add(name, machine);
  const start = (input: Json): TestSession => {
    checkMachine(machine, name, options.type);
    const clock = options.clock ?? new VirtualClock();
    const recorder = new RunRecorder(machine, name);
    return new TestSession({ machine, clock, recorder }, (stopAt) => {
      const observe: SimulationOptions['observe'] = (seen, execution) => {
        options.coverage?.observe(seen, execution);
        const isOwn = recorder.hear(seen, execution);
        const waits = [
          options.observe?.(seen, execution),
          isOwn && seen.kind === 'entered' ? stopAt(seen) : undefined,
        ].filter((wait) => wait !== undefined);
        return waits.length === 0 ? undefined : Promise.all(waits).then(() => {});
      };
      return startSimulation(machine, input, { ...options, name, clock, observe });
    });
  };
  return { start, run: async (input) => start(input).finish() };
}

function machineIn(tested: Tested): readonly [machine: StateMachine, name: string | undefined] {
  const parts = isObject(tested) && 'machine' in tested ? tested : { machine: tested, name: undefined };
  const { machine, name } = parts;
  if (isObject(machine) && isObject(machine.States)) return [machine, name];
  throw new SimulationError(
    'testMachine takes a state machine, which has StartAt and States: a definition, or compile(workflow)',
  );
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
