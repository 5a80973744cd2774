import { describe, expect, it } from 'vitest';
import type { State } from '../../../../src/dsl/asl/machine.ts';
import { simulate } from '../../../../src/dsl/simulator/simulate.ts';
import { StateFailure } from '../../../../src/dsl/simulator/state-failure.ts';
import { calling, pathMachine, runState } from './path-machine.ts';

const pass = { Type: 'Pass', End: true } as const;

describe('InputPath and OutputPath', () => {
  it('take a part of the input and of the output', async () => {
    const state = { ...pass, InputPath: '$.a', OutputPath: '$.b' };
    expect((await runState(state, { a: { b: 1 } })).output).toBe(1);
  });

  it('make an empty object of null', async () => {
    expect((await runState({ ...pass, InputPath: null }, { a: 1 })).output).toEqual({});
    expect((await runState({ ...pass, OutputPath: null }, { a: 1 })).output).toEqual({});
  });

  it('read the context object', async () => {
    const { output } = await runState({ ...pass, InputPath: '$$.State.Name' });
    expect(output).toBe('Only');
  });

  it.each([{ InputPath: '$.no.way' }, { OutputPath: '$.no.way' }])(
    'end the execution for %o',
    async (field) => {
      expect(await runState({ ...pass, ...field })).toMatchObject({
        status: 'FAILED',
        error: 'States.Runtime',
        cause:
          "An error occurred while executing the state 'Only' (entered at the event id #2). " +
          "Invalid path '$.no.way' : Missing property in path $['no']",
      });
    },
  );
});

describe('Parameters', () => {
  it('fill in paths and functions at any depth, and leave the rest', async () => {
    const Parameters = {
      'a.$': '$.x',
      plain: '$.x',
      list: [{ 'b.$': '$$.State.Name' }, '$.x', 1],
      deep: { 'c.$': "States.Format('<{}>', $.x)" },
    };
    expect((await runState({ ...pass, Parameters }, { x: 7 })).output).toEqual({
      a: 7,
      plain: '$.x',
      list: [{ b: 'Only' }, '$.x', 1],
      deep: { c: '<7>' },
    });
  });

  it('end the execution when a path leads nowhere', async () => {
    const { cause } = await runState({ ...pass, Parameters: { v: { 'a.$': '$.nope' } } }, { x: 7 });
    expect(cause).toContain(
      `The JSONPath '$.nope' specified for the field 'a.$' could not be found in the input '{"x":7}'`,
    );
  });
});

describe('a result', () => {
  it('replaces the input, unless ResultPath has a place for it', async () => {
    expect((await runState({ ...pass, Result: 1 }, { a: 1 })).output).toBe(1);
    expect((await runState({ ...pass, Result: 1, ResultPath: '$.b.c' }, { a: 1 })).output).toEqual({
      a: 1,
      b: { c: 1 },
    });
    expect((await runState({ ...pass, Result: 1, ResultPath: '$.l[1]' }, { l: [5, 6] })).output).toEqual({
      l: [5, 1],
    });
    expect((await runState({ ...pass, Result: 1, ResultPath: null }, { a: 1 })).output).toEqual({ a: 1 });
  });

  it('of a Pass is taken as it stands', async () => {
    expect((await runState({ ...pass, Result: { 'a.$': '$.b' } })).output).toEqual({ 'a.$': '$.b' });
  });

  it('goes into the raw input, not what InputPath took of it', async () => {
    const state = { ...calling, InputPath: '$.a', ResultPath: '$.r' };
    expect((await runState(state, { a: 1 })).output).toEqual({ a: 1, r: 1 });
  });

  it('is selected before it is placed', async () => {
    const state = { ...calling, ResultSelector: { 'n.$': '$.x', s: 1 }, ResultPath: '$.r' };
    expect((await runState(state, { x: 2 })).output).toEqual({ x: 2, r: { n: 2, s: 1 } });
  });

  it('fails by name where the input has no place for it', async () => {
    const { error, cause } = await runState({ ...pass, Result: 1, ResultPath: '$.a.b' }, { a: 'text' });
    expect(error).toBe('States.ResultPathMatchFailure');
    expect(cause).toContain('Unable to apply ReferencePath $.a.b to input {"a":"text"}');
  });
});

