import type { ExpressionNode, Operator } from '../../ast/expression-node.ts';
import { jsonBytes } from './json-bytes.ts';
import {
  BOOLEAN,
  type FieldShape,
  NUMBER,
  type Shape,
  UNKNOWN,
  eitherOf,
  fewestItems,
  fieldOf,
  itemsOf,
  mostItems,
  scalar,
} from './shape.ts';

/** The result's shape, from the operands' and, where it matters, from what is written there. */
type Result = (shapes: readonly Shape[], operands: readonly ExpressionNode[]) => Shape;

const always =
  (shape: Shape): Result =>
  () =>
    shape;

const boolean = always(BOOLEAN);
const number = always(NUMBER);
const unknown = always(UNKNOWN);

/** Text no longer than what it is taken from. */
const shortened: Result = ([text]) => (text?.kind === 'scalar' ? { ...text, least: 2 } : UNKNOWN);

/**
 * How large what an operator gives may be. Unknown is what may grow in a way that schemas do not tell: a character
 * of another size, text that is repeated.
 */
const RESULTS: Readonly<Record<Operator, Result>> = {
  '=': boolean,
  '!=': boolean,
  '<': boolean,
  '<=': boolean,
  '>': boolean,
  '>=': boolean,
  and: boolean,
  or: boolean,
  in: boolean,
  not: boolean,
  exists: boolean,
  contains: boolean,
  startsWith: boolean,
  endsWith: boolean,
  '+': number,
  '-': number,
  '*': number,
  '/': number,
  '%': number,
  count: number,
  sum: number,
  min: number,
  max: number,
  average: number,
  abs: number,
  floor: number,
  ceil: number,
  round: number,
  power: number,
  number,
  length: number,
  toMillis: number,
  random: number,
  // 2026-01-01T00:00:00.000Z
  now: always(scalar(26, 26)),
  uuid: always(scalar(38, 38)),
  type: always(scalar(6, 10)),
  trim: shortened,
  substring: shortened,
  substringBefore: shortened,
  substringAfter: shortened,
  choose: ([, then = UNKNOWN, otherwise = UNKNOWN]) => eitherOf([then, otherwise]),
  orElse: (shapes) => eitherOf(shapes),
  required: ([value = UNKNOWN]) => value,
  seconds: number,
  timestamp: ([value = UNKNOWN]) => value,
  '&': joined,
  string: ([value = UNKNOWN]) => joined([value, scalar(2, 2)]),
  field: ([object = UNKNOWN], [, name]) => named(object, name) ?? UNKNOWN,
  // What a Parallel gives is known branch by branch.
  at: ([list = UNKNOWN], [, index]) =>
    list.kind === 'object' ? (named(list, index) ?? UNKNOWN) : itemsOf(list),
  reverse: ([list = UNKNOWN]) => list,
  distinct: ([list = UNKNOWN]) =>
    list.kind === 'list' ? { ...list, fewest: Math.min(1, list.fewest) } : UNKNOWN,
  append: appended,
  range: ranged,
  merge: merged,
  uppercase: unknown,
  lowercase: unknown,
  join: unknown,
  replace: unknown,
  pad: unknown,
  base64encode: unknown,
  base64decode: unknown,
  encodeUrlComponent: unknown,
  decodeUrlComponent: unknown,
  // The digits of SHA-512 at most.
  hash: always(scalar(34, 130)),
  fromMillis: unknown,
  split: unknown,
  keys: unknown,
  partition: unknown,
  lookup: unknown,
  parse: unknown,
  steps: unknown,
  flatten: unknown,
  entries: unknown,
  fromEntries: unknown,
  plainCause: unknown,
  plainError: unknown,
};

export const operatorShape = (
  operator: Operator,
  shapes: readonly Shape[],
  operands: readonly ExpressionNode[],
): Shape => RESULTS[operator](shapes, operands);

/** A field, when its name is written out. */
function named(object: Shape, name: ExpressionNode | undefined): Shape | undefined {
  if (name?.kind !== 'literal') return undefined;
  const { value } = name;
  return typeof value === 'string' || typeof value === 'number' ? fieldOf(object, `${value}`) : undefined;
}

/** Texts one behind the other; what is no text is written as its JSON, which puts a backslash before each quote. */
function joined(shapes: readonly Shape[]): Shape {
  let most = 2;
  for (const shape of shapes) {
    if (shape.kind !== 'scalar' || shape.most === undefined) return scalar(2, undefined);
    most += shape.most;
  }
  return scalar(2, most);
}

function appended([left = UNKNOWN, right = UNKNOWN]: readonly Shape[]): Shape {
  const [a, b] = [mostItems(left), mostItems(right)];
  return {
    kind: 'list',
    items: eitherOf([itemsOf(left), itemsOf(right)]),
    fewest: fewestItems(left) + fewestItems(right),
    most: a === undefined || b === undefined ? undefined : a + b,
  };
}

/** Whole numbers from one to another, both included. */
function ranged(_shapes: readonly Shape[], [from, to]: readonly ExpressionNode[]): Shape {
  const [first, last] = [from, to].map((end) => (end?.kind === 'literal' ? Number(end.value) : undefined));
  if (first === undefined || last === undefined)
    return { kind: 'list', items: NUMBER, fewest: 0, most: undefined };
  const count = Math.max(0, last - first + 1);
  const bytes = [first, last].map(jsonBytes);
  return { kind: 'list', items: scalar(1, Math.max(...bytes)), fewest: count, most: count };
}

function merged(shapes: readonly Shape[]): Shape {
  const objects = shapes.filter((shape) => shape.kind === 'object');
  if (objects.length < shapes.length) return UNKNOWN;
  const fields: Record<string, FieldShape> = {};
  for (const object of objects)
    for (const [name, field] of Object.entries(object.fields)) {
      const before = fields[name];
      fields[name] =
        before === undefined || field.sure
          ? field
          : { shape: eitherOf([before.shape, field.shape]), sure: before.sure };
    }
  return { kind: 'object', fields, open: objects.some(({ open }) => open) };
}
