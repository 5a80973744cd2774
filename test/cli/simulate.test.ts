import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rewindCommand } from '../support/rewind-command.ts';

const { folder, file, run: simulate, remove } = rewindCommand('simulate');
afterAll(remove);

const machine = {
  StartAt: 'Pause',
  States: {
    Pause: { Type: 'Wait', Seconds: 90_000, Next: 'Ask' },
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'price' },
      OutputPath: '$.Payload',
      End: true,
    },
  },
};
const mocks = {
  StateMachines: { order: { TestCases: { Well: { Ask: 'Answer' }, Ill: { Ask: 'Refusal' } } } },
  MockedResponses: {
    Answer: { '0': { Return: { Payload: { price: 7 } } } },
    Refusal: { '0': { Throw: { Error: 'Refused', Cause: 'not today' } } },
  },
};

describe('rewind simulate', () => {
  it('prints the path in virtual time and the output, and exits with 0 only on success', () => {
    const definition = file('order.asl.json', machine);
    const replies = file('mocks.json', mocks);
    const run = (testCase: string, ...more: string[]) =>
      simulate('--definition', definition, '--mocks', replies, '--test-case', testCase, ...more);
    const path = '00:00:00  Pause\n1 d 01:00:00  Ask\n';
    const well = { status: 0, stdout: `${path}1 d 01:00:00  SUCCEEDED  {"price":7}\n`, stderr: '' };
    expect(run('Well')).toEqual(well);
    expect(run('Well', '--watch')).toEqual(well);
    expect(run('Ill')).toEqual({
      status: 1,
      stdout: `${path}1 d 01:00:00  FAILED  Refused: not today\n`,
      stderr: '',
    });
    const { stdout } = run('Well', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'SUCCEEDED',
      output: { price: 7 },
      virtualMilliseconds: 90_000_000,
      history: expect.arrayContaining([expect.objectContaining({ type: 'ExecutionSucceeded' })]),
    });
  });

  it('holds the calls to a policy, and tells what it refused and what was not used', () => {
    const definition = file('order.asl.json', {
      StartAt: 'Ask',
      States: { Ask: { ...machine.States.Ask, Parameters: { FunctionName: 'ask' } } },
    });
    const replies = file('mocks.json', mocks);
    const run = (policy: string, ...more: string[]) =>
      simulate(
        '--definition',
        definition,
        '--mocks',
        replies,
        '--test-case',
        'Well',
        '--policy',
        policy,
        ...more,
      );
    const ask = 'arn:aws:lambda:us-east-1:000000000000:function:ask';
    const statement = { Effect: 'Allow', Action: ['lambda:InvokeFunction', 'sns:Publish'], Resource: ask };
    const wide = file('wide.json', { Version: '2012-10-17', Statement: [{ Sid: 'Wide', ...statement }] });
    expect(run(wide)).toEqual({
      status: 0,
      stdout: '00:00:00  Ask\n00:00:00  SUCCEEDED  {"price":7}\n',
      stderr: `unused  sns:Publish on ${ask}, of Wide\n`,
    });
    const narrow = file('narrow.json', [{ ...statement, Action: 'sns:Publish' }]);
    const { status, stdout, stderr } = run(narrow);
    expect(status).toBe(1);
    expect(stdout).toContain(
      'FAILED  Lambda.AWSLambdaException: User: arn:aws:sts::000000000000:assumed-role/order/',
    );
    expect(stderr).toContain(`refused  lambda:InvokeFunction on ${ask}, in Ask\n`);
    const told = JSON.parse(run(narrow, '--json').stdout) as { policy: object };
    expect(told.policy).toEqual({
      refused: [{ machine: 'order', state: 'Ask', action: 'lambda:InvokeFunction', resource: ask }],
      unchecked: [],
      unused: [{ statement: 'statement 1', action: 'sns:Publish', resource: ask }],
    });
    const bad = run(file('bad.json', [{ ...statement, Principal: '*' }]));
    expect(bad.stderr).toContain("bad.json: policy, statement 1: a role's policy has no 'Principal'");
  });

  it.each([
    ['a file that is not there', () => ['--definition', join(folder, 'gone.json')], 'there is no such file'],
    ['text that is no JSON', () => ['--definition', file('text.json', 'States:')], 'it is no JSON'],
    ['another thing', () => ['--definition', file('list.json', [])], 'it is no state machine'],
    [
      'a call that nothing answers',
      () => ['--definition', file('order.asl.json', machine)],
      "nothing says what state 'Ask' is answered",
    ],
  ])('refuses %s in words', (_what, args, words) => {
    const { status, stderr } = simulate(...args());
    expect(status).toBe(1);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('    at ');
  });

  it('runs no definition that Step Functions would not create, and says why', () => {
    const refused = {
      StartAt: 'A',
      States: { A: { Type: 'Pass', Next: 'B', End: true }, B: { Type: 'Succeed' }, C: { Type: 'Succeed' } },
    };
    expect(simulate('--definition', file('refused.asl.json', refused))).toEqual({
      status: 1,
      stdout: '',
      stderr: `rewind: state machine 'refused':
  SCHEMA_VALIDATION_FAILED: There should only be one of the following fields: [Next, End] at /States/A (conflicting-fields: keep one of them)
  MISSING_TRANSITION_TARGET: State "C" is not reachable. at /States/C (unreachable-state: lead one to it, or remove it)
`,
    });
  });

  it('prints JSON alone on the standard output, also when it is watched', () => {
    const definition = file('pass.asl.json', {
      StartAt: 'Only',
      States: { Only: { Type: 'Pass', End: true } },
    });
    const { status, stdout, stderr } = simulate('--definition', definition, '--watch', '--json');
    expect([status, stderr]).toEqual([0, '00:00:00  Only\n']);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it.each([
    ['a test case of nothing', ['--test-case', 'Well'], 'give it with --mocks'],
    ['a machine of nothing', ['--machine', 'order'], 'give it with --mocks'],
    ['no seed', ['--seed', ''], 'Give a whole number.'],
  ])('exits with 2 when it is given %s', (_what, args, words) => {
    const { status, stderr } = simulate('--definition', file('order.asl.json', machine), ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
  });
});
