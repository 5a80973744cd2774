import type { Ref } from '../../src/dsl/expression/expression.ts';
import { equals } from '../../src/dsl/expression/comparison.ts';
import { map } from '../../src/dsl/expression/each.ts';
import { list, range } from '../../src/dsl/expression/list.ts';
import { exists, orElse } from '../../src/dsl/expression/logic.ts';
import { sum } from '../../src/dsl/expression/number.ts';
import { concat } from '../../src/dsl/expression/text.ts';
import { workflow } from '../../src/dsl/authoring/workflow.ts';
import type { TaskDefinition } from '../../src/dsl/authoring/task.ts';
import * as z from 'zod';
import { begin, count, same } from './subjects.ts';

const stem = begin().run('counted', ({ input }) => count({ table: input.name }));

// Results flow through branches, by their names.
stem
  .parallel('both', {
    left: (branch) =>
      branch
        .run('inLeft', ({ input }) => count({ table: input.name }))
        .returns(({ inLeft }) => ({ n: inLeft.items })),
    right: (branch) => branch.returns(() => 'fixed'),
    silent: (branch) => branch.waitFor('pause', '1 minute'),
  })
  .run('after', ({ both }) => {
    same<typeof both.left.n, Ref<number>>();
    same<typeof both.right, Ref<'fixed'>>();
    same<typeof both.silent, Ref<undefined>>();
    return count({ table: both.right });
  })
  .returns(({ both }) => ({ total: both.left.n }));

// Each way of a choice gives its result; a way without one gives undefined.
stem
  .choose('way', (ways) =>
    ways
      .when(
        'none',
        ({ counted }) => equals(counted.items, 0),
        (way) => way.returns(() => 'empty'),
      )
      .when(
        'many',
        ({ counted }) => equals(counted.items, 5),
        (way) => way.fail('tooMany', 'TooMany', ({ input }) => concat(input.name, ' has too many')),
      )
      .otherwise((way) => way),
  )
  .returns(({ way }) => {
    same<typeof way, Ref<'empty' | undefined>>();
    return { total: 0, why: orElse(way, 'empty') };
  });

// A loop's result is a list of its bodies' results; the element is known by its name.
stem
  .forEach('each', {
    of: ({ input }) => input.tables,
    as: 'table',
    atOnce: 5,
    do: (each) =>
      each
        .run('inside', ({ table }) => count({ table: table.name }))
        .returns(({ inside, table }) => ({ name: table.name, items: inside.items })),
  })
  .forEachDistributed('far', {
    of: ({ input }) => range(0, input.limit),
    as: 'segment',
    atOnce: 100,
    do: (each) => each.returns(({ segment, counted }) => ({ segment, of: counted.items })),
  })
  .forEach('quiet', { of: () => list(1, 2), as: 'number', atOnce: 1, do: (each) => each })
  .returns(({ each, far, quiet }) => {
    same<typeof each, Ref<{ readonly name: string; readonly items: number }[]>>();
    same<typeof far, Ref<{ readonly segment: number; readonly of: number }[]>>();
    same<typeof quiet, Ref<undefined[]>>();
    return { total: sum(map(each, (one) => one.items)) };
  });

// A recovered step has the fields of both, each of which may be missing.
begin()
  .run('risky', ({ input }) => count({ table: input.name }), {
    recover: { errors: ['Busy'], value: (_scope, error) => ({ why: error.Cause }) },
  })
  .returns(({ risky }) => {
    same<typeof risky.items, Ref<number | undefined>>();
    same<typeof risky.why, Ref<string | undefined>>();
    return { total: 0 };
  });

begin()
  .run('risky', ({ input }) => count({ table: input.name }), {
    recover: { errors: ['Busy'], value: () => ({ why: 'busy' }) },
  })
  // @ts-expect-error the result may be the recovered one, which has no items
  .returns(({ risky }) => ({ total: risky.items }));

// @ts-expect-error a step named 'counted' is there already
stem.run('counted', ({ input }) => count({ table: input.name }));

// @ts-expect-error 'input' is the workflow's own
stem.run('input', ({ counted }) => count({ table: counted.at }));

// @ts-expect-error a wait takes a name of its own, too
stem.waitFor('counted', '1 minute');

stem.parallel('both', {
  // @ts-expect-error nor may a step in a branch take the name of one around it
  left: (branch) => branch.run('counted', ({ input }) => count({ table: input.name })),
});

