import { describe, expect, it } from 'vitest';
import type { State, StateMachine } from '../../../src/dsl/asl/machine.ts';
import { simulate, startSimulation } from '../../../src/dsl/simulator/simulate.ts';
import { machineOf } from './machines.ts';

const bad = '{% 1 + %}';
const broken: State = { Type: 'Pass', Output: { list: ['fine', bad] }, End: true };
const branch = { StartAt: 'In', States: { In: broken } };
const start: State = { Type: 'Succeed' };
const distributed = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } as const;

describe('expressions of a machine', () => {
  it.each<[string, State]>([
    ['/States/Never/Output/list[1]', broken],
    ['/States/Never/Seconds', { Type: 'Wait', Seconds: bad, End: true }],
    ['/States/Never/Choices[0]/Condition', { Type: 'Choice', Choices: [{ Condition: bad, Next: 'Start' }] }],
    [
      '/States/Never/Catch[0]/Assign/v',
      {
        Type: 'Task',
        Resource: 'r',
        Catch: [{ ErrorEquals: ['E'], Assign: { v: bad }, Next: 'Start' }],
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
    const machine = machineOf({ Start: start, Never });
    expect(() => startSimulation(machine, {}, { name: 'M' })).toThrow(
      `state machine 'M': INVALID_JSONATA_EXPRESSION: the JSONata expression '1 +' does not parse: ` +
        `Unexpected end of expression at ${location}`,
    );
  });

  it('are parsed in the machines that might be started, too', async () => {
    const machines = { Child: machineOf({ Start: start, Never: broken }) };
    await expect(simulate(machineOf({ Start: start }), {}, { machines })).rejects.toThrow(
      "state machine 'Child': INVALID_JSONATA_EXPRESSION",
    );
  });

  it('are only those of JSONata states', async () => {
    const Never: State = { Type: 'Pass', Result: { list: [bad] }, End: true };
    const Start: State = { ...start, QueryLanguage: 'JSONata' };
    const machine: StateMachine = { StartAt: 'Start', States: { Start, Never } };
    expect((await simulate(machine, {})).status).toBe('SUCCEEDED');
  });
});

describe('paths and functions of a machine', () => {
  const pass = { Type: 'Pass', End: true } as const;
  const nowhere = "'$.a[' needs an index";
  const member = "The value for the field 'v.$' must be a valid JSONPath or a valid intrinsic function call";
  const next = { Next: 'Start' };

  it.each<[string, string, State]>([
    ['InputPath', nowhere, { ...pass, InputPath: '$.a[' }],
    ['ResultPath', 'only names and indexes', { ...pass, ResultPath: '$.a[*]' }],
    ['Parameters', member, { ...pass, Parameters: { deep: [{ 'v.$': '$.a[' }] } }],
    ['Assign', member, { ...pass, Assign: { 'v.$': 'a' } }],
    ['Parameters', member, { ...pass, Parameters: { 'v.$': 1 } }],
    ['Parameters', member, { ...pass, Parameters: { 'v.$': String.raw`States.Format('a \"b\"')` } }],
    ['Parameters', "there is no function 'States.Nope'", { ...pass, Parameters: { 'v.$': 'States.Nope()' } }],
    ['SecondsPath', nowhere, { Type: 'Wait', SecondsPath: '$.a[', End: true }],
    ['CausePath', "needs '('", { Type: 'Fail', CausePath: 'States.Format' }],
    ['Choices[0]', nowhere, { Type: 'Choice', Choices: [{ Variable: '$.a[', IsNull: true, ...next }] }],
    [
      'Choices[0]',
      'needs a Variable and an operator',
      { Type: 'Choice', Choices: [{ Variable: '$', ...next }] },
    ],
    [
      'Catch[0]/ResultPath',
      nowhere,
      {
        Type: 'Task',
        Resource: 'r',
        Catch: [{ ErrorEquals: ['E'], ResultPath: '$.a[', ...next }],
        End: true,
      },
    ],
    [
      'ItemReader/ReaderConfig/MaxItemsPath',
      nowhere,
      {
        Type: 'Map',
        ItemReader: { Resource: 'r', ReaderConfig: { MaxItemsPath: '$.a[' } },
        ItemProcessor: { ProcessorConfig: distributed, ...branch },
        End: true,
      },
    ],
  ])('are read before anything runs: %s, %s', (field, what, Never) => {
    const machine = { StartAt: 'Start', States: { Start: start, Never } };
    const run = () => startSimulation(machine, {}, { name: 'M' });
    expect(run).toThrow("state machine 'M': SCHEMA_VALIDATION_FAILED: ");
    expect(run).toThrow(what);
    expect(run).toThrow(new RegExp(` at /States/Never/${field.replaceAll(/[[\]]/g, String.raw`\$&`)}$`));
  });
});

describe('the query languages of a machine', () => {
  const inner = (state: State) => ({ StartAt: 'In', States: { In: state } });
  const pass: State = { Type: 'Pass', End: true };
  const refusal = (machine: StateMachine) => {
    try {
      startSimulation(machine, {}, { name: 'M' });
    } catch (fault) {
      return (fault as Error).message.replace("state machine 'M': SCHEMA_VALIDATION_FAILED: ", '');
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
    expect(refusal(machineOf({ Ask }))).toBe(
      `'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at ${place}`,
    );
  });

  const task = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:1:function:f', End: true } as const;
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
    const told = `the field '${field.replace(/^.*\//, '')}' is for JSONPath, and the state's QueryLanguage is JSONata, at /States/Ask/${field}`;
    expect(refusal(machineOf({ Ask }))).toBe(told);
    expect(refusal({ StartAt: 'Ask', States: { Ask: { ...Ask, QueryLanguage: 'JSONata' } } })).toBe(told);
  });

  it.each<[string, State]>([
    ['Output', { ...pass, Output: 1 }],
    ['Arguments', { ...task, Arguments: {} }],
    ['Catch[0]/Output', { ...task, Catch: [{ ...catcher, Output: 1 }] }],
    ['Items', { ...map, Items: [1] }],
    ['ItemReader/Arguments', { ...map, ItemReader: { Resource: s3, Arguments: {} } }],
  ])('have no field of JSONata in a state of JSONPath: %s', (field, Ask) => {
    expect(refusal({ StartAt: 'Ask', States: { Ask } })).toBe(
      `the field '${field.replace(/^.*\//, '')}' is for JSONata, and the state's QueryLanguage is JSONPath, at /States/Ask/${field}`,
    );
  });
});
