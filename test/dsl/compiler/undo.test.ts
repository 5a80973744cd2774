import { describe, expect, it } from 'vitest';
import type { Workflow } from '../../../src/dsl/authoring/workflow.ts';
import { equals } from '../../../src/dsl/expression/comparison.ts';
import type { SimulatedFunction } from '../../../src/dsl/simulator/simulate.ts';
import {
  begin,
  entered,
  failing,
  machineOf,
  number,
  run,
  statesOf,
} from '../../support/compiled-workflow.ts';

const [open, close, lock, unlock, work] = ['Open', 'Close', 'Lock', 'Unlock', 'Work'].map(number) as [
  ReturnType<typeof number>,
  ReturnType<typeof number>,
  ReturnType<typeof number>,
  ReturnType<typeof number>,
  ReturnType<typeof number>,
];

/** Two steps with undos; what follows is the test's. */
const stem = () =>
  begin()
    .run('opened', ({ input }) => open({ n: input.n }), { undo: ({ input }) => close({ n: input.n }) })
    .run('locked', ({ input }) => lock({ n: input.n }), { undo: ({ input }) => unlock({ n: input.n }) });

/** Ends as a failure with this cause, in a way of a choice. */
const failingWay = (flow: ReturnType<typeof stem>, cause: string): Workflow =>
  flow
    .choose('way', (ways) =>
      ways
        .when(
          'one',
          ({ input }) => equals(input.n, 1),
          (way) => way.fail('refused', 'Broken', () => cause),
        )
        .otherwise((way) => way),
    )
    .returns(() => ({ value: 1 }));

const input = { n: 1, list: [1] };
const CAUSE = 'it broke';

/** Runs with every function answering, but for those given; tells the calls in order. */
async function outcomeOf(subject: Workflow, functions: { readonly [name: string]: SimulatedFunction } = {}) {
  const calls: string[] = [];
  const called =
    (name: string): SimulatedFunction =>
    (payload, invocation) => {
      calls.push(name);
      return (functions[name] ?? (() => ({ n: 1 })))(payload, invocation);
    };
  const names = ['Open', 'Close', 'Lock', 'Unlock', 'Work'];
  const result = await run(subject, input, {
    functions: Object.fromEntries(names.map((name) => [name, called(name)])),
    machines: { Child: machineOf(child), Deep: machineOf(deep) },
  });
  return { calls, result };
}

const deep = begin('Deep', '1 hour')
  .run('worked', ({ input }) => work({ n: input.n }))
  .returns(({ worked }) => ({ value: worked.n }));
const child = begin('Child', '2 hours')
  .run('inner', () => deep({ n: 1, list: [] }))
  .returns(({ inner }) => ({ value: inner.value }));

const broken = { Work: failing('Broken', CAUSE) };
const undone = `${CAUSE} [undone: locked, opened]`;

