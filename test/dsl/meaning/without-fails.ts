import type { Body, Step } from './plan.ts';

/** Of what runs in its own sequence; a branch may still fail. */
export const withoutFails = ({ steps }: Body): Body => ({
  steps: steps.map(withoutFailingParts),
  end: { kind: 'goesOn' },
});

function withoutFailingParts(step: Step): Step {
  const part = <Part extends { readonly body: Body }>(one: Part): Part => ({
    ...one,
    body: withoutFails(one.body),
  });
  switch (step.kind) {
    case 'choose':
      return {
        ...step,
        ways: step.ways.map(part),
        otherwise: step.otherwise && withoutFails(step.otherwise),
      };
    case 'match':
      return { ...step, ways: step.ways.map(part) };
    case 'try':
      return {
        ...part(step),
        clauses: step.clauses.map(part),
        otherwise: step.otherwise && withoutFails(step.otherwise),
      };
    case 'run':
    case 'poll':
    case 'repeat':
    case 'wait':
    case 'parallel':
    case 'each':
    case 'pointOfNoReturn':
      return step;
  }
}
