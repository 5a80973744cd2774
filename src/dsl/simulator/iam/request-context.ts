import { literally } from './pattern.ts';

/** What is known of a call, by condition key in lower case; a key without values is known to be absent. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** A context by condition keys as they are written (`aws:RequestedRegion`), with a value or several. */
export interface ContextValues {
  readonly [key: string]: string | readonly string[];
}

/** Later values come before earlier ones. */
export function requestContext(...given: readonly ContextValues[]): RequestContext {
  return new Map(
    given.flatMap((values) =>
      Object.entries(values).map(([key, value]) => [key.toLowerCase(), [value].flat()] as const),
    ),
  );
}

/** Whether a statement applies cannot be said: the reason, and what to do. */
export class Unprovable extends Error {}

/** The values of a key. @throws Unprovable when the simulator does not know it. */
export function valuesOf(context: RequestContext, key: string): readonly string[] {
  const values = context.get(key.toLowerCase());
  if (values === undefined)
    throw new Unprovable(
      `the simulator does not know the value of '${key}'; give it as new RolePolicy(policy, { context: { '${key}': '…' } }), ` +
        'or [] if the request has none',
    );
  return values;
}

/**
 * A pattern with its policy variables replaced (`${aws:PrincipalAccount}`, with a default `${aws:username, 'nobody'}`);
 * `${*}`, `${?}` and `${$}` are the characters themselves. Undefined when a variable has no value: then nothing fits.
 * Source: IAM guide, "Policy variables".
 * @throws Unprovable for a variable that the simulator does not know.
 */
export function withVariables(pattern: string, context: RequestContext): string | undefined {
  if (!pattern.includes('${')) return pattern;
  let missing = false;
  const replaced = pattern.replaceAll(/\$\{([^}]*)\}/g, (_whole, inner: string) => {
    if (['*', '?', '$'].includes(inner)) return literally(inner);
    const [, name = inner, fallback] = /^\s*([^,\s]+)\s*(?:,\s*'([^']*)')?\s*$/.exec(inner) ?? [];
    const value = valuesOf(context, name)[0] ?? fallback;
    missing ||= value === undefined;
    return literally(value ?? '');
  });
  return missing ? undefined : replaced;
}
