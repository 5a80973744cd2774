import { DefinitionError } from '../ast/definition-error.ts';

/** Step Functions' limit on a state's name. */
const LONGEST = 80;

/** What stands for `finally` in the paths of its states on the way of a failure. */
export const FINALLY_FAILED = 'finallyFailed';

/** A path as its author knows it: `work › finally › tidied`. */
export const authoredPath = (path: readonly string[]): string =>
  path.map((part) => (part === FINALLY_FAILED ? 'finally' : part)).join(' › ');

/**
 * A state's name from the path of its step: `Prepared.Restored.Restores`. Paths are unique, so names are.
 * @throws DefinitionError when the name would be longer than Step Functions allows.
 */
export function stateName(path: readonly string[]): string {
  const name = path.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('.');
  if (name.length > LONGEST)
    throw new DefinitionError(
      `${authoredPath(path)}: its state's name would have ${name.length} characters, more than ${LONGEST}; shorten the steps' names`,
    );
  return name;
}
