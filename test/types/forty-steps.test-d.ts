import { equals } from '../../src/dsl/expression/comparison.ts';
import { sum } from '../../src/dsl/expression/number.ts';
import { concat } from '../../src/dsl/expression/text.ts';
import { begin, count } from './subjects.ts';

/** As long as a workflow gets: every step's type must stay cheap, and known to the last. */
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
  .run('step12', ({ step11 }) => count({ table: step11.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .run('step13', ({ step12 }) => count({ table: step12.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .run('step14', ({ step13 }) => count({ table: step13.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
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
  .run('step22', ({ step21 }) => count({ table: step21.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .run('step23', ({ step22 }) => count({ table: step22.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .run('step24', ({ step23 }) => count({ table: step23.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .forEach('step25', {
    of: ({ input }) => input.tables,
    as: 'table25',
    atOnce: 2,
    do: (each) =>
      each
        .run('inner25', ({ table25, step24 }) => count({ table: concat(table25.name, step24.at) }))
        .returns(({ inner25 }) => inner25.items),
  })
  .run('step26', ({ step25, step24 }) => count({ table: concat(step24.at, sum(step25)) }))
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
  .run('step32', ({ step31 }) => count({ table: step31.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .run('step33', ({ step32 }) => count({ table: step32.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .run('step34', ({ step33 }) => count({ table: step33.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .forEach('step35', {
    of: ({ input }) => input.tables,
    as: 'table35',
    atOnce: 2,
    do: (each) =>
      each
        .run('inner35', ({ table35, step34 }) => count({ table: concat(table35.name, step34.at) }))
        .returns(({ inner35 }) => inner35.items),
  })
  .run('step36', ({ step35, step34 }) => count({ table: concat(step34.at, sum(step35)) }))
  .run('step37', ({ step36 }) => count({ table: step36.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .pollUntil('step38', ({ step37 }) => count({ table: step37.at }), {
    until: ({ step38 }) => equals(step38.items, 0),
    every: '1 minute',
    giveUpAfter: '10 minutes',
  })
  .run('step39', ({ step38 }) => count({ table: step38.at, mode: 'slow' }), {
    undo: ({ input }) => count({ table: input.name }),
  })
  .parallel('step40', {
    left: (branch) =>
      branch.run('left40', ({ step39 }) => count({ table: step39.at })).returns(({ left40 }) => left40.items),
    right: (branch) => branch.returns(({ step39 }) => ({ at: step39.at })),
  })
  .returns(({ step1, step20, step35, step39, step40 }) => ({
    total: sum(step35),
    why: concat(step1.at, step20.left, step39.items, step40.right.at),
  }));
