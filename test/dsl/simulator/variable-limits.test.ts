import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/dsl/asl/machine.ts';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import { simulate, startSimulation } from '../../../src/dsl/simulator/simulate.ts';
import { invoking, machineOf } from './machines.ts';

const kilobytes = (count: number) => 'x'.repeat(count * 1024 - 2);

/** What the chains assign. */
const given = kilobytes(200);

/** A chain of Pass states, `S0` and so on, each of which assigns the input, 200 KiB, to a variable of its own. */
const chain = (length: number, last: object, name = 'S'): { readonly [name: string]: State } =>
  Object.fromEntries(
    Array.from({ length }, (_, index): [string, State] => [
      `${name}${index}`,
      {
        Type: 'Pass',
        Assign: { [`v${index}`]: '{% $states.context.Execution.Input %}' },
        Output: {},
        ...((index === length - 1 ? last : { Next: `${name}${index + 1}` }) as { End: true }),
      },
    ]),
  );

const exceeded = {
  error: 'States.DataLimitExceeded',
  cause: expect.stringContaining('exceed the maximum number of bytes service limit'),
};

describe('the limits of variables', () => {
  it('let one Assign set 256 KiB in all', async () => {
    const assigning = (Assign: { [variable: string]: string }) =>
      machineOf({ Set: { Type: 'Pass', Assign, End: true } });
    const fits = await simulate(assigning({ x: kilobytes(128), y: kilobytes(128) }), {});
    expect(fits.status).toBe('SUCCEEDED');
    expect(await simulate(assigning({ x: kilobytes(128), y: kilobytes(129) }), {})).toMatchObject(exceeded);
  });

  it('let an execution hold 10 MiB', async () => {
    expect((await simulate(machineOf(chain(51, { End: true })), given)).status).toBe('SUCCEEDED');
    expect(await simulate(machineOf(chain(52, { End: true })), given)).toMatchObject(exceeded);
  });

  it('count a variable that is set again once', async () => {
    const machine = machineOf({
      Set: {
        Type: 'Pass',
        Assign: { v: kilobytes(200), times: '{% $exists($times) ? $times + 1 : 1 %}' },
        Next: 'Again',
      },
      Again: { Type: 'Choice', Choices: [{ Condition: '{% $times < 60 %}', Next: 'Set' }], Default: 'Done' },
      Done: { Type: 'Succeed' },
    });
    expect((await simulate(machine, {})).status).toBe('SUCCEEDED');
  });

  it('count the variables of branches while they run, and no longer', async () => {
    const branches = (...names: readonly string[]) => ({
      Type: 'Parallel' as const,
      Branches: names.map((name) => ({ StartAt: `${name}0`, States: chain(20, { End: true }, name) })),
    });
    const twice = machineOf({
      First: { ...branches('A', 'B'), Next: 'Second' },
      Second: { ...branches('C', 'D'), End: true },
    });
    expect((await simulate(twice, given)).status).toBe('SUCCEEDED');
    expect(
      await simulate(machineOf({ All: { ...branches('A', 'B', 'C'), End: true } }), given),
    ).toMatchObject(exceeded);
  });

  it('count the variables of branches that are redriven once, however often', async () => {
    let broken = true;
    const work = () => {
      if (broken) throw new Error('broken');
    };
    const branch = (name: string) => ({
      StartAt: `${name}0`,
      States: { ...chain(20, { Next: name }, name), [name]: { ...invoking('work'), End: true } as const },
    });
    const machine = machineOf({
      Both: { Type: 'Parallel', Branches: [branch('A'), branch('B')], End: true },
    });
    const clock = new VirtualClock(0);
    let running = startSimulation(machine, given, { clock, functions: { work } });
    await clock.runUntil(running.result);
    for (let times = 0; times < 3; times += 1) {
      running = running.redrive();
      if (times === 1) running.stop();
      expect((await clock.runUntil(running.result)).error).toBe(times === 1 ? undefined : 'Error');
    }
    broken = false;
    expect((await clock.runUntil(running.redrive().result)).status).toBe('SUCCEEDED');
  });
});
