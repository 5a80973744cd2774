import fc from 'fast-check';
import { allowedPlan } from './allowed-plan.ts';
import type { Answer, Body, Hue, Plan, PlannedCall, Retrier, Sees, Step } from './plan.ts';

const sees = fc.constantFrom<Sees>('newest', 'all', 'nothing');

const answersOf = (weights: { readonly done: number; readonly on: number }) =>
  fc.array(
    fc.oneof(
      { weight: weights.done, arbitrary: fc.constant<Answer>('done') },
      { weight: weights.on, arbitrary: fc.constant<Answer>('on') },
      { weight: 1, arbitrary: fc.constant<Answer>('broken') },
      {
        weight: 4,
        arbitrary: fc.constantFrom<Answer>('Known', 'Known', 'Other', 'Odd', 'ThrottlingException'),
      },
    ),
    { maxLength: 4, size: 'max' },
  );

const retriers = (errors: readonly Retrier['error'][]): fc.Arbitrary<readonly Retrier[]> => {
  const maxAttempts = fc.integer({ min: 0, max: 2 });
  const named = fc.record({ error: fc.constantFrom(...errors), maxAttempts });
  const all = fc.record({ error: fc.constant('States.ALL' as const), maxAttempts });
  return fc
    .tuple(
      fc.uniqueArray(named, { maxLength: 2, selector: ({ error }) => error }),
      fc.option(all, { nil: undefined, freq: 4 }),
    )
    .map(([own, rest]) => (rest ? [...own, rest] : own));
};

const callRetry = fc.oneof(
  { weight: 3, arbitrary: fc.constant('none' as const) },
  { weight: 2, arbitrary: retriers(['Known', 'Other', 'ThrottlingException']) },
);

const wholeRetry = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: retriers(['Known', 'Odd', 'GaveUp', 'Broken']) },
);

const call = fc.record<PlannedCall>({ answers: answersOf({ done: 6, on: 2 }), sees, retry: callRetry });

/** Most go on for some rounds. */
const loopCall = fc.record<PlannedCall>({ answers: answersOf({ done: 1, on: 10 }), sees, retry: callRetry });

const recover = (errors: readonly string[]) =>
  fc.option(
    fc.record({
      errors: fc.oneof(fc.constant(['States.ALL']), fc.subarray([...errors], { minLength: 1 })),
      sees,
    }),
    { nil: undefined, freq: 2 },
  );

const run = fc
  .record({ call, recover: recover(['Known', 'Other']) })
  .map(({ call, recover }): Step => ({ kind: 'run', ...call, recover, undo: undefined }));

const poll = fc
  .record({
    call: loopCall,
    recover: recover(['Known', 'GaveUp', 'PollFailed']),
    waits: fc.integer({ min: 1, max: 3 }),
    failsWhenBroken: fc.boolean(),
    says: fc.boolean(),
  })
  .map(({ call, ...options }): Step => ({ kind: 'poll', ...call, ...options }));

const repeat = fc
  .record({
    call: loopCall,
    recover: recover(['Other', 'GaveUp']),
    atMost: fc.integer({ min: 1, max: 3 }),
    pauseSeconds: fc.constantFrom(0, 7),
    hasCursor: fc.boolean(),
    says: fc.boolean(),
  })
  .map(({ call, ...options }): Step => ({ kind: 'repeat', ...call, ...options }));

const wait = fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 200 }) });

const hue = fc.constantFrom<Hue>('red', 'green', 'blue');
const digit = fc.constantFrom('0', '1', '2');

const undoableRun = fc
  .record({ step: run, undo: call })
  .map(({ step, undo }): Step => ({ ...step, undo }) as Step);

const pointOfNoReturn = fc.record({
  kind: fc.constant('pointOfNoReturn' as const),
  failures: fc.constantFrom('stayForRedrive' as const, 'endInWords' as const),
});

const { step } = fc.letrec<{ step: Step; body: Body }>((tie) => ({
  body: fc.record({
    steps: fc.array(tie('step'), { maxLength: 3, size: 'max', depthIdentifier: 'steps' }),
    end: fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('returns' as const), sees }) },
      { weight: 2, arbitrary: fc.constant({ kind: 'goesOn' as const }) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('fails' as const),
          error: fc.constantFrom('Broken' as const, 'Known' as const),
          sees,
        }),
      },
    ),
  }),
  step: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'steps', depthSize: 'large', withCrossShrink: true },
    { weight: 6, arbitrary: run },
    { weight: 2, arbitrary: poll },
    { weight: 2, arbitrary: repeat },
    { weight: 1, arbitrary: wait },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('choose' as const),
        ways: fc.array(fc.record({ digit, body: tie('body') }), { minLength: 1, maxLength: 2 }),
        otherwise: fc.option(tie('body'), { nil: undefined }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('match' as const),
        ways: fc.uniqueArray(fc.record({ hue, body: tie('body') }), {
          minLength: 1,
          maxLength: 3,
          selector: ({ hue }) => hue,
        }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('parallel' as const),
        branches: fc.array(tie('body'), { minLength: 1, maxLength: 3 }),
        retry: wholeRetry,
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('each' as const),
        items: fc.integer({ min: 0, max: 3 }),
        atOnce: fc.integer({ min: 1, max: 3 }),
        body: tie('body'),
        retry: wholeRetry,
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('try' as const),
        body: tie('body'),
        clauses: fc.uniqueArray(
          fc.record({
            error: fc.constantFrom(
              'Known',
              'Known',
              'Known',
              'Other',
              'GaveUp',
              'PollFailed',
              'Broken',
              'ThrottlingException',
            ),
            body: tie('body'),
          }),
          { maxLength: 2, size: 'max', selector: ({ error }) => error },
        ),
        otherwise: fc.option(tie('body'), { nil: undefined }),
        last: fc.option(tie('body'), { nil: undefined }),
      }),
    },
  ),
}));

/** Whole workflows, as the language allows them. */
export const plans: fc.Arbitrary<Plan> = fc
  .record({
    input: fc.record({ n: digit, hue }),
    steps: fc.array(
      fc.oneof(
        { weight: 6, arbitrary: step },
        { weight: 4, arbitrary: undoableRun },
        { weight: 1, arbitrary: pointOfNoReturn },
      ),
      { minLength: 1, maxLength: 4, size: 'max' },
    ),
    returns: sees,
  })
  .map(allowedPlan);
