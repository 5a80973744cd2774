import type { Json } from '../../asl/machine.ts';
import type {
  EachNode,
  ExpressionNode,
  Parts,
  ReferenceNode,
  TemplateNode,
} from '../../ast/expression-node.ts';
import { mapValues } from '../walk.ts';
import { jsonBytes } from './json-bytes.ts';
import { operatorShape } from './operator-shape.ts';
import {
  BOOLEAN,
  type Shape,
  UNKNOWN,
  eitherOf,
  fewestItems,
  fieldOf,
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
      return {
        kind: 'object',
        fields: mapValues(template.fields, (field) => ({
          shape: shapeOfTemplate(field, known),
          // Without its value an object's other fields fail.
          sure: field.kind !== 'value' || field.optional !== true,
        })),
        open: false,
      };
  }
}

export function shapeOf(node: ExpressionNode, known: Known): Shape {
  switch (node.kind) {
    case 'literal':
      return shapeOfLiteral(node.value);
    case 'reference':
      return shapeOfReference(node, known);
    case 'operation':
      return operatorShape(
        node.operator,
        node.operands.map((operand) => shapeOf(operand, known)),
        node.operands,
      );
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
