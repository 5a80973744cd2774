import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type ExecutionResult, type StateMachine, simulate } from '../../src/dsl/index.ts';

export interface MemoryRow {
  readonly name: 'rewind';
  readonly history: 'kept' | 'not kept';
  readonly executions: number;
  readonly events: number;
  /** What the results hold on to. */
  readonly heldMiB: number;
  readonly bytesPerEvent: number;
}

const ROUNDS = 1000;

/** Events that one execution records: two for each state, one at each end. */
const EVENTS = 4 * ROUNDS + 8;

const machine: StateMachine = {
  QueryLanguage: 'JSONata',
  StartAt: 'Begin',
  States: {
    Begin: { Type: 'Pass', Assign: { i: 0 }, Next: 'More' },
    More: { Type: 'Choice', Choices: [{ Condition: `{% $i < ${ROUNDS} %}`, Next: 'Add' }], Default: 'Done' },
    Add: { Type: 'Pass', Assign: { i: '{% $i + 1 %}' }, Next: 'More' },
    Done: { Type: 'Succeed' },
  },
};

/** The heap that the results of so many executions of 4,008 events take, after garbage collection. */
export async function measureMemory(executions: number, keepHistory: boolean): Promise<MemoryRow> {
  const before = heap();
  const results: ExecutionResult[] = [];
  let events = 0;
  const onEvent = () => {
    events += 1;
  };
  for (let count = 0; count < executions; count++)
    results.push(await simulate(machine, {}, { keepHistory, onEvent }));
  const held = heap() - before;
  if (events !== executions * EVENTS || results.length !== executions)
    throw new Error(`expected ${executions * EVENTS} events, heard ${events}`);
  return {
    name: 'rewind',
    history: keepHistory ? 'kept' : 'not kept',
    executions,
    events,
    heldMiB: Number((held / 1024 / 1024).toFixed(1)),
    bytesPerEvent: Math.round(held / events),
  };
}

function heap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
