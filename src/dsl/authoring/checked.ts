import { DefinitionError } from '../ast/definition-error.ts';
import type { ExpressionNode } from '../ast/expression-node.ts';
import { nodeOf } from '../expression/expression.ts';
import { refuseForeign } from './refuse-foreign.ts';
import { nearest } from './nearest.ts';
import { shown } from './shown.ts';

// What an author gives, checked as plain JavaScript lets it through: each mistake is a DefinitionError that names the
// place, what was given and what to give instead.

/** Where something stands: the path that its errors name, and what is known there. */
export interface Ground<Scope> {
  readonly place: string;
  readonly scope: Scope;
}

/** Makes something; a mistake in it that does not name its place yet gets it. */
export function placed<T>(place: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    const [workflow = place] = place.split(' › ');
    const named = (message: string) =>
      message.startsWith(`${workflow} › `) || message.startsWith(`${workflow}:`);
    if (!(error instanceof DefinitionError) || named(error.message)) throw error;
    throw new DefinitionError(`${place}: ${error.message}`, { cause: error });
  }
}

/** What a callback gives that is called with what is known, and with what more it may know. */
export function calledWith(
  callback: unknown,
  ground: Ground<unknown> & { readonly also?: unknown },
  what: string,
): unknown {
  const { place, scope, also } = ground;
  if (typeof callback !== 'function' || nodeOf(callback) !== undefined)
    throw new DefinitionError(
      `${place}: ${what} must be a function of what is known here, got ${shown(callback)}; ` +
        `write for example ({ input }) => …`,
    );
  const result: unknown = placed(place, () =>
    (callback as (scope: unknown, also: unknown) => unknown)(known(scope as object, place), also),
  );
  if (result instanceof Promise) refuseAsync(result, `${place}: ${what}`);
  refuseForeign(result, ground);
  return result;
}

/** A callback runs when the workflow is defined: there is nothing to wait for yet. */
export function refuseAsync(given: Promise<unknown>, subject: string): never {
  given.catch(() => undefined);
  throw new DefinitionError(
    `${subject} runs once, when the workflow is defined, got a promise; leave async and await out`,
  );
}

/** The scope as it is, except that a name that is not in it is a mistake instead of undefined. */
const known = (scope: object, place: string): object =>
  new Proxy(scope, {
    get: (target, name) => {
      if (typeof name === 'symbol') return undefined;
      if (Object.hasOwn(target, name)) return (target as Record<string, unknown>)[name];
      throw new DefinitionError(
        `${place}: known here is ${Object.keys(target).join(', ')}, got '${name}'; ` +
          `use what is known, or add a step of that name before`,
      );
    },
  });

/** A condition that the machine decides. */
export function conditionOf(callback: unknown, ground: Ground<unknown>, what: string): ExpressionNode {
  const given: unknown = calledWith(callback, ground, what);
  const node = nodeOf(given);
  if (node !== undefined) return node;
  throw new DefinitionError(
    `${ground.place}: ${what} must give a condition of the language, got ${shown(given)}; ` +
      `JavaScript decides its operators when the workflow is defined: use equals(), lessThan(), not() or another operator`,
  );
}

/** Options as they were given; a name that is none of them is a mistake. */
export function optionsOf<T extends object>(given: T, known: readonly string[], place: string): T {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new DefinitionError(
      `${place}: options are an object, got ${shown(given)}; write { ${known.join(', ')} }, or some of them`,
    );
  for (const name of Object.keys(given))
    if (!known.includes(name))
      throw new DefinitionError(
        `${place}: the options are ${known.join(', ')}, got '${name}'; ` +
          (nearest(name, known) === undefined ? 'leave it out' : `write '${nearest(name, known)}'`),
      );
  return given;
}

/** A list of names, of errors for example. */
export function namesOf<Names extends readonly string[]>(given: Names, what: string, place: string): Names {
  if (Array.isArray(given) && given.every((name) => typeof name === 'string')) return given;
  throw new DefinitionError(
    `${place}: ${what} must be a list of names, got ${shown(given)}; write for example ['Busy']`,
  );
}

/** A zod schema. */
export function schemaOf<Schema>(given: Schema, place: string): Schema {
  if (typeof given === 'object' && given !== null && '_zod' in given) return given;
  throw new DefinitionError(
    `${place}: a zod schema is wanted, got ${shown(given)}; write for example z.object({ id: z.string() })`,
  );
}
