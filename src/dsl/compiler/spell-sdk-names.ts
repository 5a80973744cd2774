import { type OperationSchema, toStepFunctionsPath } from '../asl/sdk-naming.ts';
import { operationSchema } from '../asl/sdk-operations.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import type { DraftFlow } from './draft.ts';
import { mapExpressions, mapReferences } from './walk.ts';

/**
 * Authors write the SDK's names; Step Functions answers in its own (`SSEDescription` is `SseDescription`). Here
 * the references to results of SDK calls are spelled as the integration spells them.
 */
export function spellSdkNames(flow: DraftFlow): DraftFlow {
  const results = new Map<string, OperationSchema>();
  collect(flow, results);
  return mapExpressions(flow, (node) =>
    mapReferences(node, (reference) => {
      const schema = results.get(reference.variable);
      if (schema === undefined) return reference;
      return { ...reference, path: toStepFunctionsPath(schema, 'output', reference.path).map(String) };
    }),
  );
}

function collect(flow: DraftFlow, results: Map<string, OperationSchema>): void {
  for (const draft of flow.states) {
    if (draft.type === 'Parallel') for (const branch of draft.branches) collect(branch, results);
    if (draft.type === 'Map') collect(draft.body, results);
    if (draft.type !== 'Task') continue;
    const { call } = draft;
    const schema = call.kind === 'sdk' ? operationSchema(call.service, call.action) : undefined;
    if (call.kind === 'sdk' && schema === undefined)
      throw new DefinitionError(
        `${draft.name}: the installed client of '${call.service}' has no action '${call.action}'; check its spelling`,
      );
    for (const variable of Object.keys(draft.assign)) {
      const other = results.get(variable);
      if (other !== schema && (other !== undefined || (schema !== undefined && results.has(variable))))
        throw new DefinitionError(
          `${draft.name}: another step named '${variable}' calls something else; give one of them a new name`,
        );
      if (schema !== undefined) results.set(variable, schema);
    }
  }
}
