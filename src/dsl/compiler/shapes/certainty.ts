import type {
  EachNode,
  ExpressionNode,
  OperationNode,
  Operator,
  TemplateNode,
} from '../../ast/expression-node.ts';
import { type Known, shapeOf } from './expression-shape.ts';
import { type Shape, fieldOf, itemsOf } from './shape.ts';

/** What evaluating an expression may come to when all data are what their schemas say. */
export interface Certainty {
  /** No value: JSONata's undefined. */
  readonly mayBeMissing: boolean;
  /** An error. */
  readonly mayFail: boolean;
}

/** What is known where an expression stands. */
export interface Knowledge {
  readonly shapes: Known;
  /** Variables that some way to it does not set. */
  readonly unset: ReadonlySet<string>;
}

const SURE: Certainty = { mayBeMissing: false, mayFail: false };

const all = (parts: readonly Certainty[]): Certainty => ({
  mayBeMissing: parts.some(({ mayBeMissing }) => mayBeMissing),
  mayFail: parts.some(({ mayFail }) => mayFail),
});

/** How an operator's certainty follows from its operands'. */
type Rule = (operands: readonly Certainty[], nodes: readonly ExpressionNode[]) => Certainty;

/** Gives a value whatever is missing among its operands. */
const total: Rule = (operands) => ({ ...all(operands), mayBeMissing: false });

/** Gives nothing when an operand is nothing. */
const strict: Rule = (operands) => all(operands);

/** May find nothing. */
const finds: Rule = (operands) => ({ ...all(operands), mayBeMissing: true });

/** May be given what it cannot work on, though its type is right. */
const fails: Rule = (operands) => ({ ...all(operands), mayFail: true });

/** Works on what is written out, as far as the author has seen it work. */
const failsUnlessWritten: Rule = (operands, nodes) =>
  nodes.every(({ kind }) => kind === 'literal') ? SURE : fails(operands, nodes);

/** Fails for a last operand of 0. */
const failsForZero: Rule = (operands, nodes) => {
  const by = nodes.at(-1);
  return by?.kind === 'literal' && by.value !== 0 ? strict(operands, nodes) : fails(operands, nodes);
};

/** Of no numbers there is none. */
const ofNumbers: Rule = (operands, nodes) => {
  const [list] = nodes;
  const some = list?.kind === 'template' && list.template.kind === 'list' && list.template.items.length > 0;
  return some ? strict(operands, nodes) : finds(operands, nodes);
};

const RULES: Readonly<Record<Operator, Rule>> = {
  '=': total,
  '!=': total,
  '<': strict,
  '<=': strict,
  '>': strict,
  '>=': strict,
  and: total,
  or: total,
  in: total,
  '+': strict,
  '-': strict,
  '*': strict,
  '/': failsForZero,
  '%': failsForZero,
  '&': total,
  not: total,
  exists: total,
  type: strict,
  count: total,
  sum: strict,
  min: ofNumbers,
  max: ofNumbers,
  average: ofNumbers,
  abs: strict,
  floor: strict,
  ceil: strict,
  round: strict,
  power: fails,
  number: fails,
  string: strict,
  length: strict,
  uppercase: strict,
  lowercase: strict,
  trim: strict,
  contains: strict,
  join: strict,
  substring: strict,
  substringBefore: strict,
  substringAfter: strict,
  replace: strict,
  pad: strict,
  base64encode: strict,
  base64decode: fails,
  encodeUrlComponent: fails,
  decodeUrlComponent: fails,
  hash: strict,
  now: total,
  // What Step Functions itself tells is a time.
  toMillis: (operands, nodes) => {
    const [time] = nodes;
    const told = time?.kind === 'reference' && time.variable === 'states' && time.path[0] === 'context';
    return told ? strict(operands, nodes) : fails(operands, nodes);
  },
  fromMillis: strict,
  uuid: total,
  random: total,
  split: strict,
  keys: total,
  append: total,
  reverse: total,
  distinct: total,
  partition: failsForZero,
  orElse: ([value = SURE, fallback = SURE]) => ({
    mayBeMissing: fallback.mayBeMissing,
    mayFail: value.mayFail || fallback.mayFail,
  }),
  choose: ([condition = SURE, ...ways]) => ({ ...all(ways), mayFail: all([condition, ...ways]).mayFail }),
  at: finds,
  field: finds,
  lookup: finds,
  parse: fails,
  range: failsUnlessWritten,
  steps: failsUnlessWritten,
  flatten: total,
  merge: total,
  entries: total,
  fromEntries: total,
  startsWith: total,
  endsWith: total,
  required: (operands) => ({
    mayBeMissing: false,
    mayFail: all(operands).mayFail || all(operands).mayBeMissing,
  }),
  seconds: fails,
  timestamp: fails,
  plainCause: total,
  plainError: total,
};

/** Of an expression whose references stand for what is known of them. */
export function certaintyOf(node: ExpressionNode, known: Knowledge): Certainty {
  switch (node.kind) {
    case 'literal':
      return SURE;
    case 'reference':
      return {
        ...SURE,
        mayBeMissing: known.unset.has(node.variable) || !surelyHas(known.shapes(node.variable), node.path),
      };
    case 'operation':
      return certaintyOfOperation(node, known);
    case 'each':
      return certaintyOfEach(node, known);
    case 'pick':
      return { ...certaintyOf(node.of, known), mayBeMissing: false };
    case 'template':
      return { mayBeMissing: false, mayFail: !isSafe(node.template, known) };
    case 'raw':
      if (node.total)
        return total(
          node.operands.map((operand) => certaintyOf(operand, known)),
          node.operands,
        );
      return { mayBeMissing: true, mayFail: true };
  }
}

function certaintyOfOperation({ operator, operands }: OperationNode, known: Knowledge): Certainty {
  const certainties = operands.map((operand) => certaintyOf(operand, known));
  const [object, name] = operands;
  if (operator === 'field' && object && name?.kind === 'literal' && typeof name.value === 'string')
    return surelyHas(shapeOf(object, known.shapes), [name.value])
      ? strict(certainties, operands)
      : finds(certainties, operands);
  return RULES[operator](certainties, operands);
}

/** A list in any case: an element that is made into nothing is left out. */
function certaintyOfEach(node: EachNode, known: Knowledge): Certainty {
  return total([certaintyOf(node.list, known), certaintyOf(node.body, inBody(node, known))], []);
}

/** Within the function that is called for each element. */
export function inBody(node: EachNode, known: Knowledge): Knowledge {
  const element = itemsOf(shapeOf(node.list, known.shapes));
  return {
    ...known,
    shapes: (variable) => (variable === node.parameter ? element : known.shapes(variable)),
  };
}

/** Whether a template's values are all there: only a field that may be left out may have none. */
export function isSafe(template: TemplateNode, known: Knowledge): boolean {
  switch (template.kind) {
    case 'value': {
      const { mayBeMissing, mayFail } = certaintyOf(template.value, known);
      return !mayFail && (template.optional === true || !mayBeMissing);
    }
    case 'list':
      return template.items.every((item) => isSafe(item, known));
    case 'object':
      return Object.values(template.fields).every((field) => isSafe(field, known));
  }
}

/** Whether a value has such a field in any case. */
export function surelyHas(shape: Shape, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  if (shape.kind === 'either') return shape.shapes.every((one) => surelyHas(one, path));
  if (shape.kind !== 'object') return false;
  const sure = Object.hasOwn(shape.fields, name) && shape.fields[name]?.sure === true;
  return sure && surelyHas(fieldOf(shape, name), rest);
}
