import { beforeAll, describe, expect, it } from 'vitest';
import { StateFailure } from '../../../src/dsl/simulator/state-failure.ts';
import { machineMatchers } from '../../../src/dsl/testing/matchers.ts';
import { testMachine } from '../../../src/dsl/testing/test-machine.ts';
import type { TestRun } from '../../../src/dsl/testing/test-run.ts';
import { invoking, machineOf } from '../simulator/machines.ts';

const shop = machineOf({
  Charge: {
    ...invoking('Charge'),
    Catch: [{ ErrorEquals: ['CardDeclined'], Next: 'Refund' }],
    Output: '{% $states.result.Payload %}',
    Next: 'Pause',
  },
  Pause: { Type: 'Wait', Seconds: 5400, Next: 'Pack' },
  Pack: {
    Type: 'Map',
    Items: ['tea', 'cup'],
    ItemProcessor: { StartAt: 'Wrap', States: { Wrap: { Type: 'Pass', End: true } } },
    Output: { parcel: 'p-1' },
    End: true,
  },
  Refund: {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:dynamodb:putItem',
    Arguments: { TableName: 'refunds', Item: {} },
    Next: 'Failed',
  },
  Failed: { Type: 'Fail', Error: 'NotPaid', Cause: 'the card was declined' },
});

const resources = { 'arn:aws:states:::aws-sdk:dynamodb:putItem': () => ({}) };
let paid: TestRun;
let declined: TestRun;
beforeAll(async () => {
  paid = await testMachine(shop, { resources, functions: { Charge: () => ({}) } }).run({ cents: 1250 });
  const Charge = () => {
    throw new StateFailure('CardDeclined', 'more than 50 €');
  };
  declined = await testMachine(shop, { resources, functions: { Charge } }).run({ cents: 9900 });
});

const {
  toHaveSucceeded,
  toHaveSucceededWith,
  toHaveFailedWith,
  toHaveTakenPath,
  toHaveVisited,
  toHaveCalled,
  toHaveTaken,
} = machineMatchers;

/** vitest says of it that it may be anything. */
const like = (pattern: RegExp) => expect.stringMatching(pattern) as unknown as string;

type Judgement = readonly [what: string, judge: () => { pass: boolean; message: () => string }];

const paidPath = 'the path taken is\n  Charge → Pause → Pack → Pack[0] > Wrap → Pack[1] > Wrap\n';
const declinedPath = 'the path taken is\n  Charge → Refund → Failed\n';
const succeeded = `${paidPath}it SUCCEEDED with {"parcel":"p-1"}`;
const failed = `${declinedPath}it FAILED with NotPaid: the card was declined`;

