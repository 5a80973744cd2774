import { durationText } from '../../../src/dsl/ast/duration-text.ts';
import type { Course } from './course.ts';
import { PlannedFailure, orElse } from './planned-failure.ts';
import { type Around, textOf } from './meant-around.ts';
import { meantCall } from './meant-call.ts';
import { siteOf } from './place.ts';
import type { PlannedCall, PollStep, RepeatStep, RunStep } from './plan.ts';
import { giveUpAfterSeconds, pollEverySeconds } from './timing.ts';

/** What a step that calls the task gives. @throws PlannedFailure */
export const calledStep = (step: RunStep | PollStep | RepeatStep, around: Around, course: Course): string =>
  recovered(step, around, () => {
    if (step.kind === 'run') return called(step, around, course).is;
    return step.kind === 'poll' ? polled(step, around, course) : repeated(step, around, course);
  });

const called = (call: PlannedCall, { place, known, elements }: Around, course: Course) =>
  meantCall(course, call, { site: [siteOf(place), ...elements].join('/'), sees: textOf(call.sees, known) });

/** An error that the step recovers from becomes its value. */
const recovered = (
  { recover }: RunStep | PollStep | RepeatStep,
  { known }: Around,
  attempt: () => string,
): string =>
  orElse(attempt, (failure) => {
    const answers = recover?.errors.some((error) => error === failure.error || error === 'States.ALL');
    if (recover === undefined || answers !== true) throw failure;
    return `${failure.message}|${textOf(recover.sees, known)}`;
  });

/** The cause of a loop that fails by itself; it names the step by the way that leads to it. */
const wordsOf = ({ place: { path } }: Around, problem: string, saying: string | undefined): string =>
  `${path.join(' › ')}: ${problem}${saying === undefined ? '' : `; ${saying}`}`;

function polled(step: PollStep, around: Around, course: Course): string {
  const seconds = giveUpAfterSeconds(step.waits);
  const deadline = course.now + seconds * 1000;
  for (;;) {
    const { is, state } = called(step, around, course);
    const saying = step.says ? is : undefined;
    if (state === 'done') return is;
    if (state === 'broken' && step.failsWhenBroken)
      throw new PlannedFailure('PollFailed', wordsOf(around, 'what is waited for has failed', saying));
    if (course.now + pollEverySeconds * 1000 > deadline)
      throw new PlannedFailure(
        'GaveUp',
        wordsOf(around, `not reached within ${durationText(seconds * 1000)}`, saying),
      );
    course.now += pollEverySeconds * 1000;
  }
}

function repeated(step: RepeatStep, around: Around, course: Course): string {
  let cursor = 'first';
  for (let calls = 1; ; calls += 1) {
    const known = step.hasCursor ? [...around.known, cursor] : around.known;
    const { is, state } = called(step, { ...around, known }, course);
    if (state === 'done') return is;
    if (calls === step.atMost)
      throw new PlannedFailure(
        'GaveUp',
        wordsOf(around, `not done after ${step.atMost} calls`, step.says ? is : undefined),
      );
    cursor = is;
    course.now += step.pauseSeconds * 1000;
  }
}
