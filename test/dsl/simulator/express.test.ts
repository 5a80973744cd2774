import { describe, expect, it } from 'vitest';
import type { MapState, State } from '../../../src/dsl/asl/machine.ts';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import { checkMachine } from '../../../src/dsl/simulator/check-machine.ts';
import { simulate, startSimulation } from '../../../src/dsl/simulator/simulate.ts';
import { distributing, invoking, machineOf } from './machines.ts';

const waiting = (Seconds: number) => machineOf({ A: { Type: 'Wait', Seconds, End: true } });
const express = (machine: ReturnType<typeof machineOf>, options = {}) =>
  simulate(machine, {}, { type: 'EXPRESS', clock: new VirtualClock(0), ...options });

describe('an Express execution', () => {
  it('ends after five minutes, whatever it says itself', async () => {
    expect(await express(waiting(299))).toMatchObject({ status: 'SUCCEEDED', stopDate: 299_000 });
    const result = await express({ ...waiting(301), TimeoutSeconds: 600 });
    expect(result).toMatchObject({ status: 'TIMED_OUT', stopDate: 300_000 });
    expect(result.history.at(-1)).toMatchObject({
      type: 'ExecutionTimedOut',
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
    expect(await express({ ...waiting(301), TimeoutSeconds: 20 })).toMatchObject({ stopDate: 20_000 });
  });

  it.each([
    [0, 100],
    [100, 100],
    [101, 200],
    [2000, 2000],
  ])('of %i ms is billed for %i', async (milliseconds, billedDurationInMilliseconds) => {
    const { billingDetails } = await express(machineOf({ A: { ...invoking('sleep'), End: true } }), {
      functions: {
        sleep: async (_: unknown, { clock }: { clock: { sleep(ms: number): Promise<void> } }) => {
          await clock.sleep(milliseconds);
        },
      },
    });
    expect(billingDetails).toEqual({ billedDurationInMilliseconds, billedMemoryUsedInMB: 64 });
    expect(await simulate(waiting(1), {})).not.toHaveProperty('billingDetails');
  });

  it('has no limit of events', async () => {
    const machine = machineOf({
      Set: { Type: 'Pass', Assign: { n: 0 }, Next: 'Count' },
      Count: { Type: 'Pass', Assign: { n: '{% $n + 1 %}' }, Next: 'More' },
      More: { Type: 'Choice', Choices: [{ Condition: '{% $n < 7000 %}', Next: 'Count' }], Default: 'Done' },
      Done: { Type: 'Succeed' },
    });
    const { status, history } = await express(machine);
    expect([status, history.length > 25_000]).toEqual(['SUCCEEDED', true]);
    expect((await simulate(machine, {})).status).toBe('FAILED');
  });

  const task = (Resource: string): State => ({ Type: 'Task', Resource, End: true });
  const no = (pattern: string) => `Express state machine does not support '${pattern}' service integration `;
  it.each<[State, string]>([
    [
      task('arn:aws:states:::sns:publish.waitForTaskToken'),
      `${no('.waitForTaskToken')} at /States/A/Resource`,
    ],
    [task('arn:aws:states:::glue:startJobRun.sync'), `${no('.sync')} at /States/A/Resource`],
    [task('arn:aws:states:::states:startExecution.sync:2'), `${no('.sync:2')} at /States/A/Resource`],
    [
      task('arn:aws:states:us-east-1:000000000000:activity:work'),
      'an Express execution cannot have an activity at /States/A/Resource',
    ],
    [
      distributing({ In: { Type: 'Pass', End: true } }).States['Each'] as MapState,
      'an Express execution cannot have a distributed map at /States/A/ItemProcessor/ProcessorConfig/Mode',
    ],
    [
      {
        Type: 'Parallel',
        Branches: [{ StartAt: 'In', States: { In: task('arn:aws:states:::glue:startJobRun.sync') } }],
        End: true,
      },
      `${no('.sync')} at /States/A/Branches[0]/States/In/Resource`,
    ],
  ])('cannot have %j', (A, words) => {
    const machine = machineOf({ A });
    expect(() => startSimulation(machine, {}, { name: 'M', type: 'EXPRESS' })).toThrow(
      `SCHEMA_VALIDATION_FAILED: ${words}`,
    );
    expect(() => checkMachine(machine, 'M')).not.toThrow();
  });
});

describe('Express children of a distributed Map', () => {
  const each = (States: { readonly [name: string]: State }) => {
    const machine = distributing(States, { Items: [1] });
    const state = machine.States['Each'] as MapState;
    const ProcessorConfig = { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' } as const;
    return machineOf({
      Each: { ...state, ItemProcessor: { ...state.ItemProcessor, ProcessorConfig } },
    });
  };

  it('have five minutes', async () => {
    const result = await simulate(each({ A: { Type: 'Wait', Seconds: 400, End: true } }), {});
    expect(result).toMatchObject({
      error: 'States.ExceedToleratedFailureThreshold',
      virtualMilliseconds: 300_000,
      children: [{ status: 'TIMED_OUT', redriveStatus: 'REDRIVABLE_BY_MAP_RUN' }],
    });
    expect(result.children[0]?.executionArn).toMatch(/^arn:aws:states:us-east-1:000000000000:express:/);
  });

  it('cannot wait for a token', () => {
    const machine = each({
      A: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish.waitForTaskToken', End: true },
    });
    expect(() => startSimulation(machine, {})).toThrow(
      `does not support '.waitForTaskToken' service integration  at /States/Each/ItemProcessor/States/A/Resource`,
    );
  });
});
