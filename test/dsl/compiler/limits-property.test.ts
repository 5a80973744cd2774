import fc from 'fast-check';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { workflow, type Workflow } from '../../../src/dsl/authoring/workflow.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { equals } from '../../../src/dsl/expression/comparison.ts';
import { list } from '../../../src/dsl/expression/list.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { number } from '../../support/compiled-workflow.ts';

/** A step in a few words. */
type Sketch =
  | { readonly kind: 'run'; readonly undo: boolean }
  | { readonly kind: 'poll' | 'repeat'; readonly rounds: number }
  | { readonly kind: 'wait' }
  | {
      readonly kind: 'choose' | 'parallel';
      readonly left: readonly Sketch[];
      readonly right: readonly Sketch[];
    }
  | { readonly kind: 'each'; readonly items: number; readonly body: readonly Sketch[] }
  | {
      readonly kind: 'try';
      readonly body: readonly Sketch[];
      readonly clause: readonly Sketch[];
      readonly last: readonly Sketch[];
    };

const { sketches } = fc.letrec<{ sketch: Sketch; sketches: readonly Sketch[] }>((tie) => ({
  sketches: fc.array(tie('sketch'), { maxLength: 3, depthIdentifier: 'steps' }),
  sketch: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'steps' },
    fc.record({ kind: fc.constant('run' as const), undo: fc.boolean() }),
    fc.record({
      kind: fc.constantFrom('poll' as const, 'repeat' as const),
      rounds: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({ kind: fc.constant('wait' as const) }),
    fc.record({
      kind: fc.constantFrom('choose' as const, 'parallel' as const),
      left: tie('sketches'),
      right: tie('sketches'),
    }),
    fc.record({
      kind: fc.constant('each' as const),
      items: fc.integer({ min: 0, max: 3 }),
      body: tie('sketches'),
    }),
    fc.record({
      kind: fc.constant('try' as const),
      body: tie('sketches'),
      clause: tie('sketches'),
      last: tie('sketches'),
    }),
  ),
}));

const [one, undone] = [number('One'), number('Undone')] as const;

/** The methods of a flow that are used here, without its types: the steps are known only when the test runs. */
interface AnyFlow {
  run(name: string, call: () => unknown, options?: object): AnyFlow;
  pollUntil(name: string, call: () => unknown, options: object): AnyFlow;
  repeatUntil(name: string, call: () => unknown, options: object): AnyFlow;
  waitFor(name: string, time: string): AnyFlow;
  choose(name: string, ways: (ways: never) => unknown): AnyFlow;
  parallel(name: string, branches: object): AnyFlow;
  forEach(name: string, options: object): AnyFlow;
  try(name: string, parts: object): AnyFlow;
  returns(result: () => object): Workflow;
}

interface AnyWays {
  when(
    label: string,
    on: (scope: { input: { n: never } }) => unknown,
    body: (way: AnyFlow) => AnyFlow,
  ): AnyWays;
  otherwise(body: (way: AnyFlow) => AnyFlow): unknown;
}

/** Adds the steps to a flow, each by a name of its own. */
function grown(flow: AnyFlow, steps: readonly Sketch[], path: string): AnyFlow {
  const call = () => one({ n: 1 });
  const within = (inner: readonly Sketch[], name: string) => (branch: AnyFlow) => grown(branch, inner, name);
  return steps.reduce((grownFlow, step, index) => {
    const name = `${path}${index}`;
    switch (step.kind) {
      case 'run': {
        const isOutside = path === 's';
        return grownFlow.run(name, call, step.undo && isOutside ? { undo: () => undone({ n: 1 }) } : {});
      }
      case 'poll':
        return grownFlow.pollUntil(name, call, {
          until: (scope: Record<string, { n: never }>) => equals(scope[name]?.n as never, 2 as never),
          every: '1 minute',
          giveUpAfter: `${step.rounds} minutes`,
        });
      case 'repeat':
        return grownFlow.repeatUntil(name, call, {
          until: (scope: Record<string, { n: never }>) => equals(scope[name]?.n as never, 2 as never),
          atMost: step.rounds,
        });
      case 'wait':
        return grownFlow.waitFor(name, '1 minute');
      case 'choose':
        return grownFlow.choose(name, (ways: AnyWays) =>
          ways
            .when('left', ({ input }) => equals(input.n, 1 as never), within(step.left, `${name}l`))
            .otherwise(within(step.right, `${name}r`)),
        );
      case 'parallel':
        return grownFlow.parallel(name, {
          left: within(step.left, `${name}l`),
          right: within(step.right, `${name}r`),
        });
      case 'each':
        return grownFlow.forEach(name, {
          of: () => list(...Array.from({ length: step.items }, () => 1)),
          as: `${name}x`,
          atOnce: 2,
          do: within(step.body, `${name}b`),
        });
      case 'try':
        return grownFlow.try(name, {
          // What cannot fail need not be tried, and is refused.
          do: within([{ kind: 'run', undo: false }, ...step.body], `${name}b`),
          catch: { Known: within(step.clause, `${name}c`) },
          finally: within(step.last, `${name}f`),
        });
    }
  }, flow);
}