describe('an undo', () => {
  it('is a last Catch of each state that can fail, and a chain of states, newest first', () => {
    const subject = stem()
      .run('worked', ({ input }) => work({ n: input.n }))
      .returns(({ worked }) => ({ value: worked.n }));
    const states = statesOf(subject);
    const caught = (next: string) => ({
      ErrorEquals: ['States.ALL'],
      Assign: {
        failure_: expect.objectContaining({
          Error: '{% $states.errorOutput.Error %}',
          undone: '',
          notUndone: '',
        }),
      },
      Output: {},
      Next: next,
    });
    expect(states.Opened).toMatchObject({ Catch: [caught('Opened.Undo')] });
    expect(states.Locked).toMatchObject({ Catch: [caught('Locked.Undo')] });
    expect(states.Worked).toMatchObject({ Catch: [caught('Locked.Undo')] });
    expect(states['Locked.Undo']).toMatchObject({
      Type: 'Task',
      Arguments: { FunctionName: '${Unlock}', Payload: { n: '{% $input.n %}' } },
      Retry: [{ MaxAttempts: 6 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Opened.Undo' }],
      Next: 'Opened.Undo',
    });
    expect(states['Opened.Undo']).toMatchObject({ Catch: [{ Next: 'Failed' }], Next: 'Failed' });
    expect(states.Failed).toMatchObject({ Type: 'Fail' });
  });

  it('does not run when all goes well', async () => {
    const { calls, result } = await outcomeOf(stem().returns(() => ({ value: 1 })));
    expect(result.status).toBe('SUCCEEDED');
    expect(calls).toEqual(['Open', 'Lock']);
  });

  it('runs for its own step, which may have had its effect before it failed', async () => {
    const { calls, result } = await outcomeOf(
      stem().returns(() => ({ value: 1 })),
      { Lock: failing('Broken', CAUSE) },
    );
    expect(calls).toEqual(['Open', 'Lock', 'Unlock', 'Close']);
    expect(result).toMatchObject({ status: 'FAILED', error: 'Broken', cause: undone });
  });

  it('does not run for a step that was not reached', async () => {
    const { calls, result } = await outcomeOf(
      stem().returns(() => ({ value: 1 })),
      { Open: failing('Broken', CAUSE) },
    );
    expect(calls).toEqual(['Open', 'Close']);
    expect(result).toMatchObject({ cause: `${CAUSE} [undone: opened]` });
  });

  const failures: readonly (readonly [string, (flow: ReturnType<typeof stem>) => Workflow])[] = [
    [
      'a call',
      (flow) => flow.run('worked', ({ input }) => work({ n: input.n })).returns(() => ({ value: 1 })),
    ],
    [
      "a poll's call",
      (flow) =>
        flow
          .pollUntil('worked', ({ input }) => work({ n: input.n }), {
            until: ({ worked }) => equals(worked.n, 2),
            every: '1 minute',
            giveUpAfter: '2 minutes',
          })
          .returns(() => ({ value: 1 })),
    ],
    [
      'a call in a branch',
      (flow) =>
        flow
          .parallel('both', {
            left: (branch) => branch.run('worked', ({ input }) => work({ n: input.n })),
            right: (branch) => branch.waitFor('pause', '1 minute'),
          })
          .returns(() => ({ value: 1 })),
    ],
    [
      'a call in an iteration',
      (flow) =>
        flow
          .forEach('all', {
            of: ({ input }) => input.list,
            as: 'x',
            atOnce: 1,
            do: (each) => each.run('worked', ({ x }) => work({ n: x })),
          })
          .returns(() => ({ value: 1 })),
    ],
    [
      'a call in a way',
      (flow) =>
        flow
          .choose('way', (ways) =>
            ways
              .when(
                'one',
                ({ input }) => equals(input.n, 1),
                (way) => way.run('worked', ({ input }) => work({ n: input.n })),
              )
              .otherwise((way) => way),
          )
          .returns(() => ({ value: 1 })),
    ],
    [
      "a child's child",
      (flow) =>
        flow.run('worked', ({ input }) => child({ n: input.n, list: [] })).returns(() => ({ value: 1 })),
    ],
    ['a way that ends as a failure', (flow) => failingWay(flow, CAUSE)],
  ];

  it.each(failures)(
    'runs, newest first, when %s fails, and the first error keeps its name and words',
    async (_what, grow) => {
      const { calls, result } = await outcomeOf(grow(stem()), broken);
      expect(calls.filter((name) => name !== 'Work')).toEqual(['Open', 'Lock', 'Unlock', 'Close']);
      expect(result).toMatchObject({ status: 'FAILED', error: 'Broken', cause: undone });
    },
  );

  it.each(failures)('does not run when %s fails after the point of no return', async (_what, grow) => {
    const { calls, result } = await outcomeOf(
      grow(stem().pointOfNoReturn({ failures: 'stayForRedrive' })),
      broken,
    );
    expect(calls.filter((name) => name !== 'Work')).toEqual(['Open', 'Lock']);
    expect(result.status).toBe('FAILED');
    expect(entered(result)).not.toContain('Failed');
  });

  it('runs when a poll gives up or says that it has failed', async () => {
    const polling = (failWhen: number) =>
      stem()
        .pollUntil('worked', ({ input }) => work({ n: input.n }), {
          until: ({ worked }) => equals(worked.n, 2),
          failWhen: ({ worked }) => equals(worked.n, failWhen),
          every: '1 minute',
          giveUpAfter: '2 minutes',
        })
        .returns(() => ({ value: 1 }));
    expect((await outcomeOf(polling(3))).result).toMatchObject({
      error: 'GaveUp',
      cause: 'worked: not reached within 2 minutes [undone: locked, opened]',
    });
    expect((await outcomeOf(polling(1))).result).toMatchObject({
      error: 'PollFailed',
      cause: 'worked: what is waited for has failed [undone: locked, opened]',
    });
  });

  it('runs when a call takes too long', async () => {
    const subject = stem()
      .run('worked', ({ input }) => work({ n: input.n }), { retry: 'none' })
      .returns(() => ({ value: 1 }));
    const { calls, result } = await outcomeOf(subject, {
      Work: (_payload, { clock }) => clock.sleep(600_000),
    });
    expect(calls).toEqual(['Open', 'Lock', 'Work', 'Unlock', 'Close']);
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Timeout', virtualMilliseconds: 90_000 });
    expect(result.cause).toMatch(/\[undone: locked, opened\]$/);
  });

  it('runs when an argument cannot be evaluated', async () => {
    const subject = stem()
      .run('worked', ({ locked }) => work({ n: (locked as unknown as { missing: typeof locked.n }).missing }))
      .returns(() => ({ value: 1 }));
    const { calls, result } = await outcomeOf(subject);
    expect(calls).toEqual(['Open', 'Lock', 'Unlock', 'Close']);
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });

  it('of one step that fails is told, and the others still run', async () => {
    const subject = stem()
      .run('worked', ({ input }) => work({ n: input.n }))
      .returns(() => ({ value: 1 }));
    const { calls, result } = await outcomeOf(subject, {
      ...broken,
      Unlock: failing('Stuck', 'the door is shut'),
    });
    expect(calls).toEqual(['Open', 'Lock', 'Work', 'Unlock', 'Close']);
    expect(result).toMatchObject({
      error: 'Broken',
      cause: `${CAUSE} [undone: opened] [NOT UNDONE: locked (Stuck: the door is shut)]`,
    });
  });

  it('is retried like any call', async () => {
    let tries = 0;
    const unsteady = () => {
      tries += 1;
      return tries < 3 ? failing('Lambda.TooManyRequestsException', 'later')() : { n: 1 };
    };
    const { result } = await outcomeOf(
      stem()
        .run('worked', ({ input }) => work({ n: input.n }))
        .returns(() => ({ value: 1 })),
      { ...broken, Unlock: unsteady },
    );
    expect(result.cause).toBe(undone);
    expect(tries).toBe(3);
  });

  it('reads the results of the steps before it', async () => {
    const seen: unknown[] = [];
    const subject = begin()
      .run('opened', ({ input }) => open({ n: input.n }))
      .run('locked', ({ opened }) => lock({ n: opened.n }), { undo: ({ opened }) => unlock({ n: opened.n }) })
      .run('worked', ({ input }) => work({ n: input.n }))
      .returns(() => ({ value: 1 }));
    await outcomeOf(subject, { ...broken, Open: () => ({ n: 42 }), Unlock: (payload) => seen.push(payload) });
    expect(seen).toEqual([{ n: 42 }]);
  });

  it('does not run for input that is refused', async () => {
    const calls: string[] = [];
    const result = await run(
      stem().returns(() => ({ value: 1 })),
      { n: 'x' },
      {
        functions: { Open: () => calls.push('Open'), Close: () => calls.push('Close') },
      },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'InvalidInput' });
    expect(calls).toEqual([]);
  });

  it.each(['{not JSON', '{"errorMessage": "cut o', '{', '', '{}', '{"other": 1}'])(
    'runs whatever the cause looks like: %j',
    async (cause) => {
      const { calls, result } = await outcomeOf(failingWay(stem(), cause));
      expect(calls).toEqual(['Open', 'Lock', 'Unlock', 'Close']);
      expect(result).toMatchObject({ error: 'Broken', cause: `${cause} [undone: locked, opened]` });
    },
  );

  it('is not there yet for a failure before it, which still ends with plain words', async () => {
    const early = number('Early');
    const late = number('Late');
    const subject = begin()
      .run('first', ({ input }) => early({ n: input.n }))
      .run('second', ({ input }) => late({ n: input.n }), { undo: ({ input }) => late({ n: input.n }) })
      .returns(() => ({ value: 1 }));
    const functions = { Early: failing('Refused', 'two faults'), Late: () => ({ n: 1 }) };
    const result = await run(subject, { n: 1, list: [] }, { functions });
    expect(result).toMatchObject({ status: 'FAILED', error: 'Refused', cause: 'two faults' });
    expect(entered(result).slice(-2)).toEqual(['First', 'Failed']);
  });

  it('refuses to stand after the point of no return, where it would never run', () => {
    const late = number('Late');
    expect(() =>
      begin()
        .pointOfNoReturn({ failures: 'stayForRedrive' })
        .run('second', ({ input }) => late({ n: input.n }), { undo: ({ input }) => late({ n: input.n }) }),
    ).toThrow('Subject › second: an undo after the point of no return would never run');
  });
});
