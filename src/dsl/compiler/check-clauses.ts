import { sdkModel } from '../asl/sdk-model.ts';
import { errorsOf, visibleSteps } from '../ast/errors-of.ts';
import type { CallNode, TryNode } from '../ast/step-node.ts';
import { callsOf } from '../ast/walk-steps.ts';
import { errorNameFaults } from './check-error-names.ts';

/** Clauses of a try whose error nothing in it can fail with; `place` is the path of the try. */
export function clauseFaults(step: TryNode, place: string): readonly string[] {
  const { names, open } = errorsOf(step.flow);
  const calls = visibleSteps(step.flow).flatMap(callsOf);
  const known = [...names].filter((name) => !name.includes('.')).sort();
  const possible = known.join(', ') || 'no error of its own';
  return step.clauses
    .flatMap(({ errors }) => errors)
    .filter((error) => !error.startsWith('States.') && !names.has(error))
    .flatMap((error) => {
      if (error.includes('.'))
        return calls.some((call) => mayRaise(call, error)) ? [] : [never(error, calls, place)];
      if (open) return [];
      return [`${place}: nothing that is tried declares the error '${error}'; it can fail with ${possible}`];
    });
}

/** What a function's invocation fails with beside its own errors. */
const OF_INVOCATION = /^(?:Lambda|Runtime|Sandbox)\./;

/**
 * Whether a call can fail with a service's error. Of what a child calls nothing is known here, and whoever answers
 * a function's token may name any error.
 */
function mayRaise(call: CallNode, error: string): boolean {
  if (call.kind === 'workflow') return true;
  if (call.kind === 'task')
    return call.waitsFor === 'token' || call.errors === undefined || OF_INVOCATION.test(error);
  return errorNameFaults(call, [error], '').length === 0;
}

/** The call of the service that was meant knows the right name; else no call is near. */
function never(error: string, calls: readonly CallNode[], place: string): string {
  const prefix = error.slice(0, error.indexOf('.')).toLowerCase();
  const meant = calls.find(
    (call) => call.kind === 'sdk' && sdkModel(call.service)?.prefix.toLowerCase() === prefix,
  );
  return (
    (meant && errorNameFaults(meant, [error], place)[0]) ??
    `${place}: nothing that is tried fails with '${error}'; leave the clause out, or try the call that does`
  );
}
