import { describe, expect, it } from 'vitest';
import type { StateMachine } from '../../../../src/dsl/asl/machine.ts';
import { mockedStates, type TestCaseChoice } from '../../../../src/dsl/simulator/mocks/mock-config.ts';
import { mockedTasks } from '../../../../src/dsl/simulator/mocks/mocked-tasks.ts';
import { simulate } from '../../../../src/dsl/simulator/simulate.ts';

const machine = {
  StartAt: 'Charge',
  States: {
    Charge: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'charge' },
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 30, MaxAttempts: 3 }],
      ResultPath: '$.charge',
      Next: 'Each',
    },
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemProcessor: {
        StartAt: 'Pack',
        States: {
          Pack: {
            Type: 'Task',
            Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
            Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
            Retry: [{ ErrorEquals: ['Lost'], IntervalSeconds: 1 }],
            End: true,
          },
        },
      },
      End: true,
    },
  },
} as unknown as StateMachine;

const busy = { Throw: { Error: 'Busy', Cause: 'later' } };
const config = {
  StateMachines: {
    Order: {
      TestCases: {
        Patient: { Charge: 'ChargedAtLast', Pack: 'Packed' },
        Impatient: { Charge: 'AlwaysBusy' },
        Short: { Charge: 'OnceBusy' },
      },
    },
  },
  MockedResponses: {
    ChargedAtLast: { '0-1': busy, '2': { Return: { StatusCode: 200, Payload: 'paid' } } },
    AlwaysBusy: { '0-3': busy },
    OnceBusy: { '0': busy },
    Packed: { '0': { Throw: { Error: 'Lost' } }, '1': { Return: 'box' }, '2': { Return: 'bag' } },
  },
};

const run = (choice: TestCaseChoice, given: unknown = config) =>
  simulate(machine, { items: [1, 2] }, mockedTasks(machine, mockedStates(given, choice)));

