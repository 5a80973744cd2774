import type { Json } from '../../../asl/machine.ts';
import type {
  EachNode,
  ExpressionNode,
  OperationNode,
  Parts,
  ReferenceNode,
  TemplateNode,
} from '../../../ast/expression-node.ts';
import { jsonBytes } from './json-bytes.ts';
import {
  BOOLEAN,
  NUMBER,
  type Shape,
  UNKNOWN,
  eitherOf,
  fieldOf,
  fewestItems,
  itemsOf,
  mostItems,
  objectOf,
  scalar,
} from './shape.ts';

/** What the references of an expression stand for; `states` is Step Functions' own `$states`. */
export type Known = (variable: string) => Shape;

export function shapeOfTemplate(template: TemplateNode, known: Known): Shape {
  switch (template.kind) {
    case 'value':
      return shapeOf(template.value, known);
    case 'list': {
      const items = template.items.map((item) => shapeOfTemplate(item, known));
      return { kind: 'list', items: eitherOf(items), fewest: items.length, most: items.length };
    }
    case 'object':
      return objectOf(
        Object.fromEntries(
          Object.entries(template.fields).map(([name, field]) => [name, shapeOfTemplate(field, known)]),
        ),
      );
  }
}

export function shapeOf(node: ExpressionNode, known: Known): Shape {
  switch (node.kind) {
    case 'literal':
      return shapeOfLiteral(node.value);
    case 'reference':
      return shapeOfReference(node, known);
    case 'operation':
      return shapeOfOperation(node, known);
    case 'each':
      return shapeOfEach(node, known);
    case 'pick':
      return picked(shapeOf(node.of, known), node.fields);
    case 'template':
      return shapeOfTemplate(node.template, known);
    case 'raw':
      return UNKNOWN;
  }
}

function shapeOfLiteral(value: Json): Shape {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map(shapeOfLiteral);
    return { kind: 'list', items: eitherOf(items), fewest: items.length, most: items.length };
  }
  if (typeof value !== 'object' || value === null) return scalar(jsonBytes(value), jsonBytes(value));
  return objectOf(
    Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shapeOfLiteral(field)])),
  );
}

const shapeOfReference = ({ variable, path }: ReferenceNode, known: Known): Shape =>
  path.reduce(fieldOf, known(variable));

/** Operators whose result has a size of its own, whatever their operands are. */
const OF_ITS_OWN: Readonly<Record<string, Shape>> = {
  ...Object.fromEntries(
    [
      '=',
      '!=',
      '<',
      '<=',
      '>',
      '>=',
      'and',
      'or',
      'in',
      'not',
      'exists',
      'contains',
      'startsWith',
      'endsWith',
    ].map((operator) => [operator, BOOLEAN]),
  ),
  ...Object.fromEntries(
    [
      '+',
      '-',
      '*',
      '/',
      '%',
      'count',
      'sum',
      'average',
      'abs',
      'floor',
      'ceil',
      'round',
      'power',
      'number',
      'length',
      'toMillis',
      'random',
    ].map((operator) => [operator, NUMBER]),
  ),
  // 2026-01-01T00:00:00.000Z
  now: scalar(26, 26),
  uuid: scalar(38, 38),
  type: scalar(6, 10),
};

/** Operators whose result is no longer than their first operand. */
const SHORTENING = new Set(['trim', 'substring', 'substringBefore', 'substringAfter']);

