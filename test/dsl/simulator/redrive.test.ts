import { describe, expect, it } from 'vitest';
import type { Branch, Json, MapState, StateMachine } from '../../../src/dsl/asl/machine.ts';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import type { HistoryEvent } from '../../../src/dsl/simulator/history-event.ts';
import type { SimulatedFunction } from '../../../src/dsl/simulator/invocation.ts';
import type { ObjectStore } from '../../../src/dsl/simulator/s3/object-store.ts';
import {
  startSimulation,
  type ExecutionResult,
  type SimulationOptions,
} from '../../../src/dsl/simulator/simulate.ts';
import { distributing, endless, eventsOf, invoking, machineOf } from './machines.ts';

const day = 24 * 3_600_000;

/** A function that counts its calls by what it is given, and fails while `broken` says so. */
class Worker {
  readonly calls: Json[] = [];
  broken: (payload: Json) => boolean = () => true;

  readonly work: SimulatedFunction = (payload) => {
    this.calls.push(payload);
    return this.answer(payload);
  };

  answer(payload: Json): Json {
    if (this.broken(payload)) throw Object.assign(new Error('no'), { name: 'Broken' });
    return payload;
  }
}

/** Runs a machine to its end, has it mended, and runs it again by a redrive. */
async function redriven(
  machine: StateMachine,
  input: Json,
  { mend, ...options }: SimulationOptions & { readonly mend?: () => void },
) {
  const clock = options.clock ?? new VirtualClock(0);
  const running = startSimulation(machine, input, { name: 'M', ...options, clock });
  const first = await clock.runUntil(running.result);
  mend?.();
  const second = await clock.runUntil(running.redrive().result);
  return { first, second, added: eventsOf(second).slice(first.history.length) };
}

/** One task between a Pass that sets a variable and a Pass that reads it. */
const twoSteps = machineOf({
  Set: { Type: 'Pass', Assign: { kept: 'v' }, Output: 'in', Next: 'Do' },
  Do: {
    ...invoking('work'),
    Output: '{% $states.context.Execution.RedriveCount %}',
    Next: 'Tell',
  },
  Tell: {
    Type: 'Pass',
    Output: ['{% $kept %}', '{% $states.input %}', '{% $states.context.Execution.RedriveTime %}'],
    End: true,
  },
});

