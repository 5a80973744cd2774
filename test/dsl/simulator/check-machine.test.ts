import { describe, expect, it } from 'vitest';
import type { State, StateMachine } from '../../../src/dsl/asl/machine.ts';
import { simulate, startSimulation } from '../../../src/dsl/simulator/simulate.ts';
import { machineOf } from './machines.ts';

const bad = '{% 1 + %}';
const Resource = 'arn:aws:lambda:us-east-1:1:function:f';
const broken: State = { Type: 'Pass', Output: { list: ['fine', bad] }, End: true };
const branch = { StartAt: 'In', States: { In: broken } };
const pass = { Type: 'Pass', End: true } as const;
const end = { Next: 'Done' };
/** A machine that could go to the state, and does not. */
const around = (Never: State): StateMachine =>
  machineOf({
    Start: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'Never' }], Default: 'Done' },
    Done: { Type: 'Succeed' },
    Never,
  });
const aroundPaths = (Never: State): StateMachine => ({
  StartAt: 'Start',
  States: {
    Start: {
      Type: 'Choice',
      Choices: [{ Variable: '$.go', IsPresent: true, Next: 'Never' }],
      Default: 'Done',
    },
    Done: { Type: 'Succeed' },
    Never,
  },
});
const distributed = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } as const;

describe('expressions of a machine', () => {
  it.each<[string, State]>([
    ['/States/Never/Output/list[1]', broken],
    ['/States/Never/Seconds', { Type: 'Wait', Seconds: bad, End: true }],
    ['/States/Never/Choices[0]/Condition', { Type: 'Choice', Choices: [{ Condition: bad, ...end }] }],
    [
      '/States/Never/Catch[0]/Assign/v',
      {
        Type: 'Task',
        Resource,
        Catch: [{ ErrorEquals: ['E'], Assign: { v: bad }, ...end }],
        End: true,
      },
    ],
    [
      '/States/Never/ItemProcessor/States/In/Output/list[1]',
      { Type: 'Map', ItemProcessor: { ProcessorConfig: distributed, ...branch }, End: true },
    ],
    [
      '/States/Never/Branches[0]/States/In/Output/list[1]',
      { Type: 'Parallel', Branches: [branch], End: true },
    ],
  ])('are parsed before anything runs: %s', async (location, Never) => {
    expect(() => startSimulation(around(Never), {}, { name: 'M' })).toThrow(
      `state machine 'M': INVALID_JSONATA_EXPRESSION: it does not parse: Unexpected end of expression at ${location} `,
    );
  });

  it('are parsed in the machines that might be started, too', async () => {
    const machines = { Child: around(broken) };
    await expect(simulate(around(pass), {}, { machines })).rejects.toThrow(
      "state machine 'Child': INVALID_JSONATA_EXPRESSION",
    );
  });

  it('are only those of JSONata states', async () => {
    const Never: State = { Type: 'Pass', Result: { list: [bad] }, End: true };
    const Start: State = { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% 1 %}', Next: 'Never' };
    const machine: StateMachine = { StartAt: 'Start', States: { Start, Never } };
    expect((await simulate(machine, {})).output).toEqual({ list: [bad] });
  });
});

