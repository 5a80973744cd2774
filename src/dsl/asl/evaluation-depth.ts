import jsonata from 'jsonata';

/**
 * Evaluations within evaluations that Step Functions allows: 100 pass, 101 fail with States.QueryEvaluationError.
 * Source: floci-io/floci, pull request 2783, measured by TestState.
 */
export const DEEPEST_EVALUATION = 100;

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly [field: string]: unknown;
}

/**
 * How many evaluations within evaluations a JSONata expression needs at most: one for each node of its syntax tree,
 * and for a function's body as many as it has, within its call.
 *
 * @param levels How often a function that calls itself does so.
 */
export const evaluationDepth = (source: string, levels = 0): number =>
  treeDepth(jsonata(source).ast(), levels);

/** The same of a syntax tree that the `jsonata` package has made. */
export function treeDepth(tree: unknown, levels = 0): number {
  const functions = new Map<string, Node>();
  const known = new Map<string, number>();

  const ofAll = (nodes: readonly unknown[], level: number): number =>
    Math.max(0, ...nodes.map((node) => depth(node, level)));

  const depth = (node: unknown, level: number): number => {
    if (typeof node !== 'object' || node === null || node instanceof RegExp) return 0;
    if (Array.isArray(node)) return ofAll(node, level);
    const { type, ...fields } = node as Node;
    switch (type) {
      case undefined:
        return ofAll(Object.values(fields), level);
      case 'bind': {
        const { lhs, rhs } = fields as { readonly lhs: Node; readonly rhs: Node };
        if (rhs.type !== 'lambda') return 1 + depth(rhs, level);
        functions.set(String(lhs.value), rhs);
        return 2;
      }
      // A function's body is evaluated by the call that the function is given to.
      case 'lambda':
        return depth(fields.body, level);
      case 'function':
        // The function itself is looked up by an evaluation of its own.
        return (
          1 +
          Math.max(
            1,
            depth(fields.arguments, level),
            bodyDepth(String((fields.procedure as Node).value), level),
          )
        );
      default:
        return 1 + ofAll(Object.values(fields), level);
    }
  };

  const bodyDepth = (name: string, level: number): number => {
    const { body, position } = functions.get(name) ?? {};
    if (body === undefined || level > levels) return 0;
    const key = `${String(position)} ${level}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, 0);
    const inner = depth(body, callsItself(body, name) ? level + 1 : level);
    known.set(key, inner);
    return inner;
  };

  return depth(tree, 0);
}

function callsItself(node: unknown, name: string): boolean {
  if (typeof node !== 'object' || node === null || node instanceof RegExp) return false;
  const { type, procedure } = node as { readonly type?: string; readonly procedure?: Node };
  return (
    (type === 'function' && procedure?.value === name) ||
    Object.values(node).some((inner) => callsItself(inner, name))
  );
}
