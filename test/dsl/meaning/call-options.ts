import * as z from 'zod';
import { equals } from '../../../src/dsl/expression/comparison.ts';
import { inWords } from '../../../src/dsl/expression/failure.ts';
import { concat } from '../../../src/dsl/expression/text.ts';
import type { AnyRef, AnyScope } from './any-flow.ts';
import { type KnownValue, textOf } from './known-value.ts';
import { type Place, siteOf } from './place.ts';
import type { PlannedCall, PollStep, RepeatStep, Retrier, RunStep } from './plan.ts';
import { work } from './planned-task.ts';
import { giveUpAfterSeconds, pollEverySeconds } from './timing.ts';

/** Where a step stands, what it may read, and the elements of the loops around it. */
export interface Around {
  readonly place: Place;
  readonly known: readonly KnownValue[];
  readonly elements: readonly string[];
}

/** A call of the task, of what is known. */
export const callOf =
  (site: string, { answers, sees }: PlannedCall, { known, elements }: Omit<Around, 'place'>) =>
  (scope: AnyScope) =>
    work({
      site: concat(site, ...elements.flatMap((element) => ['/', (scope[element] as AnyRef).key as AnyRef])),
      sees: textOf(sees, known)(scope),
      answers: [...answers],
    });

export const policyOf = ({ error, maxAttempts }: Retrier) => ({
  errors: [error],
  interval: '1 second' as const,
  maxAttempts,
  backoffRate: 1,
});

const retryOf = (retry: PlannedCall['retry']) => (retry === 'none' ? retry : retry.map(policyOf));

const everyCall = ({ retry, recover }: RunStep | PollStep | RepeatStep, { known }: Around) => ({
  retry: retryOf(retry),
  ...(recover && {
    recover: {
      errors: recover.errors,
      value: (scope: AnyScope, error: AnyRef) => ({
        is: concat(inWords(error as never), '|', textOf(recover.sees, known)(scope)),
      }),
    },
  }),
});

export function runOptions(step: RunStep, around: Around): object {
  const { undo } = step;
  return {
    ...everyCall(step, around),
    ...(undo && {
      undo: { run: callOf(`${siteOf(around.place)}.undo`, undo, around), retry: retryOf(undo.retry) },
    }),
  };
}

const untilDone = ({ place }: Around, says: boolean) => ({
  until: (scope: AnyScope) => equals((scope[place.name] as AnyRef).state as AnyRef, 'done'),
  ...(says && { saying: (scope: AnyScope) => (scope[place.name] as AnyRef).is }),
});

export const pollOptions = (step: PollStep, around: Around): object => ({
  ...everyCall(step, around),
  ...untilDone(around, step.says),
  ...(step.failsWhenBroken && {
    failWhen: (scope: AnyScope) => equals((scope[around.place.name] as AnyRef).state as AnyRef, 'broken'),
  }),
  every: `${pollEverySeconds} seconds`,
  giveUpAfter: `${giveUpAfterSeconds(step.waits)} seconds`,
});

export const repeatOptions = (step: RepeatStep, around: Around): object => ({
  ...everyCall(step, around),
  ...untilDone(around, step.says),
  atMost: step.atMost,
  ...(step.pauseSeconds > 0 && { pause: `${step.pauseSeconds} seconds` }),
  ...(step.hasCursor && {
    cursor: {
      schema: z.string(),
      first: 'first',
      next: (scope: AnyScope) => (scope[around.place.name] as AnyRef).is,
    },
  }),
});

/** The call of a repetition, which knows its cursor beside the rest. */
export const repeatedCall = (step: RepeatStep, around: Around) => (scope: AnyScope, cursor: AnyRef) => {
  const place: KnownValue = { read: () => cursor, mayBeMissing: false };
  const known = step.hasCursor ? [...around.known, place] : around.known;
  return callOf(siteOf(around.place), step, { ...around, known })(scope);
};
