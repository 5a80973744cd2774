import { branchLabels } from './place.ts';
import type { Body, Step, TryStep } from './plan.ts';

export const returns = ({ end }: Body): boolean => end.kind === 'returns';

/** The parts of a try that may give its result. */
export const answersOf = ({ body, clauses, otherwise }: TryStep): readonly Body[] => [
  body,
  ...clauses.map((clause) => clause.body),
  ...(otherwise ? [otherwise] : []),
];

/** The branches whose results are known by their labels. */
export const returningLabels = (branches: readonly Body[]): readonly string[] =>
  branchLabels.filter((_label, index) => branches.slice(index, index + 1).some(returns));

/** Whether later steps know something by the step's name. */
export function givesResult(step: Step): boolean {
  switch (step.kind) {
    case 'run':
    case 'poll':
    case 'repeat':
      return true;
    case 'wait':
    case 'pointOfNoReturn':
      return false;
    case 'choose':
      return (
        step.ways.some(({ body }) => returns(body)) ||
        (step.otherwise !== undefined && returns(step.otherwise))
      );
    case 'match':
      return step.ways.some(({ body }) => returns(body));
    case 'parallel':
      return returningLabels(step.branches).length > 0;
    case 'each':
      return returns(step.body);
    case 'try':
      return answersOf(step).some(returns);
  }
}