describe('a redrive', () => {
  it('goes on from the state that failed, with its input and the variables, and does nothing twice', async () => {
    const worker = new Worker();
    const { first, second, added } = await redriven(
      twoSteps,
      {},
      {
        functions: { work: worker.work },
        mend: () => {
          worker.broken = () => false;
        },
      },
    );
    expect(first).toMatchObject({ status: 'FAILED', error: 'Broken', redriveStatus: 'REDRIVABLE' });
    expect(second).toMatchObject({
      status: 'SUCCEEDED',
      executionArn: first.executionArn,
      output: ['v', 1, '1970-01-01T00:00:00.000Z'],
      redriveCount: 1,
      redriveDate: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    expect(worker.calls).toEqual(['in', 'in']);
    expect(eventsOf(first).at(-1)).toBe('8 ExecutionFailed after 7');
    expect(added).toEqual([
      '9 ExecutionRedriven after 8',
      '10 TaskScheduled after 9',
      '11 TaskStarted after 10',
      '12 TaskSucceeded after 11',
      '13 TaskStateExited after 12',
      '14 PassStateEntered after 13',
      '15 PassStateExited after 14',
      '16 ExecutionSucceeded after 15',
    ]);
    expect(second.history[8]).toMatchObject({ executionRedrivenEventDetails: { redriveCount: 1 } });
  });

  it('leaves the result of the first attempt as it was', async () => {
    const worker = new Worker();
    const { first, second } = await redriven(twoSteps, {}, { functions: { work: worker.work } });
    expect(first.history).toHaveLength(8);
    expect(second.history.slice(0, 8)).toEqual(first.history);
    expect(second).toMatchObject({ status: 'FAILED', redriveCount: 1, redriveStatus: 'REDRIVABLE' });
  });

  it('can follow on another', async () => {
    const worker = new Worker();
    const clock = new VirtualClock(0);
    const running = startSimulation(twoSteps, {}, { clock, functions: { work: worker.work } });
    await clock.runUntil(running.result);
    const again = running.redrive();
    await clock.runUntil(again.result);
    worker.broken = () => false;
    const { output, history } = await clock.runUntil(again.redrive().result);
    expect(output).toEqual(['v', 2, '1970-01-01T00:00:00.000Z']);
    expect(history.filter(({ type }) => type === 'ExecutionRedriven')).toMatchObject([
      { executionRedrivenEventDetails: { redriveCount: 1 } },
      { executionRedrivenEventDetails: { redriveCount: 2 } },
    ]);
  });

  it('tries again as often as the Retry says', async () => {
    const worker = new Worker();
    const machine = machineOf({
      Do: {
        ...invoking('work'),
        Arguments: { FunctionName: 'work', Payload: '{% $string($states.context.State.RetryCount) %}' },
        Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 2 }],
        End: true,
      },
    });
    const { second } = await redriven(
      machine,
      {},
      {
        functions: { work: worker.work },
        mend: () => {
          worker.broken = (retries) => retries !== 2;
        },
      },
    );
    expect(second.status).toBe('SUCCEEDED');
    expect(worker.calls).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('times out anew', async () => {
    const machine = machineOf(
      {
        A: { Type: 'Wait', Seconds: 20, Next: 'B' },
        B: { Type: 'Wait', Seconds: 20, End: true },
      },
      { TimeoutSeconds: 30 },
    );
    const { first, second, added } = await redriven(machine, {}, {});
    expect(first).toMatchObject({ status: 'TIMED_OUT', stopDate: 30_000 });
    expect(second).toMatchObject({ status: 'SUCCEEDED', stopDate: 50_000 });
    expect(added).toEqual([
      '6 ExecutionRedriven after 5',
      '7 WaitStateExited after 6',
      '8 ExecutionSucceeded after 7',
    ]);
  });

  it('does not wait again for a time that has passed', async () => {
    const machine = machineOf(
      { A: { Type: 'Wait', Timestamp: '1970-01-01T00:01:00Z', End: true } },
      { TimeoutSeconds: 30 },
    );
    const clock = new VirtualClock(0);
    const running = startSimulation(machine, {}, { clock });
    await clock.runUntil(running.result);
    await clock.runUntil(new Promise<void>((resolve) => clock.schedule(90_000, resolve)));
    expect(await clock.runUntil(running.redrive().result)).toMatchObject({
      status: 'SUCCEEDED',
      stopDate: 90_000,
    });
  });

  it('fails again in a Fail state, which it enters again', async () => {
    const { second, added } = await redriven(machineOf({ Stop: { Type: 'Fail', Error: 'Oops' } }), {}, {});
    expect(second).toMatchObject({ status: 'FAILED', error: 'Oops' });
    expect(added).toEqual([
      '4 ExecutionRedriven after 3',
      '5 FailStateEntered after 4',
      '6 ExecutionFailed after 5',
    ]);
  });

  it('can follow a stop at once, before anything has happened', async () => {
    const clock = new VirtualClock(0);
    const running = startSimulation(machineOf({ A: { Type: 'Pass', End: true } }), 1, { clock });
    running.stop();
    expect(eventsOf(await clock.runUntil(running.redrive().result))).toEqual([
      '1 ExecutionStarted after 0',
      '2 ExecutionAborted after 0',
      '3 ExecutionRedriven after 2',
      '4 PassStateEntered after 3',
      '5 PassStateExited after 4',
      '6 ExecutionSucceeded after 5',
    ]);
  });

  describe('goes on wherever it was stopped, with no state entered twice or left out', () => {
    const branch = (name: string) => ({
      StartAt: name,
      States: {
        [name]: { Type: 'Pass' as const, Assign: { own: name }, Next: `${name}2` },
        [`${name}2`]: { Type: 'Wait' as const, Seconds: 1, Output: '{% $own & $n %}', End: true as const },
      },
    });
    const machine = machineOf({
      A: { Type: 'Pass', Assign: { n: 1 }, Next: 'B' },
      B: { Type: 'Choice', Choices: [{ Condition: '{% $n = 1 %}', Next: 'C' }] },
      C: { Type: 'Parallel', Branches: [branch('P'), branch('Q')], Next: 'D' },
      D: { Type: 'Map', Items: [1, 2, 3], MaxConcurrency: 2, ItemProcessor: branch('R'), Next: 'E' },
      E: { Type: 'Wait', Seconds: 1, Output: ['{% $n %}', '{% $states.input %}'], Next: 'F' },
      F: { Type: 'Succeed' },
    });
    const visits = ({ history }: ExecutionResult) =>
      history
        .filter(({ type }) => /State(?:Entered|Exited)$/.test(type))
        .map(({ type, stateEnteredEventDetails, stateExitedEventDetails }) =>
          [type, (stateEnteredEventDetails ?? stateExitedEventDetails)?.name].join(' '),
        )
        .sort();

    it.each(Array.from({ length: 43 }, (_, event) => event + 2))('at event %i', async (last) => {
      const clock = new VirtualClock(0);
      const whole = await clock.runUntil(startSimulation(machine, {}, { clock }).result);
      const onEvent = ({ id, type }: HistoryEvent) => {
        if (id === last && type !== 'ExecutionAborted') running.stop();
      };
      const running = startSimulation(machine, {}, { clock, onEvent });
      expect(await clock.runUntil(running.result)).toMatchObject({ status: 'ABORTED' });
      const second = await clock.runUntil(running.redrive().result);
      expect(second).toMatchObject({ status: 'SUCCEEDED', output: whole.output });
      expect(visits(second)).toEqual(visits(whole));
    });
  });
});

describe('a redrive is refused', () => {
  const failing = machineOf({ Stop: { Type: 'Fail' } });
  const after = async (machine: StateMachine, milliseconds: number, options: SimulationOptions = {}) => {
    const clock = new VirtualClock();
    const running = startSimulation(machine, {}, { ...options, clock });
    await clock.runUntil(running.result);
    const until = clock.now() + milliseconds;
    await clock.runUntil(new Promise<void>((resolve) => clock.schedule(until, resolve)));
    return running;
  };

  it('while the execution runs', () => {
    const running = startSimulation(failing, {}, { name: 'M', executionName: 'e' });
    expect(() => running.redrive()).toThrow(
      'arn:aws:states:us-east-1:000000000000:execution:M:e cannot be redriven: Execution is RUNNING and cannot be redriven',
    );
  });

  it('when it succeeded', async () => {
    const running = await after(machineOf({ A: { Type: 'Succeed' } }), 0);
    expect(() => running.redrive()).toThrow('Execution is SUCCEEDED and cannot be redriven');
  });

  it('more than 14 days after its end', async () => {
    expect((await after(failing, 14 * day)).redrive()).toBeDefined();
    const late = await after(failing, 14 * day + 1);
    expect(() => late.redrive()).toThrow('Execution redrivable period exceeded');
  });

  it('more than a year after its start', async () => {
    const slow = machineOf({
      A: { Type: 'Wait', Seconds: (360 * day) / 1000, Next: 'Stop' },
      Stop: { Type: 'Fail' },
    });
    const late = await after(slow, 6 * day);
    expect(() => late.redrive()).toThrow('Execution has exceeded the max execution time');
  });

  it('when its history is full', async () => {
    const full = await after(endless, 0);
    expect((await full.result).redriveStatusReason).toBe('Execution history event limit exceeded');
    expect(() => full.redrive()).toThrow('Execution history event limit exceeded');
  });

  it('of an Express execution, and of one from before there were redrives', async () => {
    const express = await after(failing, 0, { type: 'EXPRESS' });
    expect(() => express.redrive()).toThrow('Execution is of an EXPRESS state machine');
    const old = await after(failing, 0, { asOf: Date.UTC(2023, 10, 14) });
    expect(() => old.redrive()).toThrow('before the launch of RedriveExecution');
  });
});

describe('a redriven Parallel', () => {
  const branch = (name: string) => ({
    StartAt: `${name}1`,
    States: {
      [`${name}1`]: { Type: 'Pass' as const, Assign: { own: name }, Next: name },
      [name]: {
        ...invoking('work'),
        Arguments: { FunctionName: 'work', Payload: JSON.stringify(name) },
        Output: '{% $own & $outer %}',
        End: true as const,
      },
    },
  });
  const machine = machineOf({
    Set: { Type: 'Pass', Assign: { outer: '!' }, Next: 'Both' },
    Both: { Type: 'Parallel', Branches: [branch('a'), branch('b'), branch('c')], End: true },
  });
  /** `a` ends at once, `b` fails after a second, `c` would take a minute. */
  const slow =
    (worker: Worker): SimulatedFunction =>
    async (payload, { clock }) => {
      worker.calls.push(payload);
      await clock.sleep({ a: 0, b: 1000, c: 60_000 }[payload as 'a']);
      return worker.answer(payload);
    };

  it('runs only the branches that failed or were aborted, each from where it stopped', async () => {
    const worker = new Worker();
    worker.broken = (payload) => payload === 'b';
    const { second, added } = await redriven(
      machine,
      {},
      {
        functions: { work: slow(worker) },
        mend: () => {
          worker.broken = () => false;
        },
      },
    );
    expect(second).toMatchObject({ status: 'SUCCEEDED', output: ['a!', 'b!', 'c!'] });
    expect(worker.calls).toEqual(['a', 'b', 'c', 'b', 'c']);
    expect(added).toEqual([
      '28 ExecutionRedriven after 27',
      '29 TaskScheduled after 28',
      '30 TaskStarted after 29',
      '31 TaskScheduled after 28',
      '32 TaskStarted after 31',
      '33 TaskSucceeded after 30',
      '34 TaskStateExited after 33',
      '35 TaskSucceeded after 32',
      '36 TaskStateExited after 35',
      '37 ParallelStateSucceeded after 36',
      '38 ParallelStateExited after 36',
      '39 ExecutionSucceeded after 38',
    ]);
  });

  it('keeps what is done when it fails again, and stops what it started again', async () => {
    const worker = new Worker();
    worker.broken = (payload) => payload === 'b';
    const { second } = await redriven(machine, {}, { functions: { work: slow(worker) } });
    expect(second).toMatchObject({ status: 'FAILED', error: 'Broken' });
    expect(worker.calls).toEqual(['a', 'b', 'c', 'b', 'c']);
    expect(second.history.filter(({ type }) => type === 'TaskStateAborted')).toHaveLength(4);
  });

  it('is run as a whole when its results were too large together', async () => {
    const worker = new Worker();
    worker.broken = () => false;
    let size = 140_000;
    const text: SimulatedFunction = (payload, invocation) => {
      worker.work(payload, invocation);
      return 'x'.repeat(size);
    };
    const large = (name: string) => ({
      StartAt: name,
      States: {
        [name]: {
          ...invoking('work'),
          Arguments: { FunctionName: 'work', Payload: JSON.stringify(name) },
          Output: '{% $states.result.Payload %}',
          End: true as const,
        },
      },
    });
    const both = machineOf({ Both: { Type: 'Parallel', Branches: [large('a'), large('b')], End: true } });
    const { first, second } = await redriven(
      both,
      {},
      {
        functions: { work: text },
        mend: () => {
          size = 1;
        },
      },
    );
    expect(first.error).toBe('States.DataLimitExceeded');
    expect(second.output).toEqual(['x', 'x']);
    expect(worker.calls).toEqual(['a', 'b', 'a', 'b']);
  });

  it('is run as a whole by a Retry, as ever', async () => {
    const worker = new Worker();
    worker.broken = (payload) => payload === 'b';
    const { second } = await redriven(
      machineOf({
        Set: { Type: 'Pass', Assign: { outer: '!' }, Next: 'Both' },
        Both: {
          Type: 'Parallel',
          Branches: [branch('a'), branch('b')],
          Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }],
          End: true,
        },
      }),
      {},
      {
        functions: { work: slow(worker) },
        mend: () => {
          let fails = 1;
          worker.broken = () => fails-- > 0;
        },
      },
    );
    expect(second.status).toBe('SUCCEEDED');
    // Failed, retried; then the redrive: `b` alone, and all of it by the Retry.
    expect(worker.calls).toEqual(['a', 'b', 'a', 'b', 'b', 'a', 'b']);
  });
});

