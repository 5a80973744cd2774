import { inlineFunction } from './inline-function.ts';
import type { Form, Making, Own, OwnFunction } from './making.ts';
import { only } from './only.ts';
import { ownName } from './own-name.ts';
import { NOT_DIRECT, type SyntaxNode } from './syntax-node.ts';

/** A statement that binds a name. */
interface Binding {
  readonly name: string;
  readonly rhs: SyntaxNode;
}

/**
 * `($a := …; …)`: each statement sees what those before it have bound, and the last one is the value. A function sees
 * what is bound when it is called: one that names itself, or what is bound later, has no direct form.
 */
export function blockForm(statements: readonly SyntaxNode[], making: Making): Form {
  const last = statements.at(-1);
  if (last === undefined || isFunctionBinding(last)) throw NOT_DIRECT;
  let inner = making;
  const forms = statements.map((statement, index): Form => {
    if (statement.type !== 'bind') return inner.form(statement);
    const { name, rhs } = bindingOf(statement);
    // Of functions of one name within each other the depth is not known (`treeDepth`).
    if (inner.own(name)?.kind === 'function') throw NOT_DIRECT;
    const { own, form } = isFunctionBinding(statement)
      ? functionBinding(rhs, inner.within(laterNames(statements.slice(index))))
      : valueBinding(rhs, inner);
    inner = inner.within([[name, own]]);
    return form;
  });
  const [single, ...others] = forms;
  if (single !== undefined && others.length === 0) return single;
  return (bindings, context) => {
    let value: unknown;
    for (const form of forms) value = form(bindings, context);
    return value;
  };
}

function bindingOf(statement: SyntaxNode): Binding {
  const { lhs, rhs } = statement as { readonly lhs: SyntaxNode; readonly rhs: SyntaxNode };
  if (!only(statement, ['value', 'lhs', 'rhs'])) throw NOT_DIRECT;
  return { name: ownName(lhs), rhs };
}

const isFunctionBinding = ({ type, rhs }: SyntaxNode): boolean => type === 'bind' && rhs?.type === 'lambda';

const laterNames = (statements: readonly SyntaxNode[]): readonly (readonly [string, Own])[] =>
  statements
    .filter(({ type }) => type === 'bind')
    .map((statement) => [bindingOf(statement).name, { kind: 'later' }]);

function valueBinding(node: SyntaxNode, making: Making): { readonly own: Own; readonly form: Form } {
  const value = making.form(node);
  const own: Own = { kind: 'value', value: undefined };
  return { own, form: (bindings, context) => (own.value = value(bindings, context)) };
}

function functionBinding(node: SyntaxNode, making: Making): { readonly own: Own; readonly form: Form } {
  const { bind } = inlineFunction(node, making);
  const own: OwnFunction = {
    kind: 'function',
    apply: () => {
      throw NOT_DIRECT;
    },
  };
  return {
    own,
    form: (bindings, context) => {
      own.apply = bind(bindings, context);
    },
  };
}
