import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { DefinitionError } from '../../../src/dsl/ast/definition-error.ts';
import type { Call } from '../../../src/dsl/authoring/call.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { equals } from '../../../src/dsl/expression/comparison.ts';
import { map } from '../../../src/dsl/expression/each.ts';
import { list } from '../../../src/dsl/expression/list.ts';
import type { Ref } from '../../../src/dsl/expression/expression.ts';

const echo = task('Echo', {
  input: z.object({ n: z.number() }),
  output: z.object({ n: z.number() }),
  errors: ['Refused'],
  timeout: '1 minute',
});
const start = () =>
  workflow('Count', {
    input: z.object({ n: z.number() }),
    output: z.object({ n: z.number() }),
    errors: ['No'],
    timeout: '1 hour',
  });
type Scope = { readonly input: Ref<{ n: number }> };
const call = ({ input }: Scope): Call<{ n: number }> => echo({ n: input.n });

/** A name as JavaScript lets it through, although the types would not. */
const named = (name: string) => name as never;

describe('a flow', () => {
  it('is not changed by what grows from it', () => {
    const stem = start().run('first', call);
    const left = stem.run('left', call).returns(({ left }) => ({ n: left.n }));
    const right = stem.waitFor('pause', '1 minute').returns(({ first }) => ({ n: first.n }));
    expect(left.node.flow.steps.map((step) => 'name' in step && step.name)).toEqual(['first', 'left']);
    expect(right.node.flow.steps.map((step) => 'name' in step && step.name)).toEqual(['first', 'pause']);
    expect(stem.node.steps).toHaveLength(1);
  });

  it('may give the same name to steps of two flows from one stem', () => {
    const stem = start().run('first', call);
    expect(() => [stem.run('second', call), stem.run('second', call)]).not.toThrow();
  });

  it.each(['first', 'input'])('refuses a second step or value named %j', (name) => {
    const stem = start().run('first', call);
    const problem = `Count › ${name}: a step or value of that name is there already; choose another`;
    expect(() => stem.run(named(name), call)).toThrow(new DefinitionError(problem));
    expect(() => stem.waitFor(named(name), '1 minute')).toThrow(new DefinitionError(problem));
    expect(() => stem.fail(named(name), 'No', () => 'because')).toThrow(new DefinitionError(problem));
    expect(() => stem.parallel(named(name), { only: (branch) => branch })).toThrow(
      new DefinitionError(problem),
    );
    expect(() =>
      stem.choose(named(name), (ways) =>
        ways.when(
          'a',
          ({ input }) => equals(input.n, 1),
          (way) => way,
        ),
      ),
    ).toThrow(new DefinitionError(problem));
  });

  it.each(['states', 'each1', 'a-b', '1st', '', 'a b', 'a.b', '$a', 'ä'])(
    'refuses a step named %j, which cannot be a variable',
    (name) => {
      const problem = /^Count › .*: a step's name is a variable's name; use letters and digits/;
      expect(() => start().run(named(name), call)).toThrow(problem);
      expect(() => start().waitFor(named(name), '1 minute')).toThrow(problem);
    },
  );

  it.each(['eachTable', 'state', 'toString', 'constructor'])('accepts a step named %j', (name) => {
    expect(() => start().run(name, call)).not.toThrow();
  });

  it('refuses a step in a branch that is named like one around it, naming the whole place', () => {
    const stem = start().run('first', call);
    expect(() =>
      stem.parallel('both', {
        left: (branch) => branch.run(named('first'), call),
      }),
    ).toThrow('Count › both › left › first: a step or value of that name is there already');
    expect(() =>
      stem.choose('way', (ways) =>
        ways
          .when(
            'some',
            ({ first }) => equals(first.n, 1),
            (way) => way.run(named('first'), call),
          )
          .otherwise((none) => none),
      ),
    ).toThrow('Count › way › some › first: ');
  });

  it('refuses an undo within a branch, also where the types were got round', () => {
    const undo = { undo: call } as never;
    expect(() => start().parallel('both', { left: (branch) => branch.run('risky', call, undo) })).toThrow(
      new DefinitionError(
        'Count › both › left › risky: an undo belongs to a step of the workflow itself, since a failing branch ' +
          'stops its siblings and a way may not have been taken; move the step or its undo out of the branch',
      ),
    );
  });
});