describe('a matcher holds', () => {
  it.each<Judgement>([
    ['success', () => toHaveSucceeded(paid)],
    ['an output', () => toHaveSucceededWith(paid, { parcel: 'p-1' })],
    ['an output in part', () => toHaveSucceededWith(paid, { parcel: expect.stringMatching(/^p-/) })],
    ['an error', () => toHaveFailedWith(declined, 'NotPaid')],
    ['an error and a part of its cause', () => toHaveFailedWith(declined, 'NotPaid', 'declined')],
    ['an error and a pattern of its cause', () => toHaveFailedWith(declined, 'NotPaid', /^the card/)],
    ['a whole path', () => toHaveTakenPath(declined, ['Charge', 'Refund', 'Failed'])],
    [
      'a path with places',
      () => toHaveTakenPath(paid, ['Charge', 'Pause', 'Pack', 'Pack[0] > Wrap', 'Pack[1] > Wrap']),
    ],
    ['a path with bare names', () => toHaveTakenPath(paid, ['Charge', 'Pause', 'Pack', 'Wrap', 'Wrap'])],
    ['a gap in front', () => toHaveTakenPath(declined, ['...', 'Failed'])],
    ['a gap behind', () => toHaveTakenPath(declined, ['Charge', '...'])],
    ['a gap of nothing', () => toHaveTakenPath(declined, ['Charge', '...', 'Refund', '...', 'Failed'])],
    ['a gap between', () => toHaveTakenPath(paid, ['...', 'Pause', '...', 'Wrap', 'Wrap'])],
    ['a gap alone', () => toHaveTakenPath(paid, ['...'])],
    ['a visit', () => toHaveVisited(paid, 'Wrap')],
    ['a visit to a place', () => toHaveVisited(paid, 'Pack[1] > Wrap', 1)],
    ['a number of visits', () => toHaveVisited(paid, 'Wrap', 2)],
    ['no visit', () => toHaveVisited(paid, 'Refund', 0)],
    ['an error and a cause that is like', () => toHaveFailedWith(declined, 'NotPaid', like(/declined$/))],
    ['a call', () => toHaveCalled(paid, 'Charge')],
    ['a call with a payload', () => toHaveCalled(paid, 'Charge', { cents: 1250 })],
    ['a call with a part of a payload', () => toHaveCalled(paid, 'Charge', expect.objectContaining({}))],
    ['a service call', () => toHaveCalled(declined, 'dynamodb:putItem', { TableName: 'refunds', Item: {} })],
    ['a service call as aws-sdk', () => toHaveCalled(declined, 'aws-sdk:dynamodb:putItem')],
    [
      'a service call by its Resource',
      () => toHaveCalled(declined, 'arn:aws:states:::aws-sdk:dynamodb:putItem'),
    ],
    ['a duration', () => toHaveTaken(paid, '90 minutes')],
    ['a duration in milliseconds', () => toHaveTaken(declined, 0)],
  ])('of %s', (_what, judge) => {
    const { pass, message } = judge();
    expect(pass).toBe(true);
    expect(message()).toMatch(/^expected anything but [^]*\nthe path taken is\n/);
  });
});

describe('a matcher that does not hold shows the path', () => {
  it.each<readonly [...Judgement, message: string]>([
    ['success', () => toHaveSucceeded(declined), `expected success\n${failed}`],
    [
      'an output',
      () => toHaveSucceededWith(paid, { parcel: 'p-1', more: expect.anything() }),
      `expected success with {"parcel":"p-1","more":"Anything"}\n${succeeded}`,
    ],
    [
      'an output of a failure',
      () => toHaveSucceededWith(declined, undefined),
      `expected success with nothing\n${failed}`,
    ],
    ['an error', () => toHaveFailedWith(declined, 'Other'), `expected failure with Other\n${failed}`],
    [
      'a cause',
      () => toHaveFailedWith(declined, 'NotPaid', /lost/),
      `expected failure with NotPaid: /lost/\n${failed}`,
    ],
    [
      'another way',
      () => toHaveTakenPath(declined, ['Charge', 'Pause', 'Pack']),
      `expected the path\n  Charge → Pause → Pack\nin step 2 it came to Refund, not to Pause\n${failed}`,
    ],
    [
      'a longer way',
      () => toHaveTakenPath(declined, ['Charge', 'Refund', 'Failed', 'Pack']),
      `expected the path\n  Charge → Refund → Failed → Pack\nin step 4 it had ended, and not come to Pack\n${failed}`,
    ],
    [
      'a shorter way',
      () => toHaveTakenPath(declined, ['Charge', 'Refund']),
      `expected the path\n  Charge → Refund\nafter step 2, Refund, it went on to Failed\n${failed}`,
    ],
    [
      'something between',
      () => toHaveTakenPath(declined, ['Charge', '...', 'Pause', '...', 'Failed']),
      `expected the path\n  Charge → ... → Pause → ... → Failed\nafter step 1, Charge, it never came to Pause\n${failed}`,
    ],
    [
      'the order',
      () => toHaveTakenPath(declined, ['...', 'Refund', '...', 'Charge', '...']),
      `expected the path\n  ... → Refund → ... → Charge → ...\nafter step 2, Refund, it never came to Charge\n${failed}`,
    ],
    [
      'the end',
      () => toHaveTakenPath(paid, ['Charge', '...', 'Pause']),
      `expected the path\n  Charge → ... → Pause\nin step 5 it came to Pack[1] > Wrap, not to Pause\n${succeeded}`,
    ],
    [
      'an end that is also the start',
      () => toHaveTakenPath(declined, ['Charge', 'Refund', 'Failed', '...', 'Failed']),
      `expected the path\n  Charge → Refund → Failed → ... → Failed\nafter step 3, Failed, it never came to Failed\n${failed}`,
    ],
    [
      'a visit',
      () => toHaveVisited(declined, 'Pack'),
      `expected Pack to be visited\nit was visited 0 times\n${failed}`,
    ],
    [
      'a number of visits',
      () => toHaveVisited(paid, 'Charge', 2),
      `expected Charge to be visited 2 times\nit was visited once\n${succeeded}`,
    ],
    [
      'a call',
      () => toHaveCalled(paid, 'dynamodb:putItem'),
      `expected a call of dynamodb:putItem\nit called\n  Charge with {"cents":1250}, in Charge\n${succeeded}`,
    ],
    [
      'a payload',
      () => toHaveCalled(declined, 'dynamodb:putItem', { TableName: 'orders' }),
      'expected a call of dynamodb:putItem with {"TableName":"orders"}\nit called\n' +
        `  Charge with {"cents":9900}, in Charge\n  dynamodb:putItem with {"TableName":"refunds","Item":{}}, in Refund\n${failed}`,
    ],
    [
      'a duration',
      () => toHaveTaken(paid, '1 day'),
      `expected that it takes 1 day\nit took 1 hour 30 minutes\n${succeeded}`,
    ],
  ])('for %s', (_what, judge, message) => {
    const { pass, message: words } = judge();
    expect({ pass, message: words() }).toEqual({ pass: false, message });
  });
});

