import { describe, expect, it } from 'vitest';
import type { Json, State, StateMachine } from '../../../src/dsl/asl/machine.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { grown } from './fuzz/grown.ts';
import { machineOf, passing } from './machines.ts';

const causeOf = async (expression: string): Promise<string | undefined> =>
  (await simulate(passing(`{% ${expression} %}`), {})).cause?.replace(
    /^.*threw an error during evaluation/,
    '',
  );
/** Half as deep as an expression may be, and somewhat deeper. */
const nested = (inner: string): string => `${'1 + ('.repeat(26)}${inner}${')'.repeat(26)}`;
const reading = (path: string): StateMachine => ({
  StartAt: 'Only',
  States: { Only: { Type: 'Pass', Parameters: { 'v.$': path }, End: true } },
});

describe('an expression that goes beyond every bound fails the state, in the words of AWS', () => {
  it.each([
    ['calls itself without end', '($f := function($x) { $f($x + 1) }; $f(0))'],
    [
      'matches without end, by a pattern that has matched before',
      '[$match("aaa", /^(a+)+$/), $match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)]',
    ],
  ])('when it %s', async (_what, expression) => {
    expect(await causeOf(expression)).toBe(': Expression evaluation timeout: Check for infinite loop');
  });

  it.each([
    ['terms', Array.from({ length: 101 }, () => '1').join(' + ')],
    ['calls', '($f := function($n) { 1 + $f($n + 1) }; $f(0))'],
    ['a call of what nests as deep', `($f := function($n) { ${nested('$n')} }; ${nested('$f(1)')})`],
    ['calls within arrays', '($f := function($n) { [1 + $f($n + 1), $f(1)] }; $f(0))'],
  ])('when it nests %s too deeply', async (_what, expression) => {
    expect(await causeOf(expression)).toBe(
      ': Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.',
    );
  });

  it.each([
    '$count([1..873783])',
    '$count($range(1, 1e9, 1))',
    '($f := function($a) { $f($append($a, $a)) }; $f([1, 2]))',
    '($f := function($s) { $f($s & $s) }; $f("x"))',
  ])('when it takes too much memory: %s', async (expression) => {
    expect(await causeOf(expression)).toBe(
      ': Expression evaluation memory limit exceeded: Check for excessive memory usage',
    );
  });

  it('and no sooner', async () => {
    const deep = Array.from({ length: 100 }, () => '1').join(' + ');
    const wide = `[${Array.from({ length: 150 }, () => '$uppercase("x")').join(', ')}]`;
    const machine = passing([`{% ${deep} %}`, '{% $count([1..873782]) %}', `{% $count(${wide}) %}`]);
    expect((await simulate(machine, {})).output).toEqual([100, 873_782, 150]);
  });
});

it('matches a pattern of many stars, and a path of nested repetitions, in no time or not at all', async () => {
  const text = 'a'.repeat(50_000);
  const choice: State = {
    Type: 'Choice',
    Choices: [{ Variable: '$', StringMatches: '*a*a*a*a*a*a*b', Next: 'Yes' }],
    Default: 'No',
  };
  const ends: { readonly [name: string]: State } = { Yes: { Type: 'Fail' }, No: { Type: 'Succeed' } };
  const matching = { StartAt: 'Way', States: { Way: choice, ...ends } };
  expect((await simulate(matching, text)).status).toBe('SUCCEEDED');
  const filtering = reading('$[?(@.k =~ /(a*)*b/)]');
  expect(await simulate(filtering, [{ k: 'a'.repeat(40) }])).toMatchObject({
    error: 'States.Runtime',
    cause: 'A regular expression was matched for too long.',
  });
});

