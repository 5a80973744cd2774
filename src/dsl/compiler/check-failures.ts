import type { CallNode, FlowNode, StepNode, WorkflowNode } from '../ast/step-node.ts';
import { LOOP_ERRORS } from '../ast/loop-errors.ts';
import { callsOf, flowsWithin, stepsOf } from '../ast/walk-steps.ts';
import { errorNameFaults } from './check-error-names.ts';

/** What is waited for in vain: a retry, a recovery or a clause whose error cannot come. */
export function checkFailures(workflow: WorkflowNode): readonly string[] {
  return stepsOf(workflow.flow, [workflow.name]).flatMap(({ step, path }) => {
    const place = path.join(' › ');
    if (step.kind === 'try') return clauseFaults(step, place);
    return step.kind === 'forEach' ? loopFaults(step, place) : callFaults(step, place);
  });
}

function callFaults(step: StepNode, place: string): readonly string[] {
  if (!('call' in step)) return [];
  const named = [...step.retry, ...step.recover].flatMap(({ errors }) => errors);
  return errorNameFaults(
    step.call,
    named.filter((error) => !LOOP_ERRORS.has(error)),
    place,
  );
}

/** A distributed loop never fails under the name of an error within it. */
function loopFaults(step: Extract<StepNode, { kind: 'forEach' }>, place: string): readonly string[] {
  if (step.mode === 'inline') return [];
  return step.retry
    .flatMap(({ errors }) => errors)
    .filter((error) => !error.startsWith('States.'))
    .map(
      (error) =>
        `${place}: a distributed loop never fails with '${error}': a failure within it is ` +
        `'States.ExceedToleratedFailureThreshold'; retry the step in its body instead`,
    );
}

function clauseFaults(step: Extract<StepNode, { kind: 'try' }>, place: string): readonly string[] {
  const declared = declaredIn(step.flow);
  if (declared === undefined) return [];
  const known = [...declared].filter((name) => !name.includes('.')).sort();
  const possible = known.join(', ') || 'no error of its own';
  return step.clauses
    .flatMap(({ errors }) => errors)
    .filter((error) => !error.includes('.') && !declared.has(error))
    .map(
      (error) =>
        `${place}: nothing that is tried declares the error '${error}'; it can fail with ${possible}`,
    );
}

/** The errors that a flow's steps name; undefined when one may fail under any name. */
function declaredIn(flow: FlowNode): ReadonlySet<string> | undefined {
  const declared = new Set<string>();
  for (const { step } of visibleSteps(flow)) {
    for (const call of callsOf(step)) {
      const errors = declaredBy(call);
      if (errors === undefined) return undefined;
      for (const error of errors) declared.add(error);
    }
    // The passing faults of an AWS SDK within a function, which nobody declares.
    if ('retry' in step) for (const { errors } of step.retry) for (const error of errors) declared.add(error);
    if (step.kind === 'fail') declared.add(step.error);
    if (step.kind === 'callback' && step.refusal) declared.add(step.refusal.error);
    if (step.kind === 'poll' || step.kind === 'repeat') for (const error of LOOP_ERRORS) declared.add(error);
    if (step.kind === 'callback') declared.add('InvalidAnswer');
  }
  return declared;
}

/**
 * The steps whose failures can be told from outside: what happens in a child execution of a distributed loop is
 * `States.ExceedToleratedFailureThreshold` for its parent.
 */
const visibleSteps = (flow: FlowNode): readonly { readonly step: StepNode }[] =>
  flow.steps.flatMap((step) => [
    { step },
    ...(step.kind === 'forEach' && step.mode === 'distributed'
      ? []
      : flowsWithin(step).flatMap(([, inner]) => visibleSteps(inner))),
  ]);

/** Whoever answers a token may name any error, and so may a step of a child; services' errors have a prefix. */
function declaredBy(call: CallNode): readonly string[] | undefined {
  if (call.waitsFor === 'token' || call.kind === 'workflow') return undefined;
  return call.kind === 'task' ? call.errors : [];
}
