import type {
  EachNode,
  ExpressionNode,
  OperationNode,
  Operator,
  Parts,
  PickNode,
  RawNode,
  TemplateNode,
} from '../../ast/expression-node.ts';
import { mapReferences } from '../walk.ts';
import { field } from './field.ts';
import { literalText } from './literal-text.ts';
import { OPERATORS } from './operators.ts';

/** An expression as JSONata text, in the language of AWS's version 2.0.6. */
export function jsonata(node: ExpressionNode, depth = 0): string {
  switch (node.kind) {
    case 'reference':
      return `$${node.variable}${node.path.map((part) => `.${field(part)}`).join('')}`;
    case 'literal':
      return literalText(node.value);
    case 'raw':
      return rawText(node, depth);
    case 'operation':
      return OPERATORS[node.operator].text(operandTexts(node, depth));
    case 'each':
      return eachText(node, depth);
    case 'pick':
      return pickText(node, depth);
    case 'template':
      return templateText(node.template, depth);
  }
}

/** A template inside an expression: an object or array constructor. */
function templateText(node: TemplateNode, depth: number): string {
  switch (node.kind) {
    case 'value':
      return jsonata(node.value, depth);
    case 'list':
      return node.items.some(hidesArray) ? unflattened(node.items, depth) : flat(node.items, depth);
    case 'object': {
      const fields = Object.entries(node.fields).map(
        ([name, value]) => `${literalText(name)}: ${templateText(value, depth)}`,
      );
      return `{${fields.join(', ')}}`;
    }
  }
}

/** An object of some of a value's fields, evaluated as one: a field that is missing is left out. */
function pickText({ of, fields }: PickNode, depth: number): string {
  const parts = (from: string, wanted: { readonly [name: string]: Parts }): string => {
    const texts = Object.entries(wanted).map(([name, part]) => {
      const inner = `${from}.${field(name)}`;
      return `${literalText(name)}: ${part === true ? inner : parts(inner, part)}`;
    });
    return `{${texts.join(', ')}}`;
  };
  const text = jsonata(of, depth);
  const element = of.kind === 'operation' && of.operator === 'at' && of.operands[0]?.kind === 'reference';
  return of.kind === 'reference' || element
    ? parts(text, fields)
    : `($whole := ${text}; ${parts('$whole', fields)})`;
}

const flat = (items: readonly TemplateNode[], depth: number): string =>
  `[${items.map((item) => templateText(item, depth)).join(', ')}]`;

/**
 * JSONata's `[$a, $b]` joins arrays instead of holding them; only what is written in brackets of its own stays an
 * element. The values of an object stay as they are.
 */
function unflattened(items: readonly TemplateNode[], depth: number): string {
  const fields = items.map((item, index) => `"${index}": ${templateText(item, depth)}`);
  return `[$each({${fields.join(', ')}}, function($v) { $v })[]]`;
}

/** Whether a list's item may be an array without its text beginning with a bracket. */
function hidesArray(item: TemplateNode): boolean {
  if (item.kind !== 'value') return false;
  const node = item.value;
  switch (node.kind) {
    case 'reference':
    case 'raw':
      return true;
    case 'operation':
      return OPERATORS[node.operator].hidesArray;
    case 'template':
      return hidesArray(node.template);
    case 'literal':
    case 'each':
    case 'pick':
      return false;
  }
}

/** Operators of lists whose elements are numbers or text by type, so that nothing is there to be joined. */
const OF_SCALARS = new Set<Operator>(['in', 'sum', 'min', 'max', 'average', 'join']);

function operandTexts(node: OperationNode, depth: number): readonly string[] {
  if (node.operator === 'field') return fieldTexts(node, depth);
  const infix = !OPERATORS[node.operator].atomic;
  return flattened(node).map((operand) => {
    if (OF_SCALARS.has(node.operator) && operand.kind === 'template' && operand.template.kind === 'list')
      return flat(operand.template.items, depth);
    if (operand.kind === 'raw') return infix ? atomText(operand, depth) : jsonata(operand, depth);
    return atomText(operand, depth);
  });
}

function fieldTexts({ operands }: OperationNode, depth: number): readonly string[] {
  const [object, name] = operands;
  if (object === undefined || name?.kind !== 'literal' || typeof name.value !== 'string') return [];
  return [pathText(object, depth), field(name.value)];
}

