import * as z from 'zod';
import type { Expression, Ref, Template } from '../../src/dsl/expression/expression.ts';
import { equals } from '../../src/dsl/expression/comparison.ts';
import { orElse } from '../../src/dsl/expression/logic.ts';
import type { Mistake } from '../../src/dsl/expression/mistake.ts';
import type { Present, Whole } from '../../src/dsl/expression/present.ts';
import { task } from '../../src/dsl/authoring/task.ts';
import { workflow } from '../../src/dsl/authoring/workflow.ts';
import { same } from './subjects.ts';

// What may be missing is refused wherever a state would have no value at all, and goes where it can be left out.
const shape = {
  input: z.object({ id: z.string(), note: z.string().optional() }),
  timeout: '1 hour',
} as const;
const anything = () => workflow('Anything', { ...shape, output: z.unknown() });
const optional = () => workflow('Optional', { ...shape, output: z.string().optional() });
const say = task('Say', {
  ...shape,
  input: z.string().optional(),
  output: z.string(),
  errors: ['Busy'],
  timeout: '1 minute',
});
const show = task('Show', { input: z.unknown(), output: z.string(), errors: [], timeout: '1 minute' });

optional().returns(({ input }) => input.id);
optional().returns(({ input }) => orElse(input.note, 'none'));
anything().returns(({ input }) => ({ note: input.note, all: [input.id, { note: input.note }] }));

// @ts-expect-error the output may be left out, but a state cannot be without a value
optional().returns(({ input }) => input.note);

// @ts-expect-error nor where anything may be given
anything().returns(({ input }) => input.note);

// @ts-expect-error an element may be missing
anything().returns(({ input }) => [input.id, input.note]);

anything().choose('early', (ways) =>
  ways.when(
    'known',
    ({ input }) => equals(input.id, 'x'),
    // @ts-expect-error the whole output may be missing
    (way) => way.succeed('done', ({ input }) => input.note),
  ),
);
optional().choose('early', (ways) =>
  ways.when(
    'known',
    ({ input }) => equals(input.id, 'x'),
    // @ts-expect-error the whole output may be missing
    (way) => way.succeed('done', ({ input }) => input.note),
  ),
);

anything().run('said', () => say('x'), {
  // @ts-expect-error the value that stands for the result may be missing itself
  recover: { errors: ['Busy'], value: ({ input }) => input.note },
});

// @ts-expect-error a whole payload may be missing
anything().run('said', ({ input }) => say(input.note));

// @ts-expect-error nor is it known where a task takes anything
anything().run('shown', ({ input }) => show(input.note));

anything().run('shown', ({ input }) => show({ note: input.note }));

anything().repeatUntil('said', (_scope, from) => say(orElse(from, 'x')), {
  cursor: {
    schema: z.string().optional(),
    // @ts-expect-error the first call would have no cursor
    first: {} as Expression<string | undefined>,
    next: () => 'x',
  },
  until: ({ said }) => equals(said, 'done'),
  atMost: 5,
});

// Nobody fills in a result's default.
const lazy = task('Lazy', {
  ...shape,
  output: z.object({ n: z.int().default(3) }),
  errors: [],
  timeout: '1 minute',
});
anything()
  .run('told', ({ input }) => lazy({ id: input.id }))
  .returns(({ told }) => {
    same<typeof told.n, Ref<number | undefined>>();
    return told;
  });

// The sentences, and that nothing more is asked where a value is there.
type Missing =
  Mistake<'this value may be missing, which would fail the state; say what stands for it with orElse()'>;
same<Whole<string | undefined, unknown>, Template<string> | Missing>();
same<Whole<{ readonly a?: string }, unknown>, Template<{ readonly a?: string }>>();
same<Whole<unknown, Ref<string | undefined>>, Ref<string | undefined> & Missing>();
same<Present<readonly [Ref<string>, { readonly a: Ref<string | undefined> }]>, unknown>();
same<
  Present<{ readonly a: readonly Ref<string | undefined>[] }>,
  Mistake<'an element may be missing, which would fail the state; say what stands for it with orElse(), or leave it out with list()'>
>();
