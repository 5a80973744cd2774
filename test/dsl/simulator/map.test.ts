import { describe, expect, it } from 'vitest';
import type { MapState, State } from '../../../src/dsl/asl/machine.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { eventsOf, invoking, machineOf } from './machines.ts';

const mapping = (States: { [name: string]: State }, rest: Partial<MapState> = {}) =>
  machineOf({
    Each: {
      Type: 'Map',
      Items: '{% $states.input.items %}',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: Object.keys(States)[0] as string,
        States,
      },
      End: true,
      ...rest,
    },
  });

const odd = (payload: unknown) => {
  if ((payload as { readonly item: number }).item % 2 === 1)
    throw Object.assign(new Error('odd'), { name: 'Odd' });
  return payload;
};

const checking = {
  ...invoking('odd'),
  Arguments: { FunctionName: 'odd', Payload: { item: '{% $states.input %}' } },
};

describe('inline Map', () => {
  it('runs one iteration after the other with MaxConcurrency 1, and records them as AWS does', async () => {
    const machine = mapping({ Same: { Type: 'Pass', End: true } }, { MaxConcurrency: 1 });
    const result = await simulate(machine, { items: ['a', 'b'] });
    expect(result.output).toEqual(['a', 'b']);
    expect(eventsOf(result)).toEqual([
      '1 ExecutionStarted after 0',
      '2 MapStateEntered after 0',
      '3 MapStateStarted after 2',
      '4 MapIterationStarted after 3',
      '5 PassStateEntered after 4',
      '6 PassStateExited after 5',
      '7 MapIterationSucceeded after 6',
      '8 MapIterationStarted after 6',
      '9 PassStateEntered after 8',
      '10 PassStateExited after 9',
      '11 MapIterationSucceeded after 10',
      '12 MapStateSucceeded after 11',
      '13 MapStateExited after 11',
      '14 ExecutionSucceeded after 13',
    ]);
  });

  it('runs as many at once as MaxConcurrency says', async () => {
    const pause: State = { Type: 'Wait', Seconds: 10, End: true };
    const taking = async (MaxConcurrency: number | string) =>
      (await simulate(mapping({ pause }, { MaxConcurrency }), { items: [1, 2, 3, 4, 5] }))
        .virtualMilliseconds;
    expect(await taking(2)).toBe(30_000);
    expect(await taking('{% 1 + 2 %}')).toBe(20_000);
    expect(await taking(0)).toBe(10_000);
  });

  it('runs at most forty iterations at once', async () => {
    const items = Array.from({ length: 41 }, (_, index) => index);
    const result = await simulate(mapping({ pause: { Type: 'Wait', Seconds: 10, End: true } }), { items });
    expect(result.virtualMilliseconds).toBe(20_000);
  });

  it('makes each input with the ItemSelector, and shows the item in the context', async () => {
    const machine = mapping(
      {
        Show: {
          Type: 'Pass',
          Output: ['{% $states.input %}', '{% $states.context.Map.Item.Index %}'],
          End: true,
        },
      },
      {
        ItemSelector: {
          item: '{% $states.context.Map.Item.Value %}',
          all: '{% $count($states.input.items) %}',
        },
      },
    );
    expect((await simulate(machine, { items: ['a', 'b'] })).output).toEqual([
      [{ item: 'a', all: 2 }, 0],
      [{ item: 'b', all: 2 }, 1],
    ]);
  });

  it('stops the other iterations when one fails', async () => {
    const machine = mapping({
      Pause: { Type: 'Wait', Seconds: '{% $states.input %}', Next: 'Check' },
      Check: { ...checking, End: true },
    });
    const result = await simulate(machine, { items: [8, 3] }, { functions: { odd } });
    expect(result).toMatchObject({ status: 'FAILED', error: 'Odd', virtualMilliseconds: 3_000 });
    expect(eventsOf(result).slice(-6)).toEqual([
      '12 TaskFailed after 11',
      '13 MapIterationFailed after 12',
      '14 WaitStateAborted after 5',
      '15 MapIterationAborted after 5',
      '16 MapStateFailed after 12',
      '17 ExecutionFailed after 16',
    ]);
  });

  it.each([
    [
      '{% 1 %}',
      "The JSONata expression '1' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'number' for value: 1",
    ],
    [undefined, 'Map state input must be an array but was: {"items":[]}'],
  ])('fails when Items is %s', async (Items, cause) => {
    const result = await simulate(mapping({ Same: { Type: 'Pass', End: true } }, { Items }), { items: [] });
    expect(result.error).toBe('States.QueryEvaluationError');
    expect(result.cause).toBe(
      `An error occurred while executing the state 'Each' (entered at the event id #2). ${cause}`,
    );
    expect(eventsOf(result).slice(2)).toEqual([
      '3 EvaluationFailed after 0',
      '4 MapStateFailed after 3',
      '5 ExecutionFailed after 4',
    ]);
  });

  it('is retried as a whole, and caught with the Output and Assign of its Catcher', async () => {
    const machine = mapping(
      { Check: { ...checking, End: true } },
      {
        Retry: [{ ErrorEquals: ['Odd'], IntervalSeconds: 3, MaxAttempts: 1 }],
        Catch: [
          {
            ErrorEquals: ['Odd'],
            Assign: { at: '{% $states.context.State.RetryCount %}' },
            Output: '{% $states.errorOutput.Error %}',
            Next: 'Tell',
          },
        ],
      },
    );
    const Tell: State = { Type: 'Pass', Output: ['{% $states.input %}', '{% $at %}'], End: true };
    const retried = { ...machine, States: { ...machine.States, Tell } };
    const result = await simulate(retried, { items: [2, 1] }, { functions: { odd } });
    expect(result).toMatchObject({ output: ['Odd', 1], virtualMilliseconds: 3_000 });
  });

  it('records nothing of iterations that never began', async () => {
    const machine = mapping({ Check: { ...checking, End: true } }, { MaxConcurrency: 1 });
    const result = await simulate(machine, { items: [1, 2, 3] }, { functions: { odd } });
    expect(eventsOf(result).slice(-3)).toEqual([
      '9 MapIterationFailed after 8',
      '10 MapStateFailed after 8',
      '11 ExecutionFailed after 10',
    ]);
  });

  it('records no failure of an iteration whose definition is at fault', async () => {
    const machine = machineOf(
      {
        Each: {
          Type: 'Map',
          MaxConcurrency: 1,
          ItemProcessor: {
            StartAt: 'Pick',
            States: { Pick: { Type: 'Pass', Parameters: { 'sku.$': '$.sku' }, End: true } },
          },
          End: true,
        },
      },
      { QueryLanguage: 'JSONPath' },
    );
    const result = await simulate(machine, [{ sku: 'a' }, {}, { sku: 'c' }]);
    expect(result.error).toBe('States.Runtime');
    expect(eventsOf(result).slice(-3)).toEqual([
      '8 MapIterationStarted after 6',
      '9 PassStateEntered after 8',
      '10 ExecutionFailed after 9',
    ]);
  });

  it('gives an empty array for no items', async () => {
    expect((await simulate(mapping({ Same: { Type: 'Pass', End: true } }), { items: [] })).output).toEqual(
      [],
    );
  });

  it('keeps up with a thousand iterations', async () => {
    const items = Array.from({ length: 1000 }, (_, index) => index);
    const double: State = { Type: 'Pass', Output: '{% $states.input * 2 %}', End: true };
    const began = performance.now();
    const result = await simulate(mapping({ double }), { items });
    expect((result.output as number[])[999]).toBe(1998);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('refuses an ItemReader, which only a distributed Map has', async () => {
    const machine = mapping({ Same: { Type: 'Pass', End: true } }, { ItemReader: {} } as Partial<MapState>);
    await expect(simulate(machine, { items: [] })).rejects.toThrow(
      'ItemReader is for distributed maps, and this one is inline',
    );
  });
});

describe('distributed Map', () => {
  const distributed = (States: { [name: string]: State }, rest: Partial<MapState> = {}) =>
    mapping(States, {
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: Object.keys(States)[0] as string,
        States,
      },
      ...rest,
    });

  it('runs each item as an execution with a context and history of its own', async () => {
    const Output = [
      '{% $states.context.Execution.Input %}',
      '{% $states.context.Execution.Id %}',
      '{% $exists($outer) %}',
    ];
    const machine = distributed({ Show: { Type: 'Pass', Output, End: true } });
    const result = await simulate(
      {
        ...machine,
        StartAt: 'Set',
        States: { ...machine.States, Set: { Type: 'Pass', Assign: { outer: 1 }, Next: 'Each' } },
      },
      { items: ['a', 'b'] },
      { name: 'M' },
    );
    const ids = result.children.map((child) => child.executionArn);
    expect(ids[0]).toMatch(/^arn:aws:states:us-east-1:000000000000:execution:M\/Each:[0-9a-f-]{36}$/);
    expect(result.output).toEqual([
      ['a', ids[0], false],
      ['b', ids[1], false],
    ]);
    expect(result.children.map((child) => eventsOf(child).length)).toEqual([4, 4]);
    expect(eventsOf(result).slice(3)).toEqual([
      '4 MapStateEntered after 3',
      '5 MapStateStarted after 4',
      '6 MapRunStarted after 5',
      '7 MapRunSucceeded after 6',
      '8 MapStateSucceeded after 7',
      '9 MapStateExited after 6',
      '10 ExecutionSucceeded after 9',
    ]);
  });

  it('stops the children that still run when it fails', async () => {
    const machine = distributed({
      Pause: { Type: 'Wait', Seconds: '{% $states.input %}', Next: 'Check' },
      Check: { ...checking, End: true },
    });
    const result = await simulate(machine, { items: [100, 3] }, { functions: { odd } });
    expect(result.virtualMilliseconds).toBe(3_000);
    expect(result.children.map((child) => child.status)).toEqual(['ABORTED', 'FAILED']);
  });
});
