import { binaryForm } from './binary.ts';
import { blockForm } from './block.ts';
import { Budget } from './budget.ts';
import { callOf, tailForm } from './called.ts';
import { arrayForm, conditionForm, negativeForm, objectForm } from './constructed.ts';
import { filterForm, keep } from './filter.ts';
import { type Form, Making } from './making.ts';
import { only } from './only.ts';
import { pathForm } from './path.ts';
import { collapsed, listOf } from './sequence.ts';
import { type DirectForm, NOT_DIRECT, type SyntaxNode } from './syntax-node.ts';
import { variableForm } from './variable.ts';

/**
 * An expression as a plain function of its variables, for the part of JSONata that machines mostly use: paths with
 * their predicates and orders, operators, blocks, objects and arrays, the usual functions, and functions written out
 * where a list is mapped, filtered or reduced, or bound to a variable. It gives what the `jsonata` package gives, at
 * once instead of by promises; a test holds both against each other. Undefined for an expression that has anything
 * else in it.
 */
export function directForm(tree: SyntaxNode): DirectForm | undefined {
  const budget = new Budget();
  try {
    const form = formOf(tree, new Making(formOf, budget));
    return (bindings) => {
      budget.begin();
      return form(bindings, undefined);
    };
  } catch (fault) {
    if (fault === NOT_DIRECT) return undefined;
    throw fault;
  }
}

/** What a node of each type may have; anything else is a mark of the parser's for what has no direct form. */
const FIELDS: { readonly [type: string]: readonly string[] } = {
  string: ['value'],
  number: ['value'],
  value: ['value'],
  variable: ['value', 'predicate'],
  path: ['steps', 'group'],
  binary: ['value', 'lhs', 'rhs'],
  condition: ['condition', 'then', 'else'],
  block: ['expressions', 'predicate'],
  function: ['value', 'arguments', 'procedure', 'predicate'],
  apply: ['value', 'lhs', 'rhs'],
  lambda: ['thunk', 'arguments', 'body'],
  unary: ['value', 'expression', 'expressions', 'lhs', 'predicate'],
};

function formOf(node: SyntaxNode, making: Making): Form {
  const fields = FIELDS[node.type];
  if (fields === undefined || !only(node, fields)) throw NOT_DIRECT;
  const form = unfilteredForm(node, making);
  if (node.predicate === undefined) return form;
  const filters = node.predicate.map((stage) => filterForm(stage, making));
  return (bindings, context) => collapsed(keep(filters, bindings, listOf(form(bindings, context))));
}

function unfilteredForm(node: SyntaxNode, making: Making): Form {
  switch (node.type) {
    case 'variable':
      return variableForm(node.value, making);
    case 'path':
      return pathForm(node, making);
    case 'binary':
      return binaryForm(node, making);
    case 'condition':
      return conditionForm(node, making);
    case 'block':
      return blockForm(node.expressions ?? [], making);
    case 'function':
    case 'apply': {
      const { form, isSequence } = callOf(node, making);
      // What filters it sees the sequence as it is.
      if (!isSequence || node.predicate !== undefined) return form;
      return (bindings, context) => collapsed(form(bindings, context));
    }
    case 'lambda':
      return tailForm(node, making);
    case 'unary':
      return unaryForm(node, making);
    default:
      return () => node.value;
  }
}

function unaryForm(node: SyntaxNode, making: Making): Form {
  switch (node.value) {
    case '-':
      return negativeForm(node, making);
    case '[':
      return arrayForm(node, making);
    case '{':
      return objectForm(node, making);
    default:
      throw NOT_DIRECT;
  }
}
