import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { integration } from '../../../src/dsl/authoring/integrations/integration.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import type { Workflow } from '../../../src/dsl/authoring/workflow.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { limitWarnings } from '../../../src/dsl/compiler/limits/limit-faults.ts';
import { equals } from '../../../src/dsl/expression/comparison.ts';
import { map } from '../../../src/dsl/expression/each.ts';
import { list, range } from '../../../src/dsl/expression/list.ts';
import { concat } from '../../../src/dsl/expression/text.ts';
import { simulate, type SimulationOptions } from '../../../src/dsl/simulator/simulate.ts';
import { TaskTokens } from '../../../src/dsl/simulator/task-tokens.ts';
import { allWorkflows } from '../../../src/workflow/all-workflows.ts';
import { dynamodb } from '../../support/aws-services.ts';
import { failing, number } from '../../support/compiled-workflow.ts';

const [one, two, three] = [number('One'), number('Two'), number('Three')] as const;
const NONE = { retry: 'none' } as const;

const begin = (name = 'Subject', timeout: '1 day' | '1 hour' = '1 day') =>
  workflow(name, {
    input: z.strictObject({ n: z.number(), list: z.array(z.number()).max(5) }),
    output: z.object({}),
    errors: ['Broken'],
    timeout,
  });

const child = begin('Child', '1 hour')
  .run('called', ({ input }) => two({ n: input.n }), NONE)
  .returns(() => ({}));

const good = (payload: unknown) => payload;
const functions = { One: good, Two: good, Three: good } as NonNullable<SimulationOptions['functions']>;

/** The history's figure in the report. */
const reported = (subject: Workflow) => compile(subject).limits.histories[0]?.worstCase;

/** How many events each execution wrote, the workflow's own first. */
async function written(
  subject: Workflow,
  given: Partial<SimulationOptions> & { readonly input?: Json } = {},
): Promise<readonly number[]> {
  const { input = { n: 1, list: [1, 2, 3, 4, 5] }, ...options } = given;
  const counts = new Map<string, number>();
  await simulate(compile(subject).machine, input, {
    functions,
    ...options,
    onEvent: (_event, { executionArn }) => counts.set(executionArn, (counts.get(executionArn) ?? 0) + 1),
  });
  return [...counts.values()];
}

/** Fails so often before it goes well. */
const failsFirst = (times: number, name: string) => {
  let left = times;
  return (payload: Json) => {
    if (left === 0) return payload;
    left -= 1;
    return failing(name, 'not yet')();
  };
};