describe('a redriven inline Map', () => {
  const machine = machineOf({
    Each: {
      Type: 'Map',
      Items: [1, 2, 3, 4],
      MaxConcurrency: 2,
      ItemProcessor: {
        StartAt: 'Do',
        States: { Do: { ...invoking('work'), Output: '{% $states.input * 10 %}', End: true } },
      },
      End: true,
    },
  });

  it('runs only the iterations that did not succeed, and begins those that never were', async () => {
    const worker = new Worker();
    worker.broken = (item) => item === 2;
    const { second, added } = await redriven(
      machine,
      {},
      {
        functions: { work: worker.work },
        mend: () => {
          worker.broken = () => false;
        },
      },
    );
    expect(second).toMatchObject({ status: 'SUCCEEDED', output: [10, 20, 30, 40] });
    expect(worker.calls.filter((item) => item === 1)).toHaveLength(1);
    expect(worker.calls.filter((item) => item === 2)).toHaveLength(2);
    const begun = second.history.filter(({ type }) => type === 'MapIterationStarted');
    expect(begun.map(({ mapIterationStartedEventDetails: details }) => details?.index)).toEqual([0, 1, 2, 3]);
    expect(added.filter((event) => event.includes('MapState'))).toHaveLength(2);
  });

  it('evaluates its output again when only that failed', async () => {
    const worker = new Worker();
    worker.broken = () => false;
    const late = machineOf({
      Each: {
        ...machine.States['Each'],
        Output: '{% $states.context.Execution.RedriveCount = 0 ? $error("late") : $states.result %}',
      } as never,
    });
    const { first, second } = await redriven(late, {}, { functions: { work: worker.work } });
    expect(first.error).toBe('States.QueryEvaluationError');
    expect(second.output).toEqual([10, 20, 30, 40]);
    expect(worker.calls).toHaveLength(4);
  });
});

