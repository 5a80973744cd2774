import { answerTo } from './answer-to.ts';
import type { Course } from './course.ts';
import { PlannedFailure, orElse } from './planned-failure.ts';
import type { PlannedCall, Retrier } from './plan.ts';
import { durationOf } from './timing.ts';

interface Delays {
  readonly error: string;
  readonly maxAttempts: number;
  readonly seconds: (attempt: number) => number;
}

/** What is done again without being told to: after 2 seconds, then twice as many, at most a minute. */
const passingFaults: Delays = {
  error: 'ThrottlingException',
  maxAttempts: 6,
  seconds: (attempt) => Math.min(2 * 2 ** attempt, 60),
};

const delaysOf = (retriers: readonly Retrier[]): readonly Delays[] =>
  retriers.map((retrier) => ({ ...retrier, seconds: () => 1 }));

/** The retries of a call: the author's own, then those for passing faults, unless nothing is left for them. */
function delaysOfCall(retry: PlannedCall['retry']): readonly Delays[] {
  if (retry === 'none') return [];
  return retry.some(({ error }) => error === 'States.ALL')
    ? delaysOf(retry)
    : [...delaysOf(retry), passingFaults];
}

/** Does something until it succeeds or fails for good. */
function withRetries<T>(course: Course, retriers: readonly Delays[], attempt: () => T): T {
  const made = retriers.map(() => 0);
  const tryOnce = (): T =>
    orElse(attempt, (failure) => {
      const index = retriers.findIndex(({ error }) => error === failure.error || error === 'States.ALL');
      const retrier = retriers[index];
      const before = made[index];
      if (retrier === undefined || before === undefined || before >= retrier.maxAttempts) throw failure;
      made[index] = before + 1;
      course.now += 1000 * retrier.seconds(before);
      return tryOnce();
    });
  return tryOnce();
}

/** A step that is done again as a whole. */
export const repeatedWhole = <T>(course: Course, retriers: readonly Retrier[], attempt: () => T): T =>
  withRetries(course, delaysOf(retriers), attempt);

/** Calls the task. Gives what it answers. @throws PlannedFailure when the last retry has failed. */
export const meantCall = (
  course: Course,
  { answers, retry }: PlannedCall,
  { site, sees }: { readonly site: string; readonly sees: string },
): { readonly is: string; readonly state: string } =>
  withRetries(course, delaysOfCall(retry), () => {
    const nth = course.calls.filter((call) => call.site === site).length + 1;
    course.calls.push({ at: course.now, site, sees });
    course.now += durationOf(site, nth);
    const answer = answerTo({ site, nth, answers });
    if (answer.kind === 'gives') return answer.value;
    throw new PlannedFailure(answer.error, answer.words);
  });