function shapeOfOperation({ operator, operands }: OperationNode, known: Known): Shape {
  const own = Object.hasOwn(OF_ITS_OWN, operator) ? OF_ITS_OWN[operator] : undefined;
  if (own !== undefined) return own;
  const shapes = operands.map((operand) => shapeOf(operand, known));
  const [first = UNKNOWN, second = UNKNOWN, third = UNKNOWN] = shapes;
  const index = operands[1]?.kind === 'literal' ? String(operands[1].value) : undefined;
  if (SHORTENING.has(operator)) return first.kind === 'scalar' ? { ...first, least: 2 } : UNKNOWN;
  switch (operator) {
    case 'choose':
      return eitherOf([second, third]);
    case 'orElse':
      return eitherOf([first, second]);
    case 'min':
    case 'max':
      return NUMBER;
    case '&':
      return joined(first, second);
    case 'string':
      return joined(first, scalar(2, 2));
    case 'field':
      return index === undefined ? UNKNOWN : fieldOf(first, index);
    // What a Parallel gives is known branch by branch.
    case 'at':
      return first.kind === 'object' && index !== undefined ? fieldOf(first, index) : itemsOf(first);
    case 'reverse':
      return first;
    case 'distinct':
      return first.kind === 'list' ? { ...first, fewest: Math.min(1, first.fewest) } : UNKNOWN;
    case 'append':
      return appended(first, second);
    case 'range':
      return ranged(operands);
    case 'merge':
      return merged(shapes);
    default:
      return UNKNOWN;
  }
}

/** Texts one behind the other; what is no text is written as its JSON, which puts a backslash before each quote. */
function joined(left: Shape, right: Shape): Shape {
  const most = [left, right].map((one) => (one.kind === 'scalar' ? one.most : undefined));
  const [a, b] = most;
  return scalar(2, a === undefined || b === undefined ? undefined : a + b + 2);
}

function appended(left: Shape, right: Shape): Shape {
  const [a, b] = [mostItems(left), mostItems(right)];
  return {
    kind: 'list',
    items: eitherOf([itemsOf(left), itemsOf(right)]),
    fewest: fewestItems(left) + fewestItems(right),
    most: a === undefined || b === undefined ? undefined : a + b,
  };
}

/** Whole numbers from one to another, both included. */
function ranged([from, to]: readonly ExpressionNode[]): Shape {
  const [first, last] = [from, to].map((end) => (end?.kind === 'literal' ? Number(end.value) : undefined));
  if (first === undefined || last === undefined)
    return { kind: 'list', items: NUMBER, fewest: 0, most: undefined };
  const count = Math.max(0, last - first + 1);
  const bytes = [first, last].map(jsonBytes);
  return { kind: 'list', items: scalar(Math.min(...bytes), Math.max(...bytes)), fewest: count, most: count };
}

function merged(shapes: readonly Shape[]): Shape {
  const objects = shapes.filter((shape) => shape.kind === 'object');
  if (objects.length < shapes.length) return UNKNOWN;
  const fields = objects.reduce<Record<string, { shape: Shape; sure: boolean }>>((known, object) => {
    for (const [name, field] of Object.entries(object.fields)) {
      const before = known[name];
      known[name] =
        before === undefined || field.sure
          ? { ...field }
          : { shape: eitherOf([before.shape, field.shape]), sure: before.sure };
    }
    return known;
  }, {});
  return { kind: 'object', fields, open: objects.some(({ open }) => open) };
}

function shapeOfEach(node: EachNode, known: Known): Shape {
  const list = shapeOf(node.list, known);
  const most = mostItems(list);
  switch (node.function) {
    case 'some':
    case 'every':
      return BOOLEAN;
    case 'ascending':
    case 'descending':
      return list;
    case 'filter':
      return { kind: 'list', items: itemsOf(list), fewest: 0, most };
    case 'map': {
      const inner: Known = (variable) => (variable === node.parameter ? itemsOf(list) : known(variable));
      return { kind: 'list', items: shapeOf(node.body, inner), fewest: fewestItems(list), most };
    }
  }
}

function picked(shape: Shape, fields: { readonly [field: string]: Parts }): Shape {
  if (shape.kind === 'either') return eitherOf(shape.shapes.map((one) => picked(one, fields)));
  if (shape.kind === 'list') return { ...shape, items: picked(shape.items, fields) };
  if (shape.kind !== 'object') return UNKNOWN;
  const kept = Object.entries(fields).flatMap(([name, parts]) => {
    const field = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (field === undefined) return shape.open ? [[name, { shape: UNKNOWN, sure: false }] as const] : [];
    return [[name, parts === true ? field : { ...field, shape: picked(field.shape, parts) }] as const];
  });
  return { kind: 'object', fields: Object.fromEntries(kept), open: false };
}
