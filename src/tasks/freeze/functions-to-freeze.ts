import type { Environment } from '../handler.ts';
import { type FunctionInScope, functionsInScope } from '../lambda-control/functions-in-scope.ts';
import type { LambdaControlPlane } from '../lambda-control/control-plane.ts';
import { ScopeUnseen, taggedFunctions } from '../lambda-control/tagged-functions.ts';
import { savedFunctions } from '../ledger/function-record.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { TaskError } from '../task-error.ts';

/**
 * What is stopped now: the functions in scope, and those that the incident has stopped already. A function that has
 * left the scope meanwhile, its tag being gone, stays stopped until the thaw.
 * @throws TaskError `FreezeIncomplete` when the scope cannot be seen.
 */
export async function functionsToFreeze(
  environment: Environment<'tagging'>,
  { plane, ledger }: { readonly plane: LambdaControlPlane; readonly ledger: Ledger },
): Promise<FunctionInScope[]> {
  const tagged = await taggedFunctions(environment).catch((cause: unknown) => {
    if (!(cause instanceof ScopeUnseen)) throw cause;
    throw new TaskError('FreezeIncomplete', `no function was frozen by this call: ${cause.message}`, {
      cause,
    });
  });
  const saved = [...(await savedFunctions(ledger)).values()];
  return functionsInScope(await plane.functions(), environment.system, {
    tagged: new Set(tagged.map(({ arn }) => arn)),
    frozen: new Set(saved.filter(({ state }) => state === 'frozen').map(({ name }) => name)),
  });
}
