import { describe, expect, it } from 'vitest';
import type { Branch, MapState, StateMachine } from '../../../src/dsl/asl/machine.ts';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import type { SimulatedFunction } from '../../../src/dsl/simulator/invocation.ts';
import type { ObjectStore } from '../../../src/dsl/simulator/s3/object-store.ts';
import { startSimulation, type ExecutionResult } from '../../../src/dsl/simulator/simulate.ts';
import { distributing, eventsOf, invoking, machineOf } from './machines.ts';

import { redriven, Worker } from './redriven.ts';

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