describe('paths and functions of a machine', () => {
  const open = "a '[' is not closed";
  const member = "The value for the field 'v.$' must be a valid JSONPath or a valid intrinsic function call";

  it.each<[string, string, State]>([
    ['InputPath', open, { ...pass, InputPath: '$.a[' }],
    ['ResultPath', 'a reference path names one place', { ...pass, ResultPath: '$.a[*]' }],
    ['Parameters/deep[0]/v.$', member, { ...pass, Parameters: { deep: [{ 'v.$': '$.a[' }] } }],
    ['Assign/v.$', member, { ...pass, Assign: { 'v.$': 'a' } }],
    ['Parameters/v.$', member, { ...pass, Parameters: { 'v.$': 1 } }],
    ['Parameters/v.$', member, { ...pass, Parameters: { 'v.$': String.raw`States.Format('a \"b\"')` } }],
    ['Parameters/v.$', member, { ...pass, Parameters: { 'v.$': 'States.Nope()' } }],
    ['SecondsPath', open, { Type: 'Wait', SecondsPath: '$.a[', End: true }],
    ['CausePath', 'neither a path', { Type: 'Fail', CausePath: 'States.Format' }],
    ['Choices[0]/Variable', open, { Type: 'Choice', Choices: [{ Variable: '$.a[', IsNull: true, ...end }] }],
    ['Choices[0]', 'one comparison, got none', { Type: 'Choice', Choices: [{ Variable: '$', ...end }] }],
    [
      'Catch[0]/ResultPath',
      open,
      {
        Type: 'Task',
        Resource,
        Catch: [{ ErrorEquals: ['E'], ResultPath: '$.a[', ...end }],
        End: true,
      },
    ],
    [
      'ItemReader/ReaderConfig/MaxItemsPath',
      open,
      {
        Type: 'Map',
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          Parameters: { Bucket: 'b', Key: 'k' },
          ReaderConfig: { InputType: 'JSON', MaxItemsPath: '$.a[' },
        },
        ItemProcessor: {
          ProcessorConfig: distributed,
          StartAt: 'In',
          States: { In: pass },
        },
        End: true,
      },
    ],
  ])('are read before anything runs: %s, %s', (field, what, Never) => {
    const run = () => startSimulation(aroundPaths(Never), {}, { name: 'M' });
    expect(run).toThrow("state machine 'M': SCHEMA_VALIDATION_FAILED: ");
    expect(run).toThrow(what);
    expect(run).toThrow(` at /States/Never/${field} (`);
  });
});

describe('the query languages of a machine', () => {
  const inner = (state: State) => ({ StartAt: 'In', States: { In: state } });
  const refusal = (machine: StateMachine) => {
    try {
      startSimulation(machine, {}, { name: 'M' });
    } catch (fault) {
      return (fault as Error).message;
    }
    throw new Error('was not refused');
  };

  it.each<[string, State]>([
    ['/States/Ask', { ...pass, QueryLanguage: 'JSONPath' }],
    [
      '/States/Ask/Branches[0]/States/In',
      { Type: 'Parallel', Branches: [inner({ ...pass, QueryLanguage: 'JSONPath' })], End: true },
    ],
  ])('do not go back from JSONata: %s', (place, Ask) => {
    expect(refusal(machineOf({ Ask }))).toContain(
      `'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at ${place}`,
    );
  });

  const task = { Type: 'Task', Resource, End: true } as const;
  const map = {
    Type: 'Map',
    ItemProcessor: { ProcessorConfig: distributed, ...inner(pass) },
    End: true,
  } as const;
  const catcher = { ErrorEquals: ['E'], Next: 'Ask' };
  const s3 = 'arn:aws:states:::s3:getObject';

  it.each<[string, State]>([
    ['Parameters', { ...task, Parameters: {} }],
    ['TimeoutSecondsPath', { ...task, TimeoutSecondsPath: '$.t' }],
    ['Catch[0]/ResultPath', { ...task, Catch: [{ ...catcher, ResultPath: '$.e' }] }],
    ['ItemsPath', { ...map, ItemsPath: '$.l' }],
    ['ItemReader/Parameters', { ...map, ItemReader: { Resource: s3, Parameters: {} } }],
    ['ResultWriter/Parameters', { ...map, ResultWriter: { Resource: s3, Parameters: {} } }],
  ])('have no field of JSONPath in a state of JSONata: %s', (field, Ask) => {
    const told = `The QueryLanguage is set to 'JSONata', but field '${field.replace(/^.*\//, '')}' is only supported for the 'JSONPath' QueryLanguage at /States/Ask/${field}`;
    expect(refusal(machineOf({ Ask }))).toContain(told);
    expect(refusal({ StartAt: 'Ask', States: { Ask: { ...Ask, QueryLanguage: 'JSONata' } } })).toContain(
      told,
    );
  });

  it.each<[string, State]>([
    ['Output', { ...pass, Output: 1 }],
    ['Arguments', { ...task, Arguments: {} }],
    ['Catch[0]/Output', { ...task, Catch: [{ ...catcher, Output: 1 }] }],
    ['Items', { ...map, Items: [1] }],
    ['ItemReader/Arguments', { ...map, ItemReader: { Resource: s3, Arguments: {} } }],
  ])('have no field of JSONata in a state of JSONPath: %s', (field, Ask) => {
    expect(refusal({ StartAt: 'Ask', States: { Ask } })).toContain(
      `The QueryLanguage is set to 'JSONPath', but field '${field.replace(/^.*\//, '')}' is only supported for the 'JSONata' QueryLanguage at /States/Ask/${field}`,
    );
  });
});
