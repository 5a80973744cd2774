import { jsonataFunctions } from '../asl/jsonata-functions.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import { shown } from './shown.ts';

/** Where a name is given: its place, what is known there, and the names of the steps around. */
interface Naming {
  readonly place: string;
  readonly scope: unknown;
  readonly around: readonly string[];
}

/**
 * The name of a step, or of a loop's element: a variable's name.
 * @throws DefinitionError for a name that cannot be a variable's, or is taken.
 */
export function stepName(name: unknown, { place, scope, around }: Naming): string {
  if (typeof name !== 'string')
    throw new DefinitionError(
      `${place}: a step's name is a text, got ${shown(name)}; give the name that later steps know its result by`,
    );
  const at = `${place} › ${name}`;
  if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(name) || /^(states|each\d+)$/.test(name))
    throw new DefinitionError(
      `${at}: a step's name is a variable's name; use letters and digits, beginning with a letter, ` +
        `and neither 'states' nor 'each' with a number, which the language uses itself`,
    );
  if (jsonataFunctions.has(name))
    throw new DefinitionError(
      `${at}: a step's name is a variable's name, and would hide JSONata's function '$${name}'; ` +
        `choose another, for example '${name}Result'`,
    );
  if (Object.hasOwn(scope as object, name) || around.includes(name))
    throw new DefinitionError(`${at}: a step or value of that name is there already; choose another`);
  return name;
}

/** The name that the body of the loop `step` knows an element by. */
export function elementName(as: unknown, naming: Naming, step: string): string {
  if (typeof as !== 'string')
    throw new DefinitionError(
      `${naming.place} › ${step}: 'as' must be the name of an element, got ${shown(as)}; write for example as: 'item'`,
    );
  if (as === step)
    throw new DefinitionError(
      `${naming.place} › ${step}: '${as}' is the name of something else; give 'as' a new name`,
    );
  return stepName(as, naming);
}
