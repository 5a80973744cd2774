import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import type { Observation } from '../../../src/dsl/simulator/observation.ts';
import { simulate, type SimulationOptions } from '../../../src/dsl/simulator/simulate.ts';
import { StateFailure } from '../../../src/dsl/simulator/state-failure.ts';
import { distributing, invoking, machineOf } from './machines.ts';

async function ways(
  machine: Parameters<typeof simulate>[0],
  options: SimulationOptions = {},
): Promise<readonly string[]> {
  const seen: string[] = [];
  const observe = (one: Observation) => {
    if (one.kind !== 'went') return;
    seen.push(`${one.state} ${one.way.kind}${'index' in one.way ? ` ${one.way.index}` : ''}`);
  };
  await simulate(machine, {}, { ...options, observe });
  return seen;
}

const failing = (error: string) => ({
  functions: {
    f: () => {
      throw new StateFailure(error);
    },
  },
});

describe('what is observed of a simulation', () => {
  it('is which rule of a Choice held, or none', async () => {
    const machine = machineOf({
      First: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% false %}', Next: 'Second' },
          { Condition: '{% true %}', Next: 'Second' },
        ],
      },
      Second: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'Last' }], Default: 'Last' },
      Last: { Type: 'Pass', End: true },
    });
    expect(await ways(machine)).toEqual(['First choice 1', 'Second default', 'Last end']);
  });

  it('is which Catcher caught, though another leads to the same state', async () => {
    const machine = machineOf({
      Ask: {
        ...invoking('f'),
        Catch: [
          { ErrorEquals: ['Lost'], Next: 'Last' },
          { ErrorEquals: ['States.ALL'], Next: 'Last' },
        ],
        Next: 'Last',
      },
      Last: { Type: 'Succeed' },
    });
    expect(await ways(machine, failing('Lost'))).toEqual(['Ask catch 0', 'Last end']);
    expect(await ways(machine, failing('Torn'))).toEqual(['Ask catch 1', 'Last end']);
  });

  it('is which Retrier has it tried again, as often as it does', async () => {
    const machine = machineOf({
      Ask: {
        ...invoking('f'),
        Retry: [{ ErrorEquals: ['Lost'] }, { ErrorEquals: ['States.ALL'], MaxAttempts: 2 }],
        End: true,
      },
    });
    expect(await ways(machine, failing('Torn'))).toEqual(['Ask retry 1', 'Ask retry 1']);
  });

  it('is no way that a failing Output takes', async () => {
    const machine = machineOf({
      Ask: {
        Type: 'Pass',
        Output: '{% $error("no") %}',
        Next: 'Last',
      },
      Last: { Type: 'Succeed' },
    });
    expect(await ways(machine)).toEqual([]);
  });

  it('is of every execution, under its own name', async () => {
    const seen: unknown[] = [];
    const machine = distributing({ Pack: { Type: 'Pass', End: true } }, { Items: [1], Label: 'Items' });
    await simulate(
      machine,
      {},
      {
        name: 'Shop',
        observe: ({ kind, state }, { machineName }) => {
          seen.push([machineName, kind, state]);
        },
      },
    );
    expect(seen).toEqual([
      ['Shop', 'entered', 'Each'],
      ['Shop/Items', 'entered', 'Pack'],
      ['Shop/Items', 'went', 'Pack'],
      ['Shop', 'went', 'Each'],
    ]);
  });

  it('waits for the observer, and fails with it', async () => {
    const only = machineOf({ Only: { Type: 'Pass', End: true } });
    let over = false;
    const clock = new VirtualClock();
    const later = async () => {
      const hold = clock.hold();
      await new Promise((resolve) => setImmediate(resolve));
      hold.release();
      over = true;
    };
    await simulate(only, {}, { clock, observe: later });
    expect(over).toBe(true);
    const fault = () => Promise.reject(new Error('the observer broke'));
    await expect(simulate(only, {}, { observe: fault })).rejects.toThrow('the observer broke');
  });

  it('leaves the history as it is without', async () => {
    const machine = machineOf({
      Each: {
        Type: 'Map',
        Items: [1, 2],
        ItemProcessor: {
          StartAt: 'Ask',
          States: { Ask: { ...invoking('f'), Next: 'Rest' }, Rest: { Type: 'Wait', Seconds: 1, End: true } },
        },
        End: true,
      },
    });
    const functions = { f: () => 1 };
    const observed = await simulate(machine, {}, { functions, observe: () => {} });
    expect(observed).toEqual(await simulate(machine, {}, { functions }));
  });
});