describe('a mock configuration file', () => {
  it('answers calls by their number, retries and iterations of a Map among them', async () => {
    const result = await run({ testCase: 'Patient' });
    // The first iteration is retried a second later, when the second one has had its answer.
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: ['bag', 'box'] });
    const scheduled = result.history.filter(({ type }) => type === 'TaskScheduled').length;
    expect(scheduled).toBe(3 + 3);
  });

  it('fails a call as it says', async () => {
    expect(await run({ testCase: 'Impatient' })).toMatchObject({ error: 'Busy', cause: 'later' });
  });

  it.each([
    [
      'a call that it has no reply for',
      () => run({ testCase: 'Short' }),
      "state 'Charge' is called for the 2. time and its response 'OnceBusy' has no reply 1; it has 0",
    ],
    [
      'a state that it does not mention',
      () => run({}, { StateMachines: { M: { TestCases: { T: {} } } }, MockedResponses: {} }),
      "nothing says what state 'Charge' is answered by arn:aws:states:::lambda:invoke; give it a response in the mock configuration (--mocks), which has one for no state",
    ],
  ])('says which is missing: %s', async (_what, running, message) => {
    await expect(running()).rejects.toThrow(message);
  });

  it.each<[what: string, file: unknown, message: string]>([
    ['no object', [], 'the mock configuration must be an object, got []'],
    [
      'a response that is not there',
      { StateMachines: { M: { TestCases: { T: { A: 'Gone' } } } }, MockedResponses: { Here: {} } },
      'StateMachines.M.TestCases.T.A: MockedResponses has no "Gone"; it has Here',
    ],
    [
      'a number that is none',
      { StateMachines: { M: { TestCases: { T: { A: 'R' } } } }, MockedResponses: { R: { first: {} } } },
      'MockedResponses.R.first: a reply is for a call or a range of them; write "0" or "1-2"',
    ],
    ...(
      [
        [
          'a gap',
          { '0': busy, '2-3': busy },
          'MockedResponses.R: there is no reply to call 1, and one to call 2;',
        ],
        [
          'no reply to the first call',
          { '1': busy },
          'MockedResponses.R: there is no reply to call 0, and one to call 1;',
        ],
        [
          'two replies to a call',
          { '0-2': busy, '2': busy },
          'MockedResponses.R.2: call 2 has a reply already',
        ],
        [
          'both a result and an error',
          { '0': { ...busy, Return: {} } },
          'MockedResponses.R.0: a reply has both Return and Throw; leave one of them out',
        ],
      ] as const
    ).map(([what, R, message]): [string, unknown, string] => [
      what,
      { StateMachines: { M: { TestCases: { T: { A: 'R' } } } }, MockedResponses: { R } },
      message,
    ]),
    [
      'a reply that is neither',
      { StateMachines: { M: { TestCases: { T: { A: 'R' } } } }, MockedResponses: { R: { '0': {} } } },
      'MockedResponses.R.0: a reply has either Return or Throw, and nothing else',
    ],
    [
      'a failure that has anything else',
      {
        StateMachines: { M: { TestCases: { T: { A: 'R' } } } },
        MockedResponses: { R: { '0': { Throw: { Error: 'Busy', cause: 'later' } } } },
      },
      'MockedResponses.R.0.Throw: it has Error and Cause',
    ],
  ])('is refused with %s', (_what, file, message) => {
    expect(() => mockedStates(file, {})).toThrow(message);
  });

  it.each<[what: string, states: object, message: string]>([
    [
      'a state that the machine does not have',
      { Charg: 'R' },
      'StateMachines.M.TestCases.T.Charg: the state machine has no such state; write Charge',
    ],
    [
      'a state that is nothing like any',
      { Refund: 'R' },
      'StateMachines.M.TestCases.T.Refund: the state machine has no such state; it has Charge, Each, Pack',
    ],
    [
      'a state that calls nothing',
      { Each: 'R' },
      'StateMachines.M.TestCases.T.Each: the state is a Map, which calls nothing; mock the Tasks only',
    ],
    [
      'a result that its call never gives',
      { Charge: 'R' },
      "MockedResponses.R.1-2.Return is not what lambda:invoke of state 'Charge' gives: StatusCode must be a number, " +
        'got "200"; there is no payload; write Payload',
    ],
  ])('is refused with %s, before anything runs', (_what, states, message) => {
    const R = { '0': busy, '1-2': { Return: { StatusCode: '200', payload: 1 } } };
    const file = { StateMachines: { M: { TestCases: { T: states } } }, MockedResponses: { R } };
    expect(() => mockedTasks(machine, mockedStates(file, {}))).toThrow(message);
  });

  it('may hold other results, when that is asked for', async () => {
    const R = { '0': { Return: { payload: 1 } } };
    const file = { StateMachines: { M: { TestCases: { T: { Charge: 'R' } } } }, MockedResponses: { R } };
    const states = mockedStates(file, {});
    const mocks = (fieldValidationMode: 'PRESENT' | 'NONE') =>
      mockedTasks(machine, states, { fieldValidationMode });
    expect(Object.keys(mocks('PRESENT').tasks)).toEqual(['Charge', 'Pack']);
    expect(Object.keys(mocks('NONE').tasks)).toEqual(['Charge', 'Pack']);
  });

  it('leaves calls that it does not mention to what serves them', () => {
    const states = mockedStates({ StateMachines: { M: { TestCases: { T: {} } } }, MockedResponses: {} }, {});
    const { tasks } = mockedTasks(machine, states, {
      isServed: ({ resourceType }) => resourceType === 'lambda',
    });
    expect(Object.keys(tasks)).toEqual(['Pack']);
  });

  it.each<[what: string, choice: TestCaseChoice, message: string]>([
    ['an unknown test case', { testCase: 'Happy' }, "has no 'Happy'; it has Patient, Impatient, Short"],
    ['none among several', {}, 'has Patient, Impatient, Short: say which'],
    ['an unknown machine', { machine: 'Shop' }, "StateMachines has no 'Shop'; it has Order"],
  ])('says what there is to choose from for %s', (_what, choice, message) => {
    expect(() => mockedStates(config, choice)).toThrow(message);
  });
});
