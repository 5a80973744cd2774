import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { task } from '../../../src/dsl/authoring/task.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { compile, machineText } from '../../../src/dsl/compiler/compile.ts';
import { map } from '../../../src/dsl/expression/each.ts';
import { list } from '../../../src/dsl/expression/list.ts';
import { add } from '../../../src/dsl/expression/number.ts';
import { concat } from '../../../src/dsl/expression/text.ts';
import { begin, machineOf, number, run, statesOf } from '../../support/compiled-workflow.ts';

const greet = task('Greet', {
  input: z.object({ name: z.string() }),
  output: z.object({ text: z.string(), language: z.string() }),
  errors: [],
  timeout: '1 minute',
});
const make = () =>
  workflow('Welcome', {
    input: z.object({ name: z.string() }),
    output: z.object({ text: z.string() }),
    timeout: '1 hour',
    comment: 'Greets',
  })
    .run('greeted', ({ input }) => greet({ name: concat('dear ', input.name) }))
    .returns(({ greeted }) => ({ text: greeted.text }));

describe('compile', () => {
  it('makes a machine whose steps are states and whose results are variables', async () => {
    expect(compile(make()).machine).toEqual({
      Comment: 'Greets',
      QueryLanguage: 'JSONata',
      TimeoutSeconds: 3600,
      StartAt: 'Input.Check',
      States: {
        'Input.Check': expect.objectContaining({ Type: 'Pass', Next: 'Input.Valid' }),
        'Input.Valid': {
          Type: 'Choice',
          Choices: [{ Condition: '{% $count($input_faults) = 0 %}', Next: 'Input' }],
          Default: 'Input.Refused',
        },
        'Input.Refused': {
          Type: 'Fail',
          Error: 'InvalidInput',
          Cause: '{% "Welcome refuses its input: " & $join($input_faults, "; ") %}',
        },
        Input: {
          Type: 'Pass',
          Assign: { input: '{% {"name": $states.input.name} %}' },
          Output: {},
          Next: 'Greeted',
        },
        Greeted: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Arguments: { FunctionName: '${Greet}', Payload: { name: '{% "" & "dear " & $input.name %}' } },
          TimeoutSeconds: 90,
          Retry: [expect.objectContaining({ MaxAttempts: 6, JitterStrategy: 'FULL' })],
          Assign: { greeted: { text: '{% $states.result.Payload.text %}' } },
          Output: {},
          Next: 'Return',
        },
        Return: { Type: 'Succeed', Output: { text: '{% $greeted.text %}' } },
      },
    });
    const functions = {
      Greet: (payload: unknown) => ({ text: `Hello, ${(payload as { name: string }).name}`, language: 'en' }),
    };
    expect(await run(make(), { name: 'Ada' }, { functions })).toMatchObject({
      status: 'SUCCEEDED',
      output: { text: 'Hello, dear Ada' },
    });
  });

  it('gives the same bytes for the same workflow, however often and whatever was made before', () => {
    const mapped = () =>
      begin().returns(({ input }) => ({ value: map(input.list, (x) => map(list(x), (y) => add(x, y))) }));
    const first = machineText(compile(mapped()).machine);
    mapped();
    expect(machineText(compile(mapped()).machine)).toBe(first);
    expect(machineText(compile(make()).machine)).toBe(machineText(compile(make()).machine));
  });

  it('writes a machine as indented JSON with a last line end', () => {
    expect(machineText({ StartAt: 'A', States: {} })).toBe('{\n  "StartAt": "A",\n  "States": {}\n}\n');
  });

  it('keeps only the variables that a later state reads', () => {
    const one = number('One');
    const unread = begin()
      .run('forgotten', ({ input }) => one({ n: input.n }))
      .returns(() => ({ value: 1 }));
    expect(statesOf(unread).Forgotten).not.toHaveProperty('Assign');
    const chained = begin()
      .run('kept', ({ input }) => one({ n: input.n }))
      .choose('unused', (ways) =>
        ways
          .when(
            'all',
            ({ kept }) => concat(kept.n) as never,
            (way) => way.returns(({ kept }) => kept.n),
          )
          .otherwise((way) => way),
      )
      .returns(() => ({ value: 1 }));
    expect(statesOf(chained).Kept).toHaveProperty('Assign.kept');
    expect(statesOf(chained)['Unused.All.Return']).not.toHaveProperty('Assign');
    const constant = begin().returns(() => ({ value: 1 }));
    expect(machineOf(constant).States.Input).not.toHaveProperty('Assign');
  });

  it('awaits a child workflow and takes its output', async () => {
    const parent = workflow('Parent', {
      input: z.object({ name: z.string() }),
      output: z.object({ said: z.string() }),
      timeout: '2 hours',
    })
      .run('child', ({ input }) => make()({ name: input.name }))
      .returns(({ child }) => ({ said: child.text }));
    expect(statesOf(parent).Child).toMatchObject({
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: '${Welcome}', Input: { name: '{% $input.name %}' } },
      TimeoutSeconds: 3660,
      Assign: { child: { text: '{% $states.result.Output.text %}' } },
    });
    const result = await run(
      parent,
      { name: 'Ada' },
      {
        machines: { Welcome: machineOf(make()) },
        functions: { Greet: () => ({ text: 'Hello', language: 'en' }) },
      },
    );
    expect(result.output).toEqual({ said: 'Hello' });
    expect(result.children).toHaveLength(1);
  });

  it('waits for a duration, and for seconds known only when it runs', async () => {
    const waiting = begin()
      .waitFor('first', '90 minutes')
      .waitFor('second', ({ input }) => add(input.n, 5))
      .returns(() => ({ value: null }));
    expect(statesOf(waiting)).toMatchObject({
      First: { Type: 'Wait', Seconds: 5400, Next: 'Second' },
      Second: { Type: 'Wait', Seconds: '{% $input.n + 5 %}', Next: 'Return' },
    });
    const { virtualMilliseconds } = await run(waiting, { n: 5, list: [] });
    expect(virtualMilliseconds).toBe(5_410_000);
  });

  it('reads fields of odd names', async () => {
    const odd = workflow('Odd', {
      input: z.object({ 'a-b': z.object({ true: z.string(), 'c d': z.string() }), null: z.string() }),
      output: z.object({ 'x y': z.string(), both: z.string() }),
      timeout: '1 minute',
    }).returns(({ input }) => ({ 'x y': input['a-b'].true, both: concat(input['a-b']['c d'], input.null) }));
    const result = await run(odd, { 'a-b': { true: 'yes', 'c d': '1' }, null: '2' });
    expect(result.output).toEqual({ 'x y': 'yes', both: '12' });
  });
});
