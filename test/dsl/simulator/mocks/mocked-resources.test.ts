import { describe, expect, it } from 'vitest';
import type { StateMachine } from '../../../../src/dsl/asl/machine.ts';
import { mockedStates, type TestCaseChoice } from '../../../../src/dsl/simulator/mocks/mock-config.ts';
import { mockedResources } from '../../../../src/dsl/simulator/mocks/mocked-resources.ts';
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
        Patient: { Charge: 'ChargedAtLast', Each: 'Packed', Pack: 'Packed' },
        Impatient: { Charge: 'AlwaysBusy' },
        Short: { Charge: 'OnceBusy' },
      },
    },
  },
  MockedResponses: {
    ChargedAtLast: { '0-1': busy, '2': { Return: { StatusCode: 200, Payload: 'paid' } } },
    AlwaysBusy: { '0-3': busy },
    OnceBusy: { '0': busy },
    Packed: { '0': { Throw: { Error: 'Lost' } }, '1': { Return: 'box' } },
  },
};

const run = (choice: TestCaseChoice, given: unknown = config) =>
  simulate(machine, { items: [1, 2] }, { resources: mockedResources(machine, mockedStates(given, choice)) });

describe('a mock configuration file', () => {
  it('answers calls by their number, retries among them, and in each iteration anew', async () => {
    const result = await run({ testCase: 'Patient' });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: ['box', 'box'] });
    const scheduled = result.history.filter(({ type }) => type === 'TaskScheduled').length;
    expect(scheduled).toBe(3 + 2 * 2);
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
      "nothing says what state 'Charge' is answered; give it a response in the mock configuration, which has one for no state",
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
    [
      'a reply that is neither',
      { StateMachines: { M: { TestCases: { T: { A: 'R' } } } }, MockedResponses: { R: { '0': {} } } },
      'MockedResponses.R.0: a reply has either Return or Throw, and nothing else',
    ],
  ])('is refused with %s', (_what, file, message) => {
    expect(() => mockedStates(file, {})).toThrow(message);
  });

  it.each<[what: string, choice: TestCaseChoice, message: string]>([
    ['an unknown test case', { testCase: 'Happy' }, "has no 'Happy'; it has Patient, Impatient, Short"],
    ['none among several', {}, 'has Patient, Impatient, Short: say which'],
    ['an unknown machine', { machine: 'Shop' }, "StateMachines has no 'Shop'; it has Order"],
  ])('says what there is to choose from for %s', (_what, choice, message) => {
    expect(() => mockedStates(config, choice)).toThrow(message);
  });
});
