import { LOOP_ERRORS } from './loop-errors.ts';
import type { CallNode, FlowNode, StepNode } from './step-node.ts';
import { callsOf, flowsWithin } from './walk-steps.ts';

/** What a flow can fail with, apart from the errors of services and of Step Functions itself. */
export interface FlowErrors {
  readonly names: ReadonlySet<string>;
  /** Whether something in it may fail under any other name, too. */
  readonly open: boolean;
}

/** The errors that the steps of a flow name, and those that they have by their nature. */
export function errorsOf(flow: FlowNode): FlowErrors {
  const steps = visibleSteps(flow);
  const declared = steps.flatMap(callsOf).map(declaredBy);
  return {
    names: new Set([...declared.flatMap((errors) => errors ?? []), ...steps.flatMap(ownErrors)]),
    open: declared.includes(undefined),
  };
}

/** An input that does not fit fails every workflow. */
const OF_CHILD = 'InvalidInput';

/** The errors that a call names; undefined when it may have any: whoever answers a token may name any. */
export function declaredBy(call: CallNode): readonly string[] | undefined {
  if (call.waitsFor === 'token') return undefined;
  if (call.kind === 'workflow') return call.errors && [...call.errors, OF_CHILD];
  return call.kind === 'task' ? call.errors : [];
}

function ownErrors(step: StepNode): readonly string[] {
  // The passing faults of an AWS SDK within a function, which nobody declares.
  const retried = 'retry' in step ? step.retry.flatMap(({ errors }) => errors) : [];
  switch (step.kind) {
    case 'fail':
      return [step.error];
    case 'poll':
    case 'repeat':
      return [...retried, ...LOOP_ERRORS];
    case 'callback':
      return [...retried, 'InvalidAnswer', ...(step.refusal ? [step.refusal.error] : [])];
    case 'run':
    case 'parallel':
    case 'forEach':
    case 'wait':
    case 'choose':
    case 'try':
    case 'succeed':
    case 'pointOfNoReturn':
      return retried;
  }
}

/**
 * The steps whose failures can be told from outside: what happens in a child execution of a distributed loop is
 * `States.ExceedToleratedFailureThreshold` for its parent.
 */
export const visibleSteps = (flow: FlowNode): readonly StepNode[] =>
  flow.steps.flatMap((step) => [
    step,
    ...(step.kind === 'forEach' && step.mode === 'distributed'
      ? []
      : flowsWithin(step).flatMap(([, inner]) => visibleSteps(inner))),
  ]);