/** An object that a field is read of. JSONata passes over the index in `[…][0].field`, so there it stands apart. */
function pathText(object: ExpressionNode, depth: number): string {
  const isElement = object.kind === 'operation' && object.operator === 'at';
  return isElement && object.operands[0]?.kind === 'reference'
    ? jsonata(object, depth)
    : atomText(object, depth);
}

/** An operand, in parentheses where its own operator could be read otherwise. */
function atomText(node: ExpressionNode, depth: number): string {
  const text = jsonata(node, depth);
  return isAtomic(node) ? text : `(${text})`;
}

function isAtomic(node: ExpressionNode): boolean {
  switch (node.kind) {
    case 'operation':
      return OPERATORS[node.operator].atomic;
    case 'each':
      return node.function !== 'some' && node.function !== 'every';
    case 'raw':
      return false;
    case 'reference':
    case 'literal':
    case 'pick':
    case 'template':
      return true;
  }
}

const ASSOCIATIVE = new Set<Operator>(['&', 'and', 'or', '+']);

/** Chains of one associative operator need no parentheses to the left. */
function flattened(node: OperationNode): readonly ExpressionNode[] {
  if (!ASSOCIATIVE.has(node.operator)) return node.operands;
  const [left, ...rest] = node.operands;
  if (left?.kind === 'operation' && left.operator === node.operator) return [...flattened(left), ...rest];
  return node.operands;
}

/**
 * A function over a list. The brackets keep an array of one element, or of none, an array; `[]` does so for one
 * element that is an array itself.
 */
function eachText(node: EachNode, depth: number): string {
  const parameter = (level: number) => `each${depth + level}`;
  const body = (level: number, deepest: number) =>
    jsonata(renamed(node.body, node.parameter, parameter(level)), depth + deepest);
  const list = jsonata(node.list, depth);
  const select = (condition: string) => `$filter(${list}, function($${parameter(1)}) { ${condition} })`;
  switch (node.function) {
    case 'map':
      return `[$map(${list}, function($${parameter(1)}) { ${body(1, 1)} })[]]`;
    case 'filter':
      return `[${select(body(1, 1))}[]]`;
    case 'some':
      return `$count([${select(body(1, 1))}[]]) > 0`;
    case 'every':
      return `$count([${select(`(${body(1, 1)}) ? false : true`)}[]]) = 0`;
    case 'ascending':
    case 'descending': {
      const later = node.function === 'ascending' ? '>' : '<';
      const [left, right] = [parameter(1), parameter(2)];
      return `[$sort(${list}, function($${left}, $${right}) { (${body(1, 2)}) ${later} (${body(2, 2)}) })]`;
    }
  }
}

/** The body with its parameter under the name that its depth gives, so that the text depends on nothing else. */
function renamed(node: ExpressionNode, from: string, to: string): ExpressionNode {
  return mapReferences(node, (inner) => (inner.variable === from ? { ...inner, variable: to } : inner));
}

/** Every variable and function that is named; of an author's text, not the functions that it calls. */
const NAMED = /\$[\p{ID_Start}_]\p{ID_Continue}*/gu;
const NAMED_UNCALLED = /\$[\p{ID_Start}_]\p{ID_Continue}*(?!\p{ID_Continue}|\s*\()/gu;

/** The text with its operands; where it has a variable of its own whose name they read too, they go first. */
function rawText({ parts, operands }: RawNode, depth: number): string {
  const texts = operands.map((operand) => holeText(operand, depth));
  const joined = (inner: readonly string[]) =>
    parts.map((part, index) => (index === 0 ? part : `${inner[index - 1]}${part}`)).join('');
  const own = new Set(parts.flatMap((part) => part.match(NAMED_UNCALLED) ?? []));
  if (!texts.flatMap((text) => text.match(NAMED) ?? []).some((name) => own.has(name))) return joined(texts);
  const names = texts.map((_text, index) => `$_hole${index + 1}`);
  return `(${names.map((name, index) => `${name} := ${texts[index]}; `).join('')}${joined(names)})`;
}

/** Brackets stand in parentheses: without, JSONata reads what follows them otherwise than after a variable. */
function holeText(operand: ExpressionNode, depth: number): string {
  const text = atomText(operand, depth);
  return /^[[{-]/.test(text) ? `(${text})` : text;
}