describe('the events of the longest way are those of the history for', () => {
  it('a step', async () => {
    const subject = begin()
      .run('called', ({ input }) => one({ n: input.n }), NONE)
      .returns(() => ({}));
    expect([reported(subject)]).toEqual(await written(subject));
  });

  it('all retries of a step', async () => {
    const subject = begin()
      .run('called', ({ input }) => one({ n: input.n }))
      .returns(() => ({}));
    const slow = { ...functions, One: failsFirst(6, 'Lambda.TooManyRequestsException') };
    expect([reported(subject)]).toEqual(await written(subject, { functions: slow }));
  });

  it('waits, and the longer way of a choice', async () => {
    const subject = begin()
      .waitFor('first', '1 minute')
      .choose('way', (ways) =>
        ways
          .when(
            'long',
            ({ input }) => equals(input.n, 1),
            (way) =>
              way
                .run('a', ({ input }) => one({ n: input.n }), NONE)
                .run('b', ({ input }) => two({ n: input.n }), NONE),
          )
          .otherwise((way) => way.run('c', ({ input }) => three({ n: input.n }), NONE)),
      )
      .returns(() => ({}));
    expect([reported(subject)]).toEqual(await written(subject));
    const [shorter] = await written(subject, { input: { n: 2, list: [] } });
    expect(shorter).toBeLessThan(Number(reported(subject)));
  });

  it.each(['10 minutes', '11 minutes', '3 minutes'] as const)(
    'a poll that gives up after %s',
    async (giveUpAfter) => {
      const subject = begin()
        .pollUntil('polled', ({ input }) => one({ n: input.n }), {
          until: ({ polled }) => equals(polled.n, 2),
          every: '3 minutes',
          giveUpAfter,
          ...NONE,
        })
        .returns(() => ({}));
      const [counted] = await written(subject);
      // The end that is reached by giving up is one state's entering, that which is not is a whole state.
      expect(counted).toBe(Number(reported(subject)) - 1);
    },
  );

  it('a poll that is there at the last call', async () => {
    const subject = begin()
      .pollUntil('polled', ({ input }) => one({ n: input.n }), {
        until: ({ polled }) => equals(polled.n, 2),
        every: '3 minutes',
        giveUpAfter: '10 minutes',
        ...NONE,
      })
      .returns(() => ({}));
    let calls = 0;
    const late = { ...functions, One: () => ({ n: (calls += 1) === 4 ? 2 : 1 }) };
    expect([reported(subject)]).toEqual(await written(subject, { functions: late }));
  });

  it.each([1, 7])('%s rounds of a repeat', async (atMost) => {
    const subject = begin()
      .repeatUntil('worked', ({ input }) => one({ n: input.n }), {
        until: ({ worked }) => equals(worked.n, 2),
        atMost,
        ...NONE,
      })
      .returns(() => ({}));
    let calls = 0;
    const late = { ...functions, One: () => ({ n: (calls += 1) === atMost ? 2 : 1 }) };
    expect([reported(subject)]).toEqual(await written(subject, { functions: late }));
  });

  it('branches and as many iterations as the schema allows', async () => {
    const subject = begin()
      .parallel('both', {
        left: (branch) => branch.run('inLeft', ({ input }) => one({ n: input.n }), NONE),
        right: (branch) =>
          branch.forEach('all', {
            of: ({ input }) => input.list,
            as: 'x',
            atOnce: 2,
            do: (each) =>
              each
                .run('inAll', ({ x }) => two({ n: x }), NONE)
                .forEach('pairs', {
                  of: ({ x }) => list(x, x),
                  as: 'y',
                  atOnce: 2,
                  do: (inner) => inner.run('inPairs', ({ y }) => three({ n: y }), NONE),
                }),
          }),
      })
      .returns(() => ({}));
    expect([reported(subject)]).toEqual(await written(subject));
    const [fewer] = await written(subject, { input: { n: 1, list: [1] } });
    expect(fewer).toBeLessThan(Number(reported(subject)));
  });

  it('a chain of undos', async () => {
    const subject = begin()
      .run('first', ({ input }) => one({ n: input.n }), {
        ...NONE,
        undo: ({ input }) => three({ n: input.n }),
      })
      .run('second', ({ input }) => one({ n: input.n }), {
        ...NONE,
        undo: ({ input }) => three({ n: input.n }),
      })
      .run('third', ({ input }) => two({ n: input.n }), NONE)
      .returns(() => ({}));
    const broken = { ...functions, Two: failing('Broken', 'no'), Three: failing('Lambda.Unknown', 'no') };
    const [counted] = await written(subject, { functions: broken });
    // Each of three Catchers might also catch an expression that fails after the call went well.
    expect(counted).toBe(Number(reported(subject)) - 3);
  });

  it('a try whose clause and finally both run', async () => {
    const subject = begin()
      .try('tried', {
        do: (body) => body.run('a', ({ input }) => one({ n: input.n }), NONE),
        catch: { Known: (way) => way.run('b', ({ input }) => two({ n: input.n }), NONE) },
        finally: (way) => way.run('c', ({ input }) => three({ n: input.n }), NONE),
      })
      .returns(() => ({}));
    const broken = { ...functions, One: failing('Known', 'no') };
    const [counted] = await written(subject, { functions: broken });
    expect(counted).toBeLessThanOrEqual(Number(reported(subject)));
    expect(counted).toBeGreaterThan(Number(reported(subject)) - 4);
    const [fewer] = await written(subject);
    expect(fewer).toBeLessThan(Number(counted));
  });

  it('a child that is waited for, and one that is not', async () => {
    const subject = begin()
      .run('waited', ({ input }) => child({ n: input.n, list: [] }), NONE)
      .start('begun', ({ input }) => child({ n: input.n, list: [] }), NONE)
      .returns(() => ({}));
    const machines = { Child: compile(child).machine };
    const [own, ofChild] = await written(subject, { machines });
    expect(own).toBe(reported(subject));
    expect(ofChild).toBe(reported(child));
  });

  it('a question that is answered, and a job that is waited for', async () => {
    const job = integration('glue:startJobRun.sync', {
      arguments: { JobName: 'nightly' },
      result: z.object({ JobRunState: z.string() }),
      timeout: '1 hour',
      permissions: [],
    });
    const ask = task('Ask', {
      input: z.object({ token: z.string() }),
      output: z.object({}),
      errors: [],
      timeout: '1 minute',
    });
    const subject = begin()
      .callback('asked', (_scope, token) => ask({ token }), {
        answer: z.object({ ok: z.boolean() }),
        giveUpAfter: '1 hour',
        ...NONE,
      })
      .run('done', () => job, NONE)
      .returns(() => ({}));
    const tokens = new TaskTokens();
    const Ask = (payload: Json) => {
      tokens.sendTaskSuccess((payload as { token: string }).token, { ok: true });
      return {};
    };
    const resources = {
      'arn:aws:states:::glue:startJobRun.sync': () => ({ JobRunState: 'SUCCEEDED' }),
    };
    expect([reported(subject)]).toEqual(await written(subject, { functions: { Ask }, tokens, resources }));
  });

  it('a distributed map and each of its children', async () => {
    const subject = begin()
      .forEachDistributed('all', {
        of: ({ input }) => input.list,
        as: 'x',
        atOnce: 3,
        do: (each) => each.run('called', ({ x }) => one({ n: x }), NONE),
      })
      .returns(() => ({}));
    const { histories } = compile(subject).limits;
    expect(histories.map(({ of }) => of)).toEqual([[], ['all']]);
    const [own, ...children] = histories.map(({ worstCase }) => worstCase);
    expect([own, ...Array.from({ length: 5 }, () => children[0])]).toEqual(await written(subject));
  });
});

