import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { functionOfArn } from './function-of-arn.ts';
import type { FunctionInScope } from './functions-in-scope.ts';

export interface EventSourceMapping {
  readonly uuid: string;
  readonly functionName: string;
  /** As Lambda spells it: Creating, Enabling, Enabled, Disabling, Disabled, Updating or Deleting. */
  readonly state: string;
}

/** The mappings that feed a function in scope, whichever version or alias of it they name. */
export function mappingsInScope(
  all: readonly EventSourceMappingConfiguration[],
  functions: readonly FunctionInScope[],
): EventSourceMapping[] {
  const names = new Set(functions.map(({ name }) => name));
  return all.map(eventSourceMapping).filter(({ functionName }) => names.has(functionName));
}

/** A mapping in this system's words. */
export function eventSourceMapping(from: EventSourceMappingConfiguration): EventSourceMapping {
  return {
    uuid: from.UUID ?? '',
    functionName: functionOfArn(from.FunctionArn),
    state: from.State ?? '',
  };
}
