import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { RecoverySystem } from '../recovery-system.ts';

export interface FunctionInScope {
  readonly name: string;
  readonly arn: string;
  readonly timeoutSeconds: number;
  /** Whether the system says that it only reads. */
  readonly reads: boolean;
}

/** Who comes into scope beside those whom the system names itself. */
export interface AlsoInScope {
  /** By ARN: those that have a tag of the scope. */
  readonly tagged: ReadonlySet<string>;
  /** By name: those that were in scope when they were frozen. */
  readonly frozen: ReadonlySet<string>;
}

/**
 * The functions that a freeze stops: named so by prefix or list, or tagged so, less those excluded by ARN and this
 * system's own. A name or a tag decides only who comes in; who stays out is exact, never a part of a name.
 */
export function functionsInScope(
  all: readonly FunctionConfiguration[],
  system: RecoverySystem,
  { tagged, frozen }: AlsoInScope,
): FunctionInScope[] {
  const { prefix, names, exclude, readers = [] } = system.functions;
  return all
    .map(({ FunctionName = '', FunctionArn = '', Timeout = 0 }) => ({
      name: FunctionName,
      arn: FunctionArn,
      timeoutSeconds: Timeout,
      reads: readers.some((reader) => isNamedBy(reader, FunctionName)),
    }))
    .filter(
      ({ name, arn }) =>
        names.includes(name) ||
        (prefix !== undefined && name.startsWith(prefix)) ||
        tagged.has(arn) ||
        frozen.has(name),
    )
    .filter(({ name, arn }) => !exclude.includes(arn) && !system.ownFunctions.includes(name));
}

/** Whether a reader's name, or the beginning of one before a `*`, means this function. */
function isNamedBy(reader: string, name: string): boolean {
  return reader.endsWith('*') ? name.startsWith(reader.slice(0, -1)) : name === reader;
}
