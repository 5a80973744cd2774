import type { RunNode, StepNode, WorkflowCallNode, WorkflowNode } from '../ast/step-node.ts';
import { declaredBy } from '../ast/errors-of.ts';
import { LOOP_ERRORS } from '../ast/loop-errors.ts';
import { stepsOf } from '../ast/walk-steps.ts';
import { clauseFaults } from './check-clauses.ts';
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
  if (step.call.kind === 'workflow') return childFaults(step.call, step, place);
  const named = [...step.retry, ...step.recover].flatMap(({ errors }) => errors);
  return errorNameFaults(
    step.call,
    named.filter((error) => !LOOP_ERRORS.has(error)),
    place,
  );
}

/** A child's own error is known after its execution: in time for a recovery, not for a retry. */
function childFaults(
  call: WorkflowCallNode,
  step: Pick<RunNode, 'retry' | 'recover'>,
  place: string,
): readonly string[] {
  const possible = declaredBy(call);
  const own = (clauses: readonly { readonly errors: readonly string[] }[]) =>
    clauses.flatMap(({ errors }) => errors).filter((error) => !/^(?:States|StepFunctions)\./.test(error));
  return [
    ...own(step.retry).map(
      (error) =>
        `${place}: a failed child execution is 'States.TaskFailed' for its parent, so that a retry of '${error}' ` +
        `would never match; retry 'States.TaskFailed', or the step within '${call.workflow}'`,
    ),
    ...own(step.recover)
      .filter((error) => possible?.includes(error) === false)
      .map(
        (error) =>
          `${place}: '${call.workflow}' never fails with '${error}'; it can fail with ${own([
            { errors: possible ?? [] },
          ])
            .filter((name) => !name.includes('.'))
            .sort()
            .join(', ')}`,
      ),
  ];
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
