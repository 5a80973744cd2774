import { answersOf } from './gives-result.ts';
import type { Body, Step } from './plan.ts';

/** The bodies within a step. */
export const bodiesOf = (step: Step): readonly Body[] => {
  switch (step.kind) {
    case 'choose':
      return [...step.ways.map(({ body }) => body), ...(step.otherwise ? [step.otherwise] : [])];
    case 'match':
      return step.ways.map(({ body }) => body);
    case 'parallel':
      return step.branches;
    case 'each':
      return [step.body];
    case 'try':
      return [...answersOf(step), ...(step.last ? [step.last] : [])];
    case 'run':
    case 'poll':
    case 'repeat':
    case 'wait':
    case 'pointOfNoReturn':
      return [];
  }
};
