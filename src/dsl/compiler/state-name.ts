import { DefinitionError } from '../ast/definition-error.ts';

/** Step Functions' limit on a state's name. */
const LONGEST = 80;

/**
 * A state's name from the path of its step: `Prepared.Restored.Restores`. Paths are unique, so names are.
 * @throws DefinitionError when the name would be longer than Step Functions allows.
 */
export function stateName(path: readonly string[]): string {
  const name = path.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('.');
  if (name.length > LONGEST)
    throw new DefinitionError(
      `${path.join(' › ')}: its state's name would have ${name.length} characters, more than ${LONGEST}; shorten the steps' names`,
    );
  return name;
}
