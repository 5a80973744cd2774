import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { RecoverySystem } from '../recovery-system.ts';

export interface FunctionInScope {
  readonly name: string;
  readonly arn: string;
  readonly timeoutSeconds: number;
  /** Whether the system says that it only reads. */
  readonly reads: boolean;
}

/**
 * The functions that a freeze stops: named so by prefix or list, less those excluded by ARN and this
 * system's own. A name decides only who comes in; who stays out is exact, never a part of a name.
 */
export function functionsInScope(
  all: readonly FunctionConfiguration[],
  system: RecoverySystem,
): FunctionInScope[] {
  const { prefix, names, exclude, readers = [] } = system.functions;
  return all
    .map(({ FunctionName = '', FunctionArn = '', Timeout = 0 }) => ({
      name: FunctionName,
      arn: FunctionArn,
      timeoutSeconds: Timeout,
      reads: readers.some((reader) => isNamedBy(reader, FunctionName)),
    }))
    .filter(({ name }) => names.includes(name) || (prefix !== undefined && name.startsWith(prefix)))
    .filter(({ name, arn }) => !exclude.includes(arn) && !system.ownFunctions.includes(name));
}

/** Whether a reader's name, or the beginning of one before a `*`, means this function. */
function isNamedBy(reader: string, name: string): boolean {
  return reader.endsWith('*') ? name.startsWith(reader.slice(0, -1)) : name === reader;
}