function built(steps: readonly Sketch[]): Workflow {
  const flow = workflow('Subject', {
    input: z.object({ n: z.number() }),
    output: z.object({}),
    timeout: '300 days',
  });
  return grown(flow as unknown as AnyFlow, steps, 's').returns(() => ({}));
}

/** What becomes of a call: a result that ends a loop or does not, one that fits nothing, or a failure. */
type Answer = 'go on' | 'done' | 'nothing' | 'Known' | 'Odd' | 'Lambda.TooManyRequestsException';

/** A function that answers its calls in turn, again and again. */
function answering(answers: readonly Answer[]) {
  let calls = 0;
  return (): Json => {
    const answer = answers[calls++ % answers.length] ?? 'done';
    if (answer === 'go on') return { n: 1 };
    if (answer === 'done') return { n: 2 };
    if (answer === 'nothing') return {};
    throw Object.assign(new Error('no'), { name: answer });
  };
}

async function eventsOf(subject: Workflow, answers: readonly Answer[], n: number): Promise<number> {
  const answer = answering(answers);
  const { history } = await simulate(
    compile(subject).machine,
    { n },
    {
      functions: { One: answer, Undone: answer },
    },
  );
  return history.length;
}

const figures = (subject: Workflow) => {
  const [history] = compile(subject).limits.histories;
  return { worstCase: Number(history?.worstCase), withEveryRetry: Number(history?.withEveryRetry) };
};

const calm = fc.array(fc.constantFrom<Answer>('go on', 'go on', 'done', 'nothing', 'Known', 'Odd'), {
  minLength: 1,
  maxLength: 12,
});
const stormy = fc.array(
  fc.constantFrom<Answer>('go on', 'done', 'Known', 'Odd', 'nothing', 'Lambda.TooManyRequestsException'),
  { minLength: 1, maxLength: 12 },
);
const input = fc.integer({ min: 1, max: 2 });

describe('the figures of the report', () => {
  it('are never less than what an execution without retries writes', async () => {
    await fc.assert(
      fc.asyncProperty(sketches, calm, input, async (steps, answers, n) => {
        const subject = built(steps);
        expect(await eventsOf(subject, answers, n)).toBeLessThanOrEqual(figures(subject).worstCase);
      }),
      { numRuns: 150 },
    );
  });

  it('are never less, with every retry, than what any execution writes', async () => {
    await fc.assert(
      fc.asyncProperty(sketches, stormy, input, async (steps, answers, n) => {
        const subject = built(steps);
        expect(await eventsOf(subject, answers, n)).toBeLessThanOrEqual(figures(subject).withEveryRetry);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the bytes of a payload', () => {
  interface Sized {
    readonly schema: z.ZodType;
    readonly value: fc.Arbitrary<Json>;
  }
  const scalars: readonly Sized[] = [
    { schema: z.string().max(3), value: fc.string({ unit: 'binary', maxLength: 1 }) },
    { schema: z.string().regex(/^[a-z]{1,4}$/), value: fc.stringMatching(/^[a-z]{1,4}$/) },
    { schema: z.enum(['a', 'quite long']), value: fc.constantFrom('a', 'quite long') },
    { schema: z.int().min(-99).max(1000), value: fc.integer({ min: -99, max: 1000 }) },
    { schema: z.number(), value: fc.double({ noNaN: true, noDefaultInfinity: true }) },
    { schema: z.boolean(), value: fc.boolean() },
    { schema: z.null(), value: fc.constant(null) },
    { schema: z.literal('exactly'), value: fc.constant('exactly') },
  ];
  const { sized } = fc.letrec<{ sized: Sized }>((tie) => ({
    sized: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(...scalars),
      fc.tuple(tie('sized'), fc.integer({ min: 0, max: 3 })).map(([{ schema, value }, most]) => ({
        schema: z.array(schema).max(most),
        value: fc.array(value, { maxLength: most }),
      })),
      fc.tuple(tie('sized'), tie('sized')).map(([left, right]) => ({
        schema: z.strictObject({ 'left "one"': left.schema, right: right.schema.optional() }),
        value: fc.record({ 'left "one"': left.value, right: right.value }, { requiredKeys: ['left "one"'] }),
      })),
      fc.tuple(tie('sized'), tie('sized')).map(([left, right]) => ({
        schema: z.union([left.schema, right.schema]),
        value: fc.oneof(left.value, right.value),
      })),
    ),
  }));

  it('are between the least and the most for every value that the schema allows', () => {
    fc.assert(
      fc.property(
        sized.chain(({ schema, value }) => value.map((given) => ({ schema, given }))),
        ({ schema, given }) => {
          const subject = workflow('Subject', {
            input: z.strictObject({ given: schema }),
            output: z.object({}),
            timeout: '1 day',
          }).returns(() => ({}));
          const [bound] = compile(subject).limits.payloads.bounds;
          const bytes = Buffer.byteLength(JSON.stringify({ given }));
          expect(bytes).toBeLessThanOrEqual(Number(bound?.bytes));
          expect(bytes).toBeGreaterThanOrEqual(Number(bound?.atLeast));
        },
      ),
      {
        numRuns: 200,
        // The longest number there is.
        examples: [[{ schema: z.number(), given: -0.0000012345678901234567 }]],
      },
    );
  });
});
