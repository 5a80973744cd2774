import { canFail, errorsOf } from './can-fail.ts';
import { endsAlways } from './ends-always.ts';
import type { Body, Plan, RunStep, Step, TryStep } from './plan.ts';
import { withoutFails } from './without-fails.ts';

/** A plan without what the language refuses: each rule has its own test elsewhere. */
export function allowedPlan(plan: Plan): Plan {
  const point = plan.steps.findIndex(({ kind }) => kind === 'pointOfNoReturn');
  const steps = plan.steps.flatMap((step, index): readonly Step[] => {
    if (step.kind === 'pointOfNoReturn' && index > point) return [];
    return [step.kind === 'run' && point >= 0 && index > point ? { ...step, undo: undefined } : step];
  });
  return { ...plan, steps: allowedSteps(steps) };
}

/** Nothing leads to a step behind one that ends on every way. */
function allowedSteps(steps: readonly Step[]): readonly Step[] {
  const allowed = steps.map(allowedStep);
  const last = allowed.findIndex(endsAlways);
  return last < 0 ? allowed : allowed.slice(0, last + 1);
}

function allowedBody({ steps, end }: Body): Body {
  const allowed = allowedSteps(steps);
  return { steps: allowed, end: allowed.some(endsAlways) ? { kind: 'goesOn' } : end };
}

const optional = (body: Body | undefined): Body | undefined => body && allowedBody(body);

function allowedStep(step: Step): Step {
  switch (step.kind) {
    case 'run':
    case 'poll':
    case 'repeat':
    case 'wait':
    case 'pointOfNoReturn':
      return step;
    case 'choose':
      return { ...step, ways: step.ways.map(allowedPart), otherwise: optional(step.otherwise) };
    case 'match':
      return { ...step, ways: step.ways.map(allowedPart) };
    case 'parallel':
      return { ...step, branches: step.branches.map(allowedBody) };
    case 'each':
      return { ...step, body: allowedBody(step.body) };
    case 'try':
      return allowedTry(step);
  }
}

const allowedPart = <Part extends { readonly body: Body }>(part: Part): Part => ({
  ...part,
  body: allowedBody(part.body),
});

const call: RunStep = {
  kind: 'run',
  answers: [],
  sees: 'newest',
  retry: 'none',
  recover: undefined,
  undo: undefined,
};

const nothing: Body = { steps: [], end: { kind: 'goesOn' } };

/** Something in it can fail, its clauses are for errors that can come, and its `finally` goes on. */
function allowedTry(step: TryStep): TryStep {
  const given = allowedBody(step.body);
  const body = canFail(given) ? given : { ...given, steps: [call, ...given.steps] };
  const errors = errorsOf(body);
  const clauses = step.clauses.filter(({ error }) => errors.has(error)).map(allowedPart);
  const otherwise = optional(step.otherwise);
  const last = optional(step.last && withoutFails(step.last));
  const catches = clauses.length > 0 || otherwise !== undefined || last !== undefined;
  return { ...step, body, clauses, otherwise: catches ? otherwise : nothing, last };
}