describe('Assign', () => {
  const after = { Type: 'Pass', Parameters: { 'v.$': '$v', 'w.$': '$w.inner' }, End: true } as const;

  it.each<[string, State]>([
    ['the input of a Pass', { Type: 'Pass', Assign: { 'v.$': '$.x', w: { inner: 1 } }, Next: 'After' }],
    [
      'the result of a Task',
      {
        ...calling,
        End: undefined,
        Parameters: { 'x.$': '$.x' },
        ResultPath: null,
        Assign: { 'v.$': '$.x', w: { inner: 1 } },
        Next: 'After',
      },
    ],
    [
      'the input of a Choice',
      {
        Type: 'Choice',
        Choices: [
          { Variable: '$.x', NumericEquals: 2, Next: 'After', Assign: { 'v.$': '$.x', w: { inner: 1 } } },
        ],
      },
    ],
  ])('reads %s', async (_what, state) => {
    const machine = pathMachine({ First: state, After: after });
    const { output, cause } = await simulate(machine, { x: 2 }, { functions: { f: (given) => given } });
    expect({ output, cause }).toEqual({ output: { v: 2, w: 1 }, cause: undefined });
  });
});

describe('Catch', () => {
  const failing = (catcher: object) =>
    simulate(
      pathMachine({
        Try: {
          ...calling,
          End: undefined,
          Next: 'End',
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'End', ...catcher }],
        },
        End: { Type: 'Pass', End: true },
      }),
      { a: 1 },
      {
        functions: {
          f: () => {
            throw new StateFailure('Broken', 'why');
          },
        },
      },
    );

  it('puts the error where ResultPath says, else in place of the input', async () => {
    expect((await failing({})).output).toEqual({ Error: 'Broken', Cause: 'why' });
    expect((await failing({ ResultPath: '$.error' })).output).toEqual({
      a: 1,
      error: { Error: 'Broken', Cause: 'why' },
    });
    expect((await failing({ ResultPath: null })).output).toEqual({ a: 1 });
  });

  it('assigns of the error', async () => {
    const { history } = await failing({ Assign: { 'e.$': '$.Error' } });
    const exit = history.find(({ type }) => type === 'TaskStateExited');
    expect(exit?.stateExitedEventDetails?.assignedVariables).toEqual({ e: '"Broken"' });
  });
});

it('runs states of both languages in one machine', async () => {
  const machine = pathMachine({
    Old: { Type: 'Pass', Parameters: { 'n.$': '$.n' }, Assign: { 'v.$': '$.n' }, Next: 'New' },
    New: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $v + $states.input.n %}', End: true },
  });
  expect((await simulate(machine, { n: 2 })).output).toBe(4);
});

describe('an input of null', () => {
  const refusal = 'Unable to apply Path transformation to null or empty input.';

  it('has no paths: a state that reads one ends the execution', async () => {
    for (const path of ['$', '$.a'])
      expect(await runState({ ...pass, Parameters: { 'v.$': path } }, null)).toMatchObject({
        error: 'States.Runtime',
        cause: `An error occurred while executing the state 'Only' (entered at the event id #2). ${refusal}`,
      });
    const choice = pathMachine({
      Only: { Type: 'Choice', Choices: [{ Variable: '$', IsString: true, Next: 'End' }], Default: 'End' },
      End: { Type: 'Succeed' },
    });
    expect((await simulate(choice, null)).cause).toContain(refusal);
  });

  it('passes through a state that reads none of it', async () => {
    expect((await runState(pass, null)).output).toBeNull();
    const other = { ...pass, Parameters: { 'at.$': '$$.State.Name' } };
    expect((await runState(other, null)).output).toEqual({ at: 'Only' });
  });
});

describe('an index past the end of an array', () => {
  it('leads to null where a value is read', async () => {
    const input = { list: [1], at: 9 };
    const Parameters = { 'v.$': '$.list[9]', 'text.$': "States.Format('{}', $.list[1])" };
    expect((await runState({ ...pass, Parameters }, input)).output).toEqual({ v: null, text: 'null' });
    expect((await runState({ ...pass, OutputPath: '$.list[9]' }, input)).output).toBeNull();
    expect((await runState({ ...pass, InputPath: '$.at[0]' }, input)).error).toBe('States.Runtime');
  });

  it('is not present to a Choice', async () => {
    const Choices = [{ Variable: '$.list[1]', IsPresent: true, Next: 'There' }];
    const machine = pathMachine({
      Only: { Type: 'Choice', Choices, Default: 'Gone' },
      There: { Type: 'Fail' },
      Gone: { Type: 'Succeed' },
    });
    expect((await simulate(machine, { list: [1] })).status).toBe('SUCCEEDED');
  });
});