describe('retries', () => {
  const subject = begin()
    .pollUntil('polled', ({ input }) => one({ n: input.n }), {
      until: ({ polled }) => equals(polled.n, 2),
      every: '1 minute',
      giveUpAfter: '1 hour',
      retry: [{ errors: ['Busy'], maxAttempts: 10 }],
    })
    .returns(() => ({}));

  it('are counted once for a step, not for each of its rounds', () => {
    const [history] = compile(subject).limits.histories;
    // 61 calls, 60 of them with a wait behind them, and 16 retries of three events.
    expect(history?.byStep[0]).toEqual({
      step: ['polled'],
      events: 2 + 61 * 7 + 60 * 2 + 48,
      why: '61 rounds, 48 events of retries',
    });
  });

  it('are told for every round beside it', () => {
    const [history] = compile(subject).limits.histories;
    expect(Number(history?.withEveryRetry) - Number(history?.worstCase)).toBe(60 * 48);
  });
});

describe('a list that no schema bounds', () => {
  const open = workflow('Open', {
    input: z.object({ list: z.array(z.number()) }),
    output: z.object({}),
    timeout: '1 day',
  })
    .forEach('all', {
      of: ({ input }) => input.list,
      as: 'x',
      atOnce: 40,
      do: (each) => each.run('called', ({ x }) => one({ n: x }), NONE),
    })
    .returns(() => ({}));

  it('is counted with as many items as run at once, and the report says how many would fit', () => {
    const { limits } = compile(open);
    expect(limits.histories[0]?.unboundedLists).toEqual([
      { step: ['all'], countedWith: 40, fitsItems: 2271 },
    ]);
    expect(limitWarnings(limits, 'Open')).toEqual([
      "Open › all: the history has room for 2271 items, and no schema says that there are no more; give the list's " +
        'schema a maximum, or use forEachDistributed()',
    ]);
  });

  it('fits that many items, and not one more', async () => {
    const of = (length: number) => ({ list: Array.from({ length }, () => 1) });
    const { machine } = compile(open);
    const fitting = await simulate(machine, of(2271), { functions });
    expect(fitting.status).toBe('SUCCEEDED');
    const tooMany = await simulate(machine, of(2272), { functions });
    expect(tooMany).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('has the bound of what it is made of', () => {
    const subject = begin()
      .forEach('all', {
        of: ({ input }) => map(input.list, (x) => concat('item ', x)),
        as: 'x',
        atOnce: 40,
        do: (each) => each,
      })
      .forEach('numbers', { of: () => range(1, 12), as: 'y', atOnce: 40, do: (each) => each })
      .returns(() => ({}));
    expect(compile(subject).limits.histories[0]?.byStep).toMatchObject([
      { step: ['numbers'], events: 4 + 12 * 6 },
      { step: ['all'], events: 4 + 5 * 6 },
      { step: [] },
    ]);
  });
});

describe('a workflow that cannot fit', () => {
  const polling = (every: '1 second' | '30 seconds') =>
    begin()
      .run('before', ({ input }) => one({ n: input.n }), NONE)
      .pollUntil('polled', ({ input }) => one({ n: input.n }), {
        until: ({ polled }) => equals(polled.n, 2),
        every,
        giveUpAfter: '12 hours',
        ...NONE,
      })
      .returns(() => ({}));

  it('is refused with the steps that fill its history, and the remedy', () => {
    expect(() => compile(polling('1 second'))).toThrow(
      'Subject: its history may get 388824 events, and an execution fails at 25000; the most come from ' +
        'polled 388809 (43201 rounds), the workflow itself 10 (once), before 5 (once); call less often, give up ' +
        'earlier, or move a loop into a workflow of its own or into forEachDistributed()',
    );
    expect(reported(polling('30 seconds'))).toBeLessThan(25_000);
  });

  it('is refused by the name of the distributed map whose children do not fit', () => {
    const subject = begin()
      .forEachDistributed('all', {
        of: ({ input }) => input.list,
        as: 'x',
        atOnce: 1,
        do: (each) =>
          each.repeatUntil('worked', ({ x }) => one({ n: x }), {
            until: ({ worked }) => equals(worked.n, 2),
            atMost: 5000,
            ...NONE,
          }),
      })
      .returns(() => ({}));
    expect(() => compile(subject)).toThrow(
      /^Subject › all: the history of one of its child executions may get 35\d{3} events/,
    );
  });

  it('is refused when a payload is too large whatever the data are', () => {
    const subject = workflow('Subject', {
      input: z.strictObject({ text: z.string().min(300_000) }),
      output: z.object({}),
      timeout: '1 day',
    }).returns(() => ({}));
    expect(() => compile(subject)).toThrow(
      'Subject: its input has at least 300011 bytes, more than 262144; keep the data in S3 and pass a reference to it',
    );
  });
});

describe('the bytes of payloads', () => {
  const told = (subject: Workflow) =>
    compile(subject).limits.payloads.bounds.map(({ step, what, name, bytes }) =>
      [...step, what, ...(name === undefined ? [] : [name]), bytes].join(' '),
    );

  it('are bounded by the schemas of the input and of tasks', () => {
    const subject = begin()
      .run('called', ({ input }) => one({ n: input.n }), NONE)
      .run('again', ({ called }) => two({ n: called.n }), NONE)
      .returns(() => ({}));
    expect(told(subject)).toEqual([
      `input ${'{"n":,"list":[]}'.length + 25 + 5 * 26 - 1}`,
      'called arguments 31',
      'called result 31',
      'called variable called 31',
      'again arguments 31',
      'again result 31',
      'output 2',
    ]);
  });

  it('are never less than the JSON of a value that the schema allows', () => {
    const schema = z.strictObject({
      kind: z.enum(['small', 'quite large']),
      text: z.string().max(3),
      word: z.string().regex(/^[a-z]{1,4}$/),
      maybe: z.boolean().optional(),
      count: z.int().min(-10).max(999),
      either: z.union([z.null(), z.array(z.literal('ab')).max(2)]),
    });
    const subject = workflow('Subject', { input: schema, output: z.object({}), timeout: '1 day' }).returns(
      () => ({}),
    );
    const longest = {
      kind: 'quite large',
      text: '\u0001\u0001\u0001',
      word: 'abcd',
      maybe: false,
      count: 999,
      either: ['ab', 'ab'],
    };
    expect(schema.parse(longest)).toEqual(longest);
    expect(told(subject)[0]).toBe(`input ${JSON.stringify(longest).length}`);
  });

  it('are unknown where a schema has no bound, or the service gives none', () => {
    const subject = workflow('Subject', {
      input: z.strictObject({ text: z.string() }),
      output: z.object({}),
      timeout: '1 day',
    })
      .run('described', ({ input }) => dynamodb.describeTable({ TableName: input.text }))
      .returns(() => ({}));
    expect(told(subject)).toEqual([
      'input unknown',
      'described arguments unknown',
      'described result unknown',
      'output 2',
    ]);
  });

  it('are those of each item of a distributed map, with what its body uses from outside', () => {
    const subject = begin()
      .forEachDistributed('all', {
        of: ({ input }) => input.list,
        as: 'x',
        atOnce: 1,
        do: (each) => each.run('called', ({ x, input }) => one({ n: input.n, x } as never), NONE),
      })
      .returns(() => ({}));
    expect(told(subject)).toContain(`all item ${'{"x":,"input":{"n":}}'.length + 50}`);
    expect(told(subject)).toContain(`all called arguments ${'{"n":,"x":}'.length + 50}`);
  });

  it('are warned of when they may be more than Step Functions takes', () => {
    const subject = workflow('Subject', {
      input: z.strictObject({ text: z.string().max(100_000) }),
      output: z.object({}),
      timeout: '1 day',
    }).returns(() => ({}));
    expect(limitWarnings(compile(subject).limits, 'Subject')).toEqual([
      'Subject: its input may have 600011 bytes, more than 262144; tighten its schema, or keep the data in S3 and ' +
        'pass a reference to it',
    ]);
  });
});

it.each(allWorkflows.map((subject) => [subject.workflowName, subject] as const))(
  '%s fits into every history that it writes',
  (_name, subject) => {
    const { limits } = compile(subject);
    for (const { worstCase, limit, byStep } of limits.histories) {
      expect(worstCase).toBeLessThan(limit);
      expect(byStep.reduce((sum, { events }) => sum + events, 0)).toBe(worstCase);
    }
    expect(limits.definition.bytes).toBeLessThan(limits.definition.limit);
  },
);
