import { bodiesOf } from './bodies-of.ts';
import type { Body, RunStep, Step } from './plan.ts';

/** Whether a failure may leave it. */
export const canFail = ({ steps, end }: Body): boolean => end.kind === 'fails' || steps.some(stepCanFail);

function stepCanFail(step: Step): boolean {
  switch (step.kind) {
    case 'run':
    case 'poll':
    case 'repeat':
      return !step.recover?.errors.includes('States.ALL');
    case 'wait':
    case 'pointOfNoReturn':
      return false;
    case 'choose':
      return bodiesOf(step).some(canFail);
    case 'match':
    case 'parallel':
    case 'each':
      return true;
    case 'try':
      return (
        step.otherwise === undefined ||
        bodiesOf({ ...step, body: { steps: [], end: { kind: 'goesOn' } } }).some(canFail)
      );
  }
}

/** The names that a clause may have. */
export function errorsOf({ steps, end }: Body): ReadonlySet<string> {
  const own = steps.flatMap((step): readonly string[] => {
    if (step.kind === 'run') return ['Known', 'Other', ...retried(step)];
    if (step.kind === 'poll' || step.kind === 'repeat')
      return ['Known', 'Other', 'GaveUp', 'PollFailed', ...retried(step)];
    return bodiesOf(step).flatMap((body) => [...errorsOf(body)]);
  });
  return new Set(end.kind === 'fails' ? [...own, end.error] : own);
}

const retried = ({ retry }: Pick<RunStep, 'retry'>): readonly string[] =>
  retry === 'none' || retry.some(({ error }) => error === 'States.ALL') ? [] : ['ThrottlingException'];