stem.parallel('both', {
  left: (branch) =>
    branch.run('risky', ({ input }) => count({ table: input.name }), {
      // @ts-expect-error an undo belongs to a step of the workflow itself: a failing branch stops its siblings
      undo: ({ input }) => count({ table: input.name }),
    }),
});

// @ts-expect-error there is no point of no return within a branch
stem.parallel('both', { left: (branch) => branch.pointOfNoReturn({ failures: 'stayForRedrive' }) });

stem
  .parallel('both', { left: (branch) => branch.run('inLeft', ({ input }) => count({ table: input.name })) })
  // @ts-expect-error what a branch does not return is not known outside
  .run('after', ({ inLeft }) => count({ table: inLeft.at }));

stem
  .parallel('both', { left: (branch) => branch.returns(() => ({ n: 1 })) })
  // @ts-expect-error the branch has no result of that name
  .returns(({ both }) => ({ total: both.right }));

// A choice without otherwise may give nothing; what a loop gives may lack a field in an object.
stem
  .choose('maybe', (ways) =>
    ways.when(
      'some',
      ({ counted }) => equals(counted.items, 1),
      (way) => way.returns(() => 'one'),
    ),
  )
  .forEach('notes', {
    of: ({ input }) => input.tables,
    as: 'table',
    atOnce: 1,
    do: (each) => each.returns(({ table }) => ({ note: table.note })),
  })
  .returns(({ maybe, notes }) => {
    same<typeof maybe, Ref<'one' | undefined>>();
    same<typeof notes, Ref<{ readonly note: string | undefined }[]>>();
    return { total: 0 };
  });

// A list may be written out, with references in it.
stem
  .forEach('texts', {
    of: ({ input }) => ['fixed', input.name],
    as: 'text',
    atOnce: 1,
    do: (each) =>
      each.run('inside', ({ text }) => count({ table: text })).returns(({ inside }) => inside.items),
  })
  .returns(({ texts }) => ({ total: sum(texts) }));

stem.forEach('all', {
  of: ({ input }) => input.tables,
  // @ts-expect-error 'input' is the workflow's own
  as: 'input',
  atOnce: 1,
  do: (each) => each,
});

stem.forEachDistributed('all', {
  of: ({ input }) => input.tables,
  // @ts-expect-error the loop itself has that name
  as: 'all',
  atOnce: 1,
  do: (each) => each,
});

// @ts-expect-error a branch gives back what grows from its own parameter
stem.parallel('both', { left: () => stem });

// @ts-expect-error the workflow's result must fit its output
stem.returns(({ counted }) => ({ total: counted.at }));

// @ts-expect-error the workflow's result lacks a field
stem.returns(() => ({}));

stem.forEach('all', {
  of: ({ input }) => input.tables,
  as: 'table',
  atOnce: 1,
  // @ts-expect-error the element of the list has no such field
  do: (each) => each.run('inside', ({ table }) => count({ table: table.nam })),
});

// @ts-expect-error only a list has elements
stem.forEach('all', { of: ({ input }) => input.name, as: 'one', atOnce: 1, do: (each) => each });

stem.pollUntil('ready', ({ input }) => count({ table: input.name }), {
  // @ts-expect-error a condition is an expression, not a value of JavaScript
  until: () => true,
  every: '1 minute',
  giveUpAfter: '1 hour',
});

// @ts-expect-error a poll gives up some time
stem.pollUntil('ready', ({ input }) => count({ table: input.name }), {
  until: ({ ready }) => exists(ready),
  every: '1 minute',
});

// @ts-expect-error a duration is a number and a unit
stem.waitFor('pause', '5 parsecs');

// @ts-expect-error a wait is for a number of seconds
stem.waitFor('pause', ({ input }) => input.name);

// A workflow is called like a task, with its own input and output.
const child = stem.returns(({ counted }) => ({ total: counted.items }));
begin()
  .run('inner', ({ input }) => child({ name: input.name, tables: [], limit: 1, mode: 'fast' }))
  .returns(({ inner }) => ({ total: inner.total }));

// @ts-expect-error the child needs more than a name
begin().run('inner', ({ input }) => child({ name: input.name }));

// @ts-expect-error a timeout must be said
workflow('Endless', { input: z.object({}), output: z.object({}) });

// @ts-expect-error a task without a timeout is no task
export const endless: TaskDefinition = { input: z.object({}), output: z.object({}), errors: [] };
