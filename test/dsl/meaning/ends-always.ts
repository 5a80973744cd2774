import { bodiesOf } from './bodies-of.ts';
import { answersOf } from './gives-result.ts';
import type { Body, Step } from './plan.ts';

/** Whether nothing comes behind a step, since it ends on every way. */
export const endsAlways = (step: Step): boolean => {
  switch (step.kind) {
    case 'choose':
      return step.otherwise !== undefined && bodiesOf(step).every(ends);
    case 'match':
      return bodiesOf(step).every(ends);
    case 'try':
      return answersOf(step).every(ends);
    case 'run':
    case 'poll':
    case 'repeat':
    case 'wait':
    case 'parallel':
    case 'each':
    case 'pointOfNoReturn':
      return false;
  }
};

const ends = ({ steps, end }: Body): boolean => end.kind === 'fails' || steps.some(endsAlways);
