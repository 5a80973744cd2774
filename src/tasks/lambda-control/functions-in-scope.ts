import type { RecoverySystem } from '../recovery-system.ts';
import type { ListedFunction } from './listed-functions.ts';

export interface FunctionInScope extends Pick<ListedFunction, 'name' | 'arn' | 'timeoutSeconds'> {
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
  all: readonly ListedFunction[],
  system: RecoverySystem,
  { tagged, frozen }: AlsoInScope,
): FunctionInScope[] {
  const { prefix, names, exclude, readers = [] } = system.functions;
  return all
    .map(({ name, arn, timeoutSeconds }) => ({
      name,
      arn,
      timeoutSeconds,
      reads: readers.some((reader) => isNamedBy(reader, name)),
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
