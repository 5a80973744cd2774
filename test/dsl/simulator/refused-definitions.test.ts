import { describe, expect, it } from 'vitest';
import { checkOnce } from '../../../src/dsl/asl/check-once.ts';
import type { StateMachine } from '../../../src/dsl/asl/machine.ts';
import { simulate, startSimulation } from '../../../src/dsl/simulator/simulate.ts';
import { refusedDefinitions } from '../../support/refused-definitions.ts';
import { invoking, machineOf, passing } from './machines.ts';

describe('a definition that CreateStateMachine refuses', () => {
  it.each(refusedDefinitions)('is not run: $what', ({ definition, type, awsCode, message, place, code }) => {
    const run = () => startSimulation(definition as StateMachine, {}, { name: 'M', ...(type && { type }) });
    expect(run).toThrow(`state machine 'M': ${awsCode}: ${message} at ${place} (${code}: `);
    // Nor when it is given again.
    expect(run).toThrow(message);
  });

  it('is told with all that is refused, and before anything is done', async () => {
    let calls = 0;
    const machine = machineOf({
      Call: { ...invoking('f'), Next: 'Set' },
      Set: { Type: 'Pass', Assign: { states: 1 }, End: true },
      Lost: { Type: 'Succeed' },
    });
    await expect(simulate(machine, {}, { functions: { f: () => (calls += 1) } })).rejects.toThrow(
      `state machine 'StateMachine':
  MISSING_TRANSITION_TARGET: State "Lost" is not reachable. at /States/Lost (unreachable-state: lead one to it, or remove it)
  SCHEMA_VALIDATION_FAILED: 'states' is Step Functions' own variable at /States/Set/Assign/states (bad-variable-name: give it another name)`,
    );
    expect(calls).toBe(0);
  });

  it('is not started by another machine, either', async () => {
    const machines = { Child: machineOf({ A: { Type: 'Succeed' }, B: { Type: 'Succeed' } }) };
    await expect(simulate(passing(1), {}, { machines })).rejects.toThrow(
      `state machine 'Child': MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B`,
    );
  });
});

describe('a definition that is taken', () => {
  it.each([
    ['fails when it reads a variable that nothing sets', '{% $nowhere %}', 'States.QueryEvaluationError'],
    [
      'fails when it calls a function with what it does not take',
      '{% $sum("a") %}',
      'States.QueryEvaluationError',
    ],
    ['goes on with half of an expression as text', '{% 1', undefined],
  ])('%s', async (_what, output, error) => {
    expect((await simulate(passing(output), {})).error).toBe(error);
  });

  it('may have members that are undefined, which JSON text has not', async () => {
    const machine = machineOf({ A: { Type: 'Pass', Output: 1, Next: undefined, End: true } as never });
    expect((await simulate(machine, {})).output).toBe(1);
  });
});

it('a definition is checked once, whether it is the same object or has the same text', () => {
  const found = checkOnce(passing('{% $once %}'));
  expect(found).toMatchObject([{ code: 'undefined-variable' }]);
  expect(checkOnce(passing('{% $once %}'))).toBe(found);
  expect(checkOnce(passing('{% $once %}'), 'EXPRESS')).not.toBe(found);
});

describe('a function for a state', () => {
  const machine = machineOf({ Track: { ...invoking('f'), Next: 'Done' }, Done: { Type: 'Succeed' } });

  it.each([
    ['that is misspelt', 'Trakc', 'write Track'],
    ['that calls nothing', 'Done', 'name one of those'],
  ])('is refused %s', async (_what, name, remedy) => {
    await expect(simulate(machine, {}, { tasks: { [name]: () => 1 } })).rejects.toThrow(
      `options.tasks has '${name}', which is no Task state of StateMachine; the Task states are Track, so ${remedy}`,
    );
  });

  it('may be one of another machine, or one within a branch', async () => {
    const both = machineOf({
      Both: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'Track', States: { Track: { ...invoking('f'), End: true } } }],
        End: true,
      },
    });
    const tasks = { Track: () => ({ Payload: 1, StatusCode: 200 }), Other: () => 1 };
    const machines = { Child: machineOf({ Other: { ...invoking('f'), End: true } }) };
    expect((await simulate(both, {}, { tasks, machines })).status).toBe('SUCCEEDED');
  });
});
