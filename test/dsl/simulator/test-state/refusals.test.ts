import { describe, expect, it } from 'vitest';
import { testState, TestStateError, type TestStateRequest } from '../../../../src/dsl/index.ts';

const pass = { Type: 'Pass', End: true };
const task = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'f' },
  End: true,
};
const machine = { StartAt: 'A', States: { A: pass } };
const body = { StartAt: 'B', States: { B: pass } };
const map = { Type: 'Map', ItemProcessor: body, End: true };
const parallel = { Type: 'Parallel', Branches: [body], End: true };
const mock = { result: '{}' };

const refusal = async (request: object): Promise<string> => {
  const fault: unknown = await testState(request as TestStateRequest).catch((error: unknown) => error);
  return fault instanceof TestStateError
    ? `${fault.code}: ${fault.message}`
    : `not refused: ${String(fault)}`;
};

describe('TestState', () => {
  it.each<[string, object, string]>([
    ['a text that is no JSON', { definition: '{' }, 'InvalidDefinition: .*INVALID_JSON_DESCRIPTION'],
    ['a definition that is no object', { definition: '[]' }, 'InvalidDefinition: .*must be a JSON object'],
    [
      'a definition that Step Functions would not take',
      { definition: { ...pass, Nexts: 'A' } },
      "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: .* at /States/StateName/Nexts'",
    ],
    [
      'an unreadable path',
      { definition: { ...pass, InputPath: '$.[' } },
      'InvalidDefinition: .*/States/StateName/InputPath',
    ],
    ['a machine without a name', { definition: machine }, 'ValidationException: stateName must be specified'],
    [
      'a name without a machine',
      { definition: pass, stateName: 'A' },
      'ValidationException: The definition must be a state machine',
    ],
    [
      'a name that is not there',
      { definition: machine, stateName: 'B' },
      'ValidationException: State not found in definition',
    ],
    [
      'an input that is no JSON',
      { definition: pass, input: '{' },
      'InvalidExecutionInput: The input is no JSON',
    ],
    [
      'too large an input',
      { definition: pass, input: ['x'.repeat(300_000)] },
      'InvalidExecutionInput: The input is larger',
    ],
    [
      'variables that are no object',
      { definition: pass, variables: '[1]' },
      'ValidationException: The variables must be a JSON object',
    ],
    [
      'a field that there is not',
      { definition: pass, inputs: {} },
      "ValidationException: The request has no field 'inputs'",
    ],
    [
      'a level that there is not',
      { definition: pass, inspectionLevel: 'ALL' },
      'ValidationException: inspectionLevel must be one of',
    ],
    [
      'a context without a mock',
      { definition: pass, context: {} },
      'ValidationException: A context can be specified only',
    ],
    [
      'a context with unknown parts',
      { definition: task, mock, context: { Job: {} } },
      "ValidationException: Invalid Context .* 'Job'",
    ],
    [
      'a Map without a mock',
      { definition: map },
      'InvalidDefinition: TestState API does not support Map or Parallel states',
    ],
    [
      'a job to wait for without a mock',
      {
        definition: {
          ...task,
          Resource: 'arn:aws:states:::glue:startJobRun.sync',
          Parameters: { JobName: 'j' },
        },
      },
      'InvalidDefinition: .* only when a mock is specified',
    ],
    [
      'a mock of neither',
      { definition: task, mock: {} },
      'ValidationException: A test mock should have only one',
    ],
    [
      'a mock that is no JSON',
      { definition: task, mock: { result: '{' } },
      'ValidationException: Mocked result must be valid JSON',
    ],
    [
      'a mock of a Choice',
      { definition: { Type: 'Wait', Seconds: 1, End: true }, mock },
      "ValidationException: State type 'Wait'",
    ],
    [
      'an error without a name',
      { definition: task, mock: { errorOutput: { cause: 'c' } } },
      'ValidationException: .* needs an error',
    ],
    [
      'secrets of a mock',
      { definition: task, mock, revealSecrets: true },
      'ValidationException: TestState does not support RevealSecrets',
    ],
    [
      'a Parallel of too few results',
      { definition: parallel, mock: { result: [] } },
      'ValidationException: .*number of Parallel branches',
    ],
    [
      'an error of a state that is not inside',
      {
        definition: parallel,
        mock: { errorOutput: { error: 'E' } },
        stateConfiguration: { errorCausedByState: 'C' },
      },
      "ValidationException: errorCausedByState: there is no state 'C'",
    ],
    [
      'a negative count',
      { definition: map, mock: { result: [] }, stateConfiguration: { mapIterationFailureCount: -1 } },
      'ValidationException: mapIterationFailureCount must be a whole number',
    ],
  ])('refuses %s', async (_, request, message) => {
    expect(await refusal(request)).toMatch(new RegExp(`^${message}`));
  });

  it('takes an error that comes from a state inside', async () => {
    const request = {
      definition: parallel,
      mock: { errorOutput: { error: 'E' } },
      stateConfiguration: { errorCausedByState: 'B' },
    };
    expect(await testState(request)).toEqual({ status: 'FAILED', error: 'E' });
  });
});
