import * as z from 'zod';
import { equals } from '../../src/dsl/expression/comparison.ts';
import { count as howMany } from '../../src/dsl/expression/list.ts';
import { sum } from '../../src/dsl/expression/number.ts';
import { concat } from '../../src/dsl/expression/text.ts';
import { begin, count } from './subjects.ts';

/** As long as a workflow gets, with every verb: each step's type must stay cheap, and known to the last. */
export const long = begin()
  .run('step1', ({ input }) => count({ table: input.name, mode: input.mode }))
  .run('step2', ({ step1 }) => count({ table: step1.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .run('step3', ({ step2 }) => count({ table: step2.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .run('step4', ({ step3 }) => count({ table: step3.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .forEach('step5', {
    of: ({ input }) => input.tables,
    as: 'table5',
    atOnce: 2,
    do: (each) =>
      each
        .run('inner5', ({ table5, step4 }) => count({ table: concat(table5.name, step4.at) }))
        .returns(({ inner5 }) => inner5.items),
  })
  .run('step6', ({ step5, step4 }) => count({ table: concat(step4.at, sum(step5)) }))
  .run('step7', ({ step6 }) => count({ table: step6.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .pollUntil('step8', ({ step7 }) => count({ table: step7.at }), {
    until: ({ step8 }) => equals(step8.items, 0),
    every: '1 minute',
    giveUpAfter: '10 minutes',
  })
  .run('step9', ({ step8 }) => count({ table: step8.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .parallel('step10', {
    left: (branch) =>
      branch.run('left10', ({ step9 }) => count({ table: step9.at })).returns(({ left10 }) => left10.items),
    right: (branch) => branch.returns(({ step9 }) => ({ at: step9.at })),
  })
  .run('step11', ({ step10 }) => count({ table: step10.right.at }))
  .start('step12', ({ step11 }) => count({ table: step11.at, mode: 'slow' }))
  .repeatUntil('step13', ({ step11 }) => count({ table: step11.at }), {
    until: ({ step13 }) => equals(step13.items, 0),
    atMost: 5,
  })
  .run('step14', ({ step13 }) => count({ table: step13.at, mode: 'slow' }), {
    recover: { errors: ['Busy'], value: (_scope, error) => ({ at: error.Cause }) },
  })
  .forEach('step15', {
    of: ({ input }) => input.tables,
    as: 'table15',
    atOnce: 2,
    do: (each) =>
      each
        .run('inner15', ({ table15, step14 }) => count({ table: concat(table15.name, step14.at) }))
        .returns(({ inner15 }) => inner15.items),
  })
  .run('step16', ({ step15, step14 }) => count({ table: concat(step14.at, sum(step15)) }))
  .run('step17', ({ step16 }) => count({ table: step16.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .pollUntil('step18', ({ step17 }) => count({ table: step17.at }), {
    until: ({ step18 }) => equals(step18.items, 0),
    every: '1 minute',
    giveUpAfter: '10 minutes',
  })
  .run('step19', ({ step18 }) => count({ table: step18.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .parallel('step20', {
    left: (branch) =>
      branch.run('left20', ({ step19 }) => count({ table: step19.at })).returns(({ left20 }) => left20.items),
    right: (branch) => branch.returns(({ step19 }) => ({ at: step19.at })),
  })
  .run('step21', ({ step20 }) => count({ table: step20.right.at }))
  .callback('step22', ({ step21 }, token) => count({ table: concat(step21.at, token) }), {
    answer: z.object({ at: z.string() }),
    giveUpAfter: '1 hour',
  })
  .approval('step23', ({ step22 }, token) => count({ table: concat(step22.at, token) }), {
    giveUpAfter: '1 hour',
  })
  .choose('step24', (ways) =>
    ways
      .when(
        'approved',
        ({ step23 }) => step23.approved,
        (way) => way.returns(({ step22 }) => step22.at),
      )
      .otherwise((way) => way.fail('refused', 'TooMany', () => 'no')),
  )
  .forEach('step25', {
    of: ({ input }) => input.tables,
    as: 'table25',
    atOnce: 2,
    do: (each) =>
      each
        .run('inner25', ({ table25, step24 }) => count({ table: concat(table25.name, step24) }))
        .returns(({ inner25 }) => inner25.items),
  })
  .run('step26', ({ step25, step24 }) => count({ table: concat(step24, sum(step25)) }))
  .run('step27', ({ step26 }) => count({ table: step26.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .pollUntil('step28', ({ step27 }) => count({ table: step27.at }), {
    until: ({ step28 }) => equals(step28.items, 0),
    every: '1 minute',
    giveUpAfter: '10 minutes',
  })
  .run('step29', ({ step28 }) => count({ table: step28.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .parallel('step30', {
    left: (branch) =>
      branch.run('left30', ({ step29 }) => count({ table: step29.at })).returns(({ left30 }) => left30.items),
    right: (branch) => branch.returns(({ step29 }) => ({ at: step29.at })),
  })
  .run('step31', ({ step30 }) => count({ table: step30.right.at }))
  .waitFor('step32', ({ step31 }) => step31.items)
  .match('step33', ({ input }) => input.mode, {
    fast: (way) => way.returns(({ step31 }) => step31.at),
    slow: (way) => way.returns(() => 'some time'),
  })
  .try('step34', {
    do: (body) =>
      body.run('tried34', ({ step33 }) => count({ table: step33 })).returns(({ tried34 }) => tried34.at),
    catch: { Busy: (way, error) => way.returns(() => error.Cause) },
  })
  .pointOfNoReturn({ failures: 'stayForRedrive' })
  .forEachDistributed('step35', {
    of: ({ input }) => input.tables,
    as: 'tables35',
    batch: { items: 10 },
    atOnce: 100,
    do: (each) =>
      each
        .run('inner35', ({ tables35, step34 }) => count({ table: concat(howMany(tables35), step34) }))
        .returns(({ inner35 }) => inner35.items),
  })
  .run('step36', ({ step35, step34 }) => count({ table: concat(step34, sum(step35)) }))
  .run('step37', ({ step36 }) => count({ table: step36.at, mode: 'slow' }))
  .pollUntil('step38', ({ step37 }) => count({ table: step37.at }), {
    until: ({ step38 }) => equals(step38.items, 0),
    every: '1 minute',
    giveUpAfter: '10 minutes',
  })
  .waitUntil('step39', ({ step38 }) => step38.at)
  .parallel('step40', {
    left: (branch) =>
      branch.run('left40', ({ step38 }) => count({ table: step38.at })).returns(({ left40 }) => left40.items),
    right: (branch) => branch.returns(({ step38 }) => ({ at: step38.at })),
  })
  .returns(({ step1, step20, step35, step38, step40 }) => ({
    total: sum(step35),
    why: concat(step1.at, step20.left, step38.items, step40.right.at),
  }));