describe('data', () => {
  const odd = JSON.parse('{"__proto__":{"x":1},"constructor":2,"":3,"\\ud800":4}') as Json;

  it.each<[string, StateMachine]>([
    ['a template', passing({ all: '{% $states.input %}' })],
    ['JSONata', passing({ all: '{% $merge([$states.input]) ~> $string() ~> $parse() %}' })],
    ['a path', reading('$')],
    ['an intrinsic function', reading('States.StringToJson(States.JsonToString($))')],
  ])('keeps the names of its members, whatever they are, through %s', async (_what, machine) => {
    const { output } = await simulate(machine, odd);
    const { all = (output as { v?: Json }).v } = output as { all?: Json };
    expect(JSON.stringify(all)).toBe(JSON.stringify(odd));
    expect(Object.prototype).not.toHaveProperty('x');
  });

  it('keeps a member of that name that a template or JSON text has', async () => {
    const written = JSON.parse('{"__proto__":"{% 1 %}"}') as Json;
    const { output } = await simulate(passing([written, `{% $parse('{"__proto__":{"x":1}}') %}`]), {});
    expect(JSON.stringify(output)).toBe('[{"__proto__":1},{"__proto__":{"x":1}}]');
  });

  it('may be nested as deeply as the process can follow', async () => {
    expect((await simulate(passing('{% $states.input %}'), grown('nested 1200 a') as Json)).status).toBe(
      'SUCCEEDED',
    );
    await expect(simulate(passing(0), grown('nested 100000') as Json)).rejects.toThrow(
      'the input is nested too deeply',
    );
    const task: State = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:1:function:f', End: true };
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const answered = await simulate(
      machineOf({ Ask: task }),
      {},
      { functions: { f: () => JSON.parse(deep) as Json } },
    );
    expect(answered.error).toBe('RangeError');
  });
});

it.each([
  ['lambda:invoke', 'lambda:invoke needs Arguments.FunctionName'],
  ['states:startExecution', 'startExecution needs Arguments.StateMachineArn'],
  ['states:startExecution.sync:2', 'startExecution needs Arguments.StateMachineArn'],
  ['aws-sdk:sfn:sendTaskSuccess', 'sendTaskSuccess needs Arguments.TaskToken'],
  ['aws-sdk:sfn:sendTaskFailure', 'sendTaskFailure needs Arguments.TaskToken'],
])('a call of %s without arguments, in a state without input, says what it lacks', async (action, lack) => {
  const task: State = { Type: 'Task', Resource: `arn:aws:states:::${action}`, End: true };
  for (const machine of [machineOf({ Ask: task }), { StartAt: 'Ask', States: { Ask: task } }])
    await expect(simulate(machine, null)).rejects.toThrow(`state 'Ask': ${lack}`);
});

describe('a simulation is refused', () => {
  const broken = (change: object) =>
    ({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } }, ...change }) as never;

  it.each([
    [
      'of a definition without states',
      broken({ States: undefined }),
      "'StateMachine': SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /",
    ],
    ['of a type that there is not', broken({ States: { A: { Type: 'toString' } } }), '/States/A/Type'],
    ['of a state that there is not', broken({ StartAt: 'toString' }), '/StartAt'],
    [
      'of Retry that is no list',
      broken({ States: { A: { Type: 'Parallel', Branches: [broken({})], Retry: 1, End: true } } }),
      '/States/A/Retry',
    ],
    [
      'of an expression of too many parts',
      passing(`{% ${'1 + '.repeat(3000)} 1 %}`),
      'too deep in each other',
    ],
    ['of an expression of far too many', passing(`{% ${'['.repeat(9000)} %}`), 'too deep in each other'],
    ['of a path of too many parts', reading(`$[?(${'!'.repeat(20_000)}@.a)]`), 'is nested too deeply'],
    ['of a filter that is no regular expression', reading('$[?(@.k =~ /(/)]'), 'a regular expression'],
    [
      'of a function that only every object has',
      machineOf({
        Ask: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:1:function:toString', End: true },
      }),
      "the function 'toString', which is not there",
    ],
  ])('%s', async (_what, machine, message) => {
    await expect(simulate(machine, {})).rejects.toThrow(message);
  });

  it.each(['startExecution', 'startExecution.sync:2'])(
    'when executions start one another without end: %s',
    async (call) => {
      const Resource = `arn:aws:states:::states:${call}`;
      const machine = machineOf({
        Again: { Type: 'Task', Resource, Arguments: { StateMachineArn: 'M' }, End: true },
      });
      await expect(simulate(machine, {}, { name: 'M', machines: { M: machine } })).rejects.toThrow(
        "executions start one another without end, this time one of 'M'",
      );
    },
  );
});
