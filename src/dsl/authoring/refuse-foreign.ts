import { DefinitionError } from '../ast/definition-error.ts';
import type { ExpressionNode } from '../ast/expression-node.ts';
import { nodeOf, originOf } from '../expression/expression.ts';
import type { Ground } from './checked.ts';
import { itemSourceNode } from './item-source.ts';

/** In a scope, the references that are known there without a name of their own: the error of a clause. */
export const unnamed: unique symbol = Symbol('unnamed');

/**
 * Refuses references that were kept from another callback and are not known here, where their names may stand for
 * something else, or for nothing.
 * @param given What a callback gave, however deep.
 */
export function refuseForeign(
  given: unknown,
  { place, scope, also }: Ground<unknown> & { readonly also?: unknown },
): void {
  const own = scope as { readonly [unnamed]?: readonly unknown[] };
  const known = new Set([...Object.values(own), ...(own[unnamed] ?? []), also].map(originOfValue));
  const foreign = foreignIn(given, { known, parameters: new Set(), around: new Set() });
  if (foreign === undefined) return;
  const name = [foreign.variable, ...foreign.path].join('.');
  throw new DefinitionError(
    /^each\d+$/.test(foreign.variable)
      ? `${place}: an element is known only within the function of its map(), filter() or the like, ` +
          `got one that was kept from there; use it in that function`
      : `${place}: '${name}' was kept from another callback, and is not what is known here by that name; ` +
          `use what this callback gets: ${Object.keys(own).join(', ')}`,
  );
}

const originOfValue = (value: unknown): ExpressionNode | undefined => {
  const node = nodeOf(value);
  return node && originOf(node);
};

interface Search {
  readonly known: ReadonlySet<ExpressionNode | undefined>;
  /** The parameters of the functions around. */
  readonly parameters: ReadonlySet<string>;
  /** What is being looked into: data may lead back to itself. */
  readonly around: ReadonlySet<unknown>;
}

type Reference = Extract<ExpressionNode, { kind: 'reference' }>;

function foreignIn(given: unknown, search: Search): Reference | undefined {
  const value: unknown = nodeOf(given) ?? itemSourceNode(given) ?? given;
  if (typeof value !== 'object' || value === null || search.around.has(value)) return undefined;
  const origin = originOf(value);
  if (origin !== undefined) return isForeign(origin, search) ? (value as Reference) : undefined;
  const within = {
    ...search,
    around: new Set([...search.around, value]),
    parameters:
      'parameter' in value ? new Set([...search.parameters, value.parameter as string]) : search.parameters,
  };
  for (const part of Object.values(value)) {
    const found = foreignIn(part, within);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isForeign(origin: ExpressionNode, { known, parameters }: Search): boolean {
  const { variable, path } = origin as Reference;
  const isContext = variable === 'states' && path[0] === 'context';
  return !isContext && !known.has(origin) && !parameters.has(variable);
}