describe('a matcher refuses', () => {
  it.each<readonly [string, () => unknown, string]>([
    ['a state that is not there', () => toHaveVisited(paid, 'Refnud', 0), "did you mean 'Refund'?"],
    ['a path through one', () => toHaveTakenPath(paid, ['...', 'Elsewhere']), "no state 'Elsewhere'"],
    [
      'a call that no Task makes',
      () => toHaveCalled(paid, 'Chrage'),
      "no Task of the machine calls 'Chrage'; they call Charge, dynamodb:putItem",
    ],
    [
      'a run that was not awaited',
      () => toHaveVisited(Promise.resolve(paid) as unknown as TestRun, 'Charge'),
      'await machine.run(input)',
    ],
    ['no duration', () => toHaveTaken(paid, 'long' as '1 day'), 'a duration must be'],
    ['a duration that none is', () => toHaveTaken(paid, Number.NaN), 'milliseconds from 0, got NaN'],
    [
      'a state that is in something else',
      () => toHaveVisited(paid, 'Pakc[0] > Wrap', 0),
      "the state 'Wrap' is never at 'Pakc[0] > Wrap'; write 'Pack[0] > Wrap' or 'Wrap' alone",
    ],
    [
      'a Map without an iteration',
      () => toHaveTakenPath(paid, ['...', 'Pack > Wrap']),
      "write 'Pack[0] > Wrap' or 'Wrap' alone",
    ],
    [
      'a state in something that is in nothing',
      () => toHaveVisited(paid, 'Pack[0] > Pause', 0),
      "never at 'Pack[0] > Pause'; write 'Pause' alone",
    ],
    ['no number of visits', () => toHaveVisited(paid, 'Wrap', -1), 'a whole number of times from 0, got -1'],
    [
      'a name instead of a path',
      () => toHaveTakenPath(paid, 'Charge' as unknown as []),
      "a path must be a list of states, got 'Charge'",
    ],
    [
      'no state in a path',
      () => toHaveTakenPath(paid, ['Charge', undefined as unknown as string]),
      'a state must be named by a text, got undefined',
    ],
    [
      'no error',
      () => toHaveFailedWith(paid, undefined as unknown as string),
      'an error must be given by its name, got undefined',
    ],
    [
      'a cause of another kind',
      () => toHaveFailedWith(declined, 'NotPaid', 5 as unknown as string),
      'a cause must be a part of the text or a pattern, got 5',
    ],
    ...[undefined, null, 'paid', { status: 'SUCCEEDED', path: [] }].map(
      (given) =>
        [
          `what is no run: ${JSON.stringify(given)}`,
          () => toHaveSucceeded(given as unknown as TestRun),
          'a finished run is wanted',
        ] as const,
    ),
  ])('%s', (_what, judge, words) => {
    expect(judge).toThrow(words);
  });

  it('no call whose name is computed', async () => {
    const machine = machineOf({ Ask: { ...invoking('{% $states.input.name %}'), End: true } });
    const run = await testMachine(machine, { functions: { Ask: () => 1 } }).run({ name: 'Ask' });
    expect(toHaveCalled(run, 'Ask').pass).toBe(true);
    expect(toHaveCalled(run, 'Other').pass).toBe(false);
  });

  it('no call whose arguments are all one expression, if one of them would name it', async () => {
    const ask = { ...invoking('Ask'), Arguments: '{% $states.input %}', Next: 'Publish' } as const;
    const publish = { Resource: 'arn:aws:states:::sns:publish', Arguments: '{% $states.input %}' } as const;
    const machine = machineOf({ Ask: ask, Publish: { Type: 'Task', ...publish, End: true } });
    const run = await testMachine(machine, {
      functions: { Ask: () => 1 },
      resources: { [publish.Resource]: () => ({ MessageId: 'm-1' }) },
    }).run({ FunctionName: 'Ask', Payload: { order: 'o-7' } });
    expect(toHaveCalled(run, 'Ask', { order: 'o-7' }).pass).toBe(true);
    expect(toHaveCalled(run, 'Other').pass).toBe(false);
    const plain = { ...run, machine: machineOf({ Publish: { Type: 'Task', ...publish, End: true } }) };
    expect(() => toHaveCalled(plain, 'Other')).toThrow(
      "no Task of the machine calls 'Other'; they call sns:publish",
    );
  });
});

