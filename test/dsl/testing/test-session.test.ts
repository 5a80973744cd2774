import { describe, expect, it } from 'vitest';
import { testMachine } from '../../../src/dsl/testing/test-machine.ts';
import { invoking, machineOf } from '../simulator/machines.ts';

const order = machineOf({
  Reserve: {
    Type: 'Pass',
    Output: '{% $merge([$states.input, {"shelf": "s-1"}]) %}',
    Assign: { tries: 0 },
    Next: 'Ask',
  },
  Ask: { ...invoking('Ask'), Assign: { tries: '{% $tries + 1 %}' }, Next: 'Enough' },
  Enough: { Type: 'Choice', Choices: [{ Condition: '{% $tries >= 2 %}', Next: 'Done' }], Default: 'Rest' },
  Rest: { Type: 'Wait', Seconds: 3600, Next: 'Ask' },
  Done: { Type: 'Succeed' },
});

function asking() {
  let asked = 0;
  const machine = testMachine(order, {
    functions: {
      Ask: (given) => {
        asked += 1;
        return given;
      },
    },
  });
  return { session: machine.start({ id: 'o-7' }), asked: () => asked };
}

describe('a session', () => {
  it('stops at every state, before it does anything', async () => {
    const { session, asked } = asking();
    expect([session.state, session.stateInput]).toEqual([undefined, undefined]);
    expect(await session.step()).toBe('Reserve');
    expect([session.stateInput, session.variables]).toEqual([{ id: 'o-7' }, {}]);
    expect(await session.step()).toBe('Ask');
    expect([session.stateInput, session.variables]).toEqual([{ id: 'o-7', shelf: 's-1' }, { tries: 0 }]);
    expect([asked(), session.calls]).toEqual([0, []]);
    expect(await session.step()).toBe('Enough');
    expect([asked(), session.calls.length, session.variables]).toEqual([1, 1, { tries: 1 }]);
    expect(session.path).toEqual(['Reserve', 'Ask', 'Enough']);
  });

  it('lets no time pass while it stands, and just what is needed for a step', async () => {
    const { session } = asking();
    await session.runTo('Rest');
    const before = session.clock.now();
    await session.step();
    expect(session.clock.now() - before).toBe(3_600_000);
  });

  it('runs to a state, and from there to the next time', async () => {
    const { session } = asking();
    await session.runTo('Ask');
    await session.runTo('Ask');
    expect([session.state, session.path.length]).toEqual(['Ask', 5]);
  });

  it('says so when the run ends instead', async () => {
    const { session } = asking();
    await session.runTo('Done');
    await expect(session.runTo('Rest')).rejects.toThrow(
      "it never came to 'Rest', but went\n  Reserve → Ask → Enough → Rest → Ask → Enough → Done\nand SUCCEEDED",
    );
  });

  it('refuses to run to a state that there is not', async () => {
    await expect(asking().session.runTo('Rset')).rejects.toThrow(
      "the machine has no state 'Rset'; did you mean 'Rest'?",
    );
    await expect(asking().session.runTo('Elsewhere')).rejects.toThrow(
      'it has Reserve, Ask, Enough, Rest, Done',
    );
  });

  it('goes on to the end, by steps or without', async () => {
    const stepping = asking().session;
    while ((await stepping.step()) !== undefined);
    expect([stepping.state, stepping.stateInput, await stepping.step()]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const { session } = asking();
    await session.step();
    expect(await session.finish()).toEqual(await stepping.result);
    expect((await session.result).status).toBe('SUCCEEDED');
  });

  it('is stopped as an execution is', async () => {
    const { session, asked } = asking();
    await session.runTo('Ask');
    expect(await session.stop('Enough', 'by hand')).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      path: ['Reserve', 'Ask'],
    });
    expect(asked()).toBe(0);
  });

  it('tells of a mistake in the test', async () => {
    const session = testMachine(order).start({});
    await session.runTo('Ask');
    await expect(session.step()).rejects.toThrow("invokes the function 'Ask', which is not there");
    await expect(testMachine(order).run({})).rejects.toThrow(
      "invokes the function 'Ask', which is not there",
    );
  });

  it('stops in every branch, in the order that the states are entered', async () => {
    const branch = (name: string) =>
      ({
        StartAt: `${name}1`,
        States: {
          [`${name}1`]: { Type: 'Wait', Seconds: 10, Next: `${name}2` },
          [`${name}2`]: { Type: 'Pass', End: true },
        },
      }) as const;
    const session = testMachine(
      machineOf({ Both: { Type: 'Parallel', Branches: [branch('A'), branch('B')], End: true } }),
    ).start({});
    const stops: unknown[] = [];
    for (let state = await session.step(); state !== undefined; state = await session.step())
      stops.push([state, session.clock.now() - Date.UTC(2026, 0, 1)]);
    expect(stops).toEqual([
      ['Both', 0],
      ['A1', 0],
      ['B1', 0],
      ['A2', 10_000],
      ['B2', 10_000],
    ]);
    expect((await session.result).status).toBe('SUCCEEDED');
  });

  it('runs to one iteration of a Map, and tells where it stands', async () => {
    const Pack = { Type: 'Wait', Seconds: '{% $states.input %}', End: true } as const;
    const session = testMachine(
      machineOf({
        Each: {
          Type: 'Map',
          Items: [20, 10],
          ItemProcessor: {
            StartAt: 'Lift',
            States: { Lift: { ...Pack, End: undefined, Next: 'Pack' }, Pack },
          },
          End: true,
        },
      }),
    ).start({});
    await session.runTo('Each[1] > Lift');
    expect([session.state, session.place, session.stateInput]).toEqual(['Lift', 'Each[1] > Lift', 10]);
    await session.runTo('Pack');
    expect(session.place).toBe('Each[1] > Pack');
    await session.runTo('Each[0] > Pack');
    expect(session.place).toBe('Each[0] > Pack');
    await expect(session.runTo('Eech[0] > Pack')).rejects.toThrow("write 'Each[0] > Pack' or 'Pack' alone");
    await session.finish();
    expect(session.place).toBe(undefined);
  });

  it('refuses a step before the one before has ended', async () => {
    const { session } = asking();
    const first = session.step();
    await expect(session.step()).rejects.toThrow('a step is still under way; await session.step()');
    expect(await first).toBe('Reserve');
    expect(await session.step()).toBe('Ask');
  });

  it('answers a task token at a time', async () => {
    const machine = machineOf({
      Agree: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: { FunctionName: 'Ask', Payload: { token: '{% $states.context.Task.Token %}' } },
        End: true,
      },
    });
    const session = testMachine(machine, { functions: { Ask: () => ({}) } }).start({});
    const { clock, tokens } = session;
    await session.runTo('Agree');
    clock.schedule(clock.now() + 60_000, () => tokens.sendTaskSuccess(tokens.waiting[0]?.token ?? '', 'yes'));
    expect(await session.finish()).toMatchObject({ output: 'yes', virtualMilliseconds: 60_000 });
  });
});