describe('forEach', () => {
  const over = (options: { as?: string; atOnce?: number }) => () =>
    start().forEach('all', {
      of: ({ input }) => list(input.n),
      as: options.as ?? 'one',
      atOnce: options.atOnce ?? 1,
      do: (each) => each,
    });

  it.each([0, -1, 1.5, 41, Number.NaN])('refuses to run %d iterations at once', (atOnce) => {
    expect(over({ atOnce })).toThrow(
      `Count › all: atOnce must be a whole number from 1 to 40, got ${atOnce}; Step Functions runs no more inline iterations at a time`,
    );
  });

  it('accepts 1 and 40 at once', () => {
    expect(over({ atOnce: 1 })).not.toThrow();
    expect(over({ atOnce: 40 })).not.toThrow();
  });

  const distributed = (atOnce: number) => () =>
    start().forEachDistributed('all', {
      of: ({ input }) => list(input.n),
      as: 'one',
      atOnce,
      do: (each) => each,
    });

  it('runs up to 10,000 at once when distributed', () => {
    expect(distributed(10_000)).not.toThrow();
    expect(distributed(10_001)).toThrow('atOnce must be a whole number from 1 to 10000, got 10001');
  });

  it('refuses an element that is named like something else', () => {
    expect(over({ as: 'input' })).toThrow('Count › input: a step or value of that name is there already');
    expect(over({ as: 'all' })).toThrow(
      "Count › all: 'all' is the name of something else; give 'as' a new name",
    );
    expect(over({ as: 'states' })).toThrow("a step's name is a variable's name");
  });
});

describe('an undo', () => {
  const undoRetries = (undo: unknown) => {
    const [step] = start().run('first', call, { undo } as never).node.steps;
    return step?.kind === 'run' && step.undoRetry.map(({ errors }) => errors);
  };

  it('is retried after passing faults, or as it says itself', () => {
    expect(undoRetries(call)).toEqual([expect.arrayContaining(['Lambda.TooManyRequestsException'])]);
    expect(undoRetries({ run: call, retry: 'none' })).toEqual([]);
    expect(undoRetries({ run: call, retry: [{ errors: ['States.ALL'] }] })).toEqual([['States.ALL']]);
  });
});

describe('a list that is written out', () => {
  it('is looped over as the node of its elements', () => {
    const [step] = start().forEach('all', {
      of: ({ input }) => ['a', input.n],
      as: 'one',
      atOnce: 1,
      do: (each) => each,
    }).node.steps;
    expect(step?.kind === 'forEach' && step.of).toMatchObject({
      kind: 'template',
      template: { kind: 'list', items: [{}, { value: { kind: 'reference', path: ['n'] } }] },
    });
  });
});

describe('pollUntil', () => {
  const poll = (every: '1 minute' | '20 seconds', giveUpAfter: '20 seconds' | '1 minute') => () =>
    start().pollUntil('ready', call, { until: ({ ready }) => equals(ready.n, 1), every, giveUpAfter });

  it('refuses to give up before it has asked twice', () => {
    expect(poll('1 minute', '20 seconds')).toThrow(
      new DefinitionError(
        "Count › ready: giveUpAfter ('20 seconds') is shorter than every ('1 minute'); raise giveUpAfter or poll more often",
      ),
    );
  });

  it('may give up after one interval', () => {
    expect(poll('1 minute', '1 minute')).not.toThrow();
  });
});

describe('a finished workflow', () => {
  const made = start()
    .run('first', call, {
      recover: { errors: ['Refused'], value: (_scope, error) => ({ why: error.Cause }) },
      undo: call,
    })
    .forEach('all', {
      of: ({ input }) => list(input.n),
      as: 'one',
      atOnce: 2,
      do: (each) => each.run('inner', call),
    })
    .choose('way', (ways) =>
      ways
        .when(
          'some',
          ({ input }) => equals(input.n, 1),
          (way) => way.run('chosen', call),
        )
        .otherwise((way) => way),
    )
    .returns(({ input }) => ({ n: input.n }));

  it('is frozen through and through', () => {
    const open: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      if (!Object.isFrozen(value)) open.push(path);
      for (const [key, inner] of Object.entries(value)) visit(inner, `${path}.${key}`);
    };
    visit(made.node, 'node');
    expect(open).toEqual([]);
    expect(() => (made.node.flow.steps as unknown[]).push({})).toThrow(TypeError);
  });

  it('is data: it survives JSON', () => {
    expect(JSON.parse(JSON.stringify(made.node))).toEqual(made.node);
  });

  it('refuses a result that is no JSON, naming its place', () => {
    expect(() => start().returns(() => ({ n: Number.NaN }))).toThrow(
      'Count › returns.n must be JSON or a reference',
    );
  });

  it('refuses arguments that are no JSON, naming the task', () => {
    expect(() => start().run('first', () => echo({ n: Number.POSITIVE_INFINITY }))).toThrow(
      'Echo.n must be JSON or a reference, got Infinity',
    );
  });

  it('runs its callbacks once, with references', () => {
    let calls = 0;
    start().run('mapped', ({ input }) => {
      calls += 1;
      return echo({ n: map(list(input.n), (n) => n) as never });
    });
    expect(calls).toBe(1);
  });
});