it('a machine that ran out of time has failed with States.Timeout', async () => {
  const machine = machineOf({ Pause: { Type: 'Wait', Seconds: 60, End: true } }, { TimeoutSeconds: 30 });
  const run = await testMachine(machine).run({});
  expect(toHaveFailedWith(run, 'States.Timeout').pass).toBe(true);
  expect(toHaveFailedWith(run, 'Other').message()).toContain('\nit TIMED_OUT');
});

it('a pattern that remembers where it was is asked anew each time', () => {
  const pattern = /declined/g;
  const passes = [1, 2].map(() => toHaveFailedWith(declined, 'NotPaid', pattern).pass);
  expect(passes).toEqual([true, true]);
});

it('a call with undefined is any call', () => {
  expect(toHaveCalled(paid, 'Charge', undefined).pass).toBe(true);
});

it('a test runner gets what it can show the difference of', () => {
  expect(toHaveSucceededWith(paid, { parcel: 'p-2' })).toMatchObject({
    actual: { parcel: 'p-1' },
    expected: { parcel: 'p-2' },
  });
  expect(toHaveCalled(paid, 'Charge', { cents: 1 })).toMatchObject({
    actual: { cents: 1250 },
    expected: { cents: 1 },
  });
  expect(toHaveSucceededWith(paid, { parcel: 'p-1' })).not.toHaveProperty('actual');
  expect(toHaveSucceededWith(declined, {})).not.toHaveProperty('actual');
});

it('a message stays short when much has happened', async () => {
  const machine = machineOf({
    Each: {
      Type: 'Map',
      Items: '{% [1..900] %}',
      ItemProcessor: { StartAt: 'Pack', States: { Pack: { ...invoking('Pack'), End: true } } },
      Output: '{% $pad("", 5000, "x") %}',
      Next: 'Ask',
    },
    Ask: { ...invoking('Ask'), Output: '{% $states.input %}', End: true },
  });
  const functions = { Pack: () => ({}), Ask: () => ({}) };
  const run = await testMachine(machine, { functions }).run({});
  const words = toHaveCalled(run, 'Pack', 'nothing').message();
  expect(words).toContain('\n  and 870 more\n');
  expect(words).toMatch(/\n {2}… \d+ lines more …\n {2}→ .*\n/);
  expect(words).toContain('→ Ask\nit SUCCEEDED with "xxx');
  expect(words).toMatch(/x… \(4002 characters more\)$/);
  expect(words.length).toBeLessThan(15_000);
  // Among so many calls, those that are meant.
  expect(toHaveCalled(run, 'Ask', 'nothing').message()).toMatch(
    /^.*\nit called\n {2}Ask with .*, in Ask\nthe/,
  );
});
