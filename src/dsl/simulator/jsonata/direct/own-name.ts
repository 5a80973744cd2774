import { NOT_DIRECT, type SyntaxNode } from './syntax-node.ts';

/** The name of a variable that an expression makes; none hides `$states`. */
export function ownName({ type, value }: SyntaxNode): string {
  if (type !== 'variable' || typeof value !== 'string' || value === '' || value === 'states')
    throw NOT_DIRECT;
  return value;
}
