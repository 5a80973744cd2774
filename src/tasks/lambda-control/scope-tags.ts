/** A tag that takes functions into scope, key and value to the letter. */
export interface ScopeTag {
  readonly key: string;
  readonly value: string;
}

/**
 * What CloudFormation tags every function with that it makes for a stack (CloudFormation template reference, "Resource
 * tagging"). Its value is the stack's own name, also where the stack is nested in another one.
 */
export const STACK_KEY = 'aws:cloudformation:stack-name';

/** All tags that take functions into scope, those of stacks included. */
export function scopeTags(scope: {
  readonly tags?: readonly ScopeTag[] | undefined;
  readonly stacks?: readonly string[] | undefined;
}): ScopeTag[] {
  return [...(scope.tags ?? []), ...(scope.stacks ?? []).map((value) => ({ key: STACK_KEY, value }))];
}

/** The values of each key. */
export function valuesByKey(tags: readonly ScopeTag[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const { key, value } of tags) values.set(key, [...(values.get(key) ?? []), value]);
  return values;
}
