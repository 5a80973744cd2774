import { arrayForm, conditionForm, negativeForm, objectForm } from './constructed.ts';
import { callForm } from './called.ts';
import { binaryForm } from './binary.ts';
import { pathForm, variableForm } from './read.ts';
import { only } from './only.ts';
import type { DirectForm, SyntaxNode } from './syntax-node.ts';

/**
 * An expression as a plain function of its variables, for the part of JSONata that machines mostly use: variables
 * and their fields, literals, operators, objects and arrays built of them, and a few functions. It gives what the
 * `jsonata` package gives, at once instead of by promises; a test holds both against each other. Undefined for an
 * expression that has anything else in it.
 */
export function directForm(node: SyntaxNode): DirectForm | undefined {
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return only(node, ['value']) ? () => node.value : undefined;
    case 'variable':
      return only(node, ['value']) ? variableForm(node.value) : undefined;
    case 'path':
      return only(node, ['steps']) ? pathForm(node.steps ?? []) : undefined;
    case 'binary':
      return only(node, ['value', 'lhs', 'rhs']) ? binaryForm(node, directForm) : undefined;
    case 'condition':
      return only(node, ['condition', 'then', 'else']) ? conditionForm(node, directForm) : undefined;
    case 'block':
      return only(node, ['expressions']) && node.expressions?.length === 1
        ? directForm(node.expressions[0] as SyntaxNode)
        : undefined;
    case 'function':
      return only(node, ['value', 'arguments', 'procedure']) ? callForm(node, directForm) : undefined;
    case 'unary':
      return unaryForm(node);
    default:
      return undefined;
  }
}

function unaryForm(node: SyntaxNode): DirectForm | undefined {
  switch (node.value) {
    case '-':
      return only(node, ['value', 'expression']) ? negativeForm(node, directForm) : undefined;
    case '[':
      return only(node, ['value', 'expressions']) ? arrayForm(node, directForm) : undefined;
    case '{':
      return only(node, ['value', 'lhs']) ? objectForm(node, directForm) : undefined;
    default:
      return undefined;
  }
}