describe('a redriven Map Run', () => {
  const states = {
    First: { Type: 'Pass' as const, Assign: { twice: '{% $states.input * 2 %}' }, Next: 'Do' },
    Do: {
      ...invoking('work'),
      Output: ['{% $twice %}', '{% $states.context.Execution.RedriveCount %}'],
      End: true as const,
    },
  };

  it('redrives the children that failed, starts those that never ran and keeps the others', async () => {
    const worker = new Worker();
    worker.broken = (item) => item === 2;
    const { first, second, added } = await redriven(
      distributing(states, { Items: [1, 2, 3], MaxConcurrency: 1 }),
      {},
      {
        functions: { work: worker.work },
        mend: () => {
          worker.broken = () => false;
        },
      },
    );
    expect(first.error).toBe('States.ExceedToleratedFailureThreshold');
    expect(first.children.map(({ redriveStatus }) => redriveStatus)).toEqual([
      'NOT_REDRIVABLE',
      'REDRIVABLE_BY_MAP_RUN',
    ]);
    expect(second.output).toEqual([
      [2, 0],
      [4, 1],
      [6, 0],
    ]);
    expect(worker.calls).toEqual([1, 2, 2, 3]);
    expect(added).toEqual([
      '8 ExecutionRedriven after 7',
      '9 MapRunRedriven after 8',
      '10 MapRunSucceeded after 9',
      '11 MapStateSucceeded after 10',
      '12 MapStateExited after 9',
      '13 ExecutionSucceeded after 12',
    ]);
    const started = second.history.find(({ type }) => type === 'MapRunStarted')?.mapRunStartedEventDetails;
    expect(second.history[8]?.mapRunRedrivenEventDetails).toEqual({ ...started, redriveCount: 1 });
    expect(second.children).toMatchObject([
      { status: 'SUCCEEDED', redriveCount: 0 },
      { status: 'SUCCEEDED', redriveCount: 1 },
      { status: 'SUCCEEDED', redriveCount: 0 },
    ]);
    expect(eventsOf(second.children[1] as ExecutionResult).slice(7)).toEqual([
      '8 ExecutionFailed after 7',
      '9 ExecutionRedriven after 8',
      '10 TaskScheduled after 9',
      '11 TaskStarted after 10',
      '12 TaskSucceeded after 11',
      '13 TaskStateExited after 12',
      '14 ExecutionSucceeded after 13',
    ]);
  });

  it('redrives children that were stopped with their parent, and those whose failure was tolerated', async () => {
    const worker = new Worker();
    worker.broken = (item) => item === 1;
    const clock = new VirtualClock(0);
    const running = startSimulation(
      distributing(
        {
          Do: { ...invoking('work'), Output: '{% $states.input %}', Next: 'Pause' },
          Pause: { Type: 'Wait', Seconds: 60, End: true },
        },
        { Items: [1, 2], ToleratedFailureCount: 1 },
      ),
      {},
      { clock, functions: { work: worker.work } },
    );
    clock.schedule(30_000, () => running.stop());
    const first = await clock.runUntil(running.result);
    expect(first.children.map(({ status }) => status)).toEqual(['FAILED', 'ABORTED']);
    worker.broken = () => false;
    const second = await clock.runUntil(running.redrive().result);
    expect(second).toMatchObject({ status: 'SUCCEEDED', output: [1, 2] });
    expect(second.children.map(({ redriveCount }) => redriveCount)).toEqual([1, 1]);
    expect(worker.calls).toEqual([1, 2, 1]);
  });

  it('starts Express children anew', async () => {
    const worker = new Worker();
    const machine = distributing(states, { Items: [1] });
    const processor = (machine.States['Each'] as MapState).ItemProcessor as Branch;
    Object.assign(processor, { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' } });
    const { second } = await redriven(
      machine,
      {},
      {
        functions: { work: worker.work },
        mend: () => {
          worker.broken = () => false;
        },
      },
    );
    expect(second.output).toEqual([[2, 0]]);
    expect(second.children.map(({ status }) => status)).toEqual(['FAILED', 'SUCCEEDED']);
  });

  it('is a new one when its items could not be read', async () => {
    const worker = new Worker();
    worker.broken = () => false;
    const objects: Record<string, string> = {};
    const rest: Partial<MapState> = {
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON' },
        Arguments: { Bucket: 'in', Key: 'items' },
      },
    };
    const { first, second } = await redriven(
      distributing(states, rest),
      {},
      {
        functions: { work: worker.work },
        s3: { objects },
        mend: () => {
          objects['in/items'] = '[5]';
        },
      },
    );
    expect(first.error).toBe('States.ItemReaderFailed');
    expect(second.output).toEqual([[10, 0]]);
    const runs = second.history.filter(({ type }) => type === 'MapRunStarted');
    expect(runs).toHaveLength(2);
    expect(runs[0]?.mapRunStartedEventDetails).not.toEqual(runs[1]?.mapRunStartedEventDetails);
  });

  it('only writes its results again when only that failed', async () => {
    const worker = new Worker();
    worker.broken = () => false;
    const written: string[] = [];
    let denied = true;
    const s3: ObjectStore = {
      getObject: async () => undefined,
      listObjects: async () => [],
      putObject: async (bucket, key) => {
        if (denied) throw new Error('Access Denied');
        written.push(`${bucket}/${key.split('/').at(-1)}`);
      },
    };
    const rest: Partial<MapState> = {
      Items: [1, 2],
      ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'out', Prefix: '' } },
    };
    const mend = () => {
      denied = false;
    };
    const functions = { work: worker.work };
    const { first, second, added } = await redriven(distributing(states, rest), {}, { functions, s3, mend });
    expect(first.error).toBe('States.ResultWriterFailed');
    expect(second.status).toBe('SUCCEEDED');
    expect(added[1]).toBe('9 MapRunRedriven after 8');
    expect(written).toEqual(['out/SUCCEEDED_0.json', 'out/manifest.json']);
    expect(worker.calls).toEqual([1, 2]);
  });

  it('is a new one after States.Runtime', async () => {
    const machine: StateMachine = {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'Only',
            States: { Only: { Type: 'Pass', End: true } },
          },
          OutputPath: '$.none',
          End: true,
        },
      },
    };
    const { first, second } = await redriven(machine, [1], {});
    expect(first.error).toBe('States.Runtime');
    expect(second.history.filter(({ type }) => type === 'MapRunStarted')).toHaveLength(2);
  });
});
