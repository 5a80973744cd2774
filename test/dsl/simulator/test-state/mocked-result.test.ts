import { describe, expect, it } from 'vitest';
import { testState, type Json, type StateMock } from '../../../../src/dsl/index.ts';

const task = (resource: string, Parameters: object) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::${resource}`,
  Parameters,
  End: true,
});

const calls = {
  getFunction: task('aws-sdk:lambda:getFunction', { FunctionName: 'f' }),
  startExecution: task('states:startExecution', {
    StateMachineArn: 'arn:aws:states:us-east-1:1:stateMachine:m',
  }),
  putEvents: task('events:putEvents', { Entries: [] }),
  getItem: task('dynamodb:getItem', { TableName: 't', Key: { id: { S: '1' } } }),
  // Of a client that is not installed.
  receiveMessage: task('aws-sdk:sqs:receiveMessage', { QueueUrl: 'u' }),
};

/** `fits`, or how the result does not. */
const verdict = async (call: keyof typeof calls, result: Json, mode?: StateMock['fieldValidationMode']) => {
  const mock = { result, ...(mode === undefined ? {} : { fieldValidationMode: mode }) };
  const told = await testState({ definition: calls[call], mock }).then(
    () => 'fits',
    (fault: unknown) => String(fault),
  );
  return told.replace(/^.*Mock result schema validation error: /, '');
};

describe('a mocked result', () => {
  it.each<[keyof typeof calls, Json, string]>([
    ['startExecution', { ExecutionArn: 'arn' }, "Required field 'StartDate' is missing"],
    ['startExecution', { ExecutionArn: 'arn', StartDate: 1 }, "Field 'StartDate' must be a string"],
    ['startExecution', { ExecutionArn: 'arn', StartDate: '2026' }, 'fits'],
    ['startExecution', [], 'The result must be an object'],
    ['getFunction', { Configuration: { State: 'Active', MemorySize: 128 } }, 'fits'],
    ['getFunction', { Configuration: { State: 'Asleep' } }, "Field 'State' is not an expected value"],
    [
      'getFunction',
      { Configuration: { Architectures: ['arm64', 'z80'] } },
      "Field 'Architectures' is not an expected value",
    ],
    [
      'getFunction',
      { Configuration: { MemorySize: 127 } },
      "Field 'MemorySize' is less than the minimum value",
    ],
    [
      'getFunction',
      { Configuration: { MemorySize: 10_241 } },
      "Field 'MemorySize' exceeds the maximum value",
    ],
    ['getFunction', { Configuration: { MemorySize: '128' } }, "Field 'MemorySize' must be a number"],
    ['getFunction', { Configuration: 'none' }, "Field 'Configuration' must be an object"],
    ['getFunction', { Configuration: { Layers: {} } }, "Field 'Layers' must be an array"],
    ['getFunction', { Tags: { a: 1 } }, "Field 'Tags' must be a string"],
    ['getFunction', { Tags: [] }, "Field 'Tags' must be an object"],
    ['getFunction', { SdkHttpMetadata: { HttpStatusCode: 200 }, newer: 1 }, 'fits'],
    ['putEvents', { Entries: [{ EventId: 'a' }, { EventId: ['b'] }] }, "Field 'EventId' must be a string"],
    ['putEvents', { FailedEntryCount: 0 }, 'fits'],
    ['getItem', { Item: { id: { S: '1' }, tags: { L: [{ SS: ['a'] }] }, open: { Bool: true } } }, 'fits'],
    ['getItem', { Item: { id: { S: 1 } } }, "Field 'S' must be a string"],
    ['getItem', { Item: { tags: { M: { a: { N: 1 } } } } }, "Field 'N' must be a string of digits"],
    [
      'getItem',
      { Item: { id: '1' } },
      'Field \'Item\' must be an attribute value such as { "S": "text" } or { "N": "1" }',
    ],
    ['getItem', { Item: { id: { X: '1' } } }, "Field 'X' is not known"],
  ])('of %s, %j: %s', async (call, result, told) => {
    expect(await verdict(call, result)).toBe(told);
  });

  it('may lack what it must have when only what is present is looked at', async () => {
    expect(await verdict('startExecution', {}, 'STRICT')).toBe("Required field 'ExecutionArn' is missing");
    expect(await verdict('startExecution', {}, 'PRESENT')).toBe('fits');
    expect(await verdict('startExecution', { StartDate: true }, 'PRESENT')).toBe(
      "Field 'StartDate' must be a string",
    );
  });

  it('may be anything when nothing is looked at', async () => {
    expect(await verdict('startExecution', [true], 'NONE')).toBe('fits');
  });

  it('is not checked without the model, unless that was asked for', async () => {
    expect(await verdict('receiveMessage', { Messages: 'none' })).toBe('fits');
    expect(await verdict('receiveMessage', {}, 'PRESENT')).toContain(
      'npm install --save-dev @aws-sdk/client-sqs@',
    );
  });

  it('of a job that is waited for is what DescribeExecution tells', async () => {
    const described = {
      ExecutionArn: 'a',
      StateMachineArn: 'm',
      Status: 'SUCCEEDED',
      StartDate: '2026-01-01T00:00:00Z',
      Input: '{}',
    };
    const waiting = (pattern: string, result: Json) =>
      testState({
        definition: {
          ...calls.startExecution,
          Resource: `arn:aws:states:::states:startExecution.${pattern}`,
        },
        mock: { result },
      });
    await expect(waiting('sync', {})).rejects.toThrow("Required field 'ExecutionArn' is missing");
    await expect(waiting('sync', { ...described, Status: 'GONE' })).rejects.toThrow(
      "'Status' is not an expected value",
    );
    await expect(waiting('sync', { ...described, Output: { a: 1 } })).rejects.toThrow(
      "Field 'Output' must be a string",
    );
    expect((await waiting('sync:2', { ...described, Output: { a: 1 } })).status).toBe('SUCCEEDED');
  });
});
