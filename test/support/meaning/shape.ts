/** What is known of a value when a workflow is drawn. */
export type Shape =
  | { readonly kind: 'number' | 'text' | 'boolean' | 'anything' }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'object'; readonly fields: { readonly [name: string]: Field } };

export interface Field {
  readonly shape: Shape;
  /** Whether the value may be missing. */
  readonly optional: boolean;
}

/** A value that can be referred to: the path to it, from its variable on. */
export interface Reachable extends Field {
  readonly path: readonly string[];
}

/** A value and all that is within it. */
export function reachable(path: readonly string[], { shape, optional }: Field): readonly Reachable[] {
  const itself: Reachable = { path, shape, optional };
  if (shape.kind !== 'object') return [itself];
  const inner = Object.entries(shape.fields).flatMap(([name, field]) =>
    reachable([...path, name], { shape: field.shape, optional: optional || field.optional }),
  );
  return [itself, ...inner];
}
