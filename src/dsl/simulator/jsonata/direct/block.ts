import type { Cell, Form, Making } from './making.ts';
import { only } from './only.ts';
import { NOT_DIRECT, type SyntaxNode } from './syntax-node.ts';

/** `($a := …; …)`: each statement sees what those before it have bound, and the last one is the value. */
export function blockForm(statements: readonly SyntaxNode[], making: Making): Form {
  if (statements.length === 0) throw NOT_DIRECT;
  let inner = making;
  const forms = statements.map((statement) => {
    if (statement.type !== 'bind') return inner.form(statement);
    const { lhs, rhs } = statement as { readonly lhs: SyntaxNode; readonly rhs: SyntaxNode };
    if (!only(statement, ['value', 'lhs', 'rhs'])) throw NOT_DIRECT;
    const value = inner.form(rhs);
    const cell: Cell = { value: undefined };
    inner = inner.within([[ownName(lhs), cell]]);
    return ((bindings, context) => (cell.value = value(bindings, context))) satisfies Form;
  });
  const [single, ...others] = forms;
  if (single !== undefined && others.length === 0) return single;
  return (bindings, context) => {
    let value: unknown;
    for (const form of forms) value = form(bindings, context);
    return value;
  };
}

/** The name of a variable that an expression makes; none hides `$states`. */
export function ownName({ type, value }: SyntaxNode): string {
  if (type !== 'variable' || typeof value !== 'string' || value === '' || value === 'states')
    throw NOT_DIRECT;
  return value;
}
