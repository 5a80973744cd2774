import type { Json } from '../../../src/dsl/asl/machine.ts';
import type {
  ExpressionNode,
  OperationNode,
  Operator,
  TemplateNode,
} from '../../../src/dsl/ast/expression-node.ts';
import { WorkflowFailure } from './workflow-failure.ts';

/** A value, or undefined where there is none. */
export type Value = Json | undefined;

/** What a name stands for. */
export type Look = (variable: string) => Value;

/** The value of an expression, by the meaning that its operator's documentation gives. */
export function evaluate(node: ExpressionNode, look: Look): Value {
  switch (node.kind) {
    case 'reference':
      return node.path.reduce<Value>(fieldOf, look(node.variable));
    case 'literal':
      return node.value;
    case 'operation':
      return operate(node, look);
    case 'template':
      return inner(node.template, look);
    case 'each':
    case 'raw':
    case 'pick':
      throw new Error(`nothing here draws a ${node.kind}`);
  }
}

function fieldOf(value: Value, field: string): Value {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, field) ? (value as { [name: string]: Json })[field] : undefined;
}

/** The operators that are drawn; an operand is only evaluated when its value is wanted. */
const OPERATORS: { readonly [O in Operator]?: (of: (index: number) => Value) => Value } = {
  '=': (of) => of(0) !== undefined && JSON.stringify(of(0)) === JSON.stringify(of(1)),
  '+': (of) => (of(0) === undefined || of(1) === undefined ? undefined : Number(of(0)) + Number(of(1))),
  '&': (of) => text(of(0)) + text(of(1)),
  and: (of) => of(0) === true && of(1) === true,
  or: (of) => of(0) === true || of(1) === true,
  not: (of) => (of(0) === undefined ? undefined : of(0) !== true),
  exists: (of) => of(0) !== undefined,
  orElse: (of) => (of(0) === undefined ? of(1) : of(0)),
  choose: (of) => (of(0) === true ? of(1) : of(2)),
  type: (of) => (of(0) === undefined ? undefined : typeof of(0)),
  // The reference keeps failures in plain words from the start.
  plainCause: (of) => of(0),
  plainError: (of) => of(0),
};

function operate({ operator, operands }: OperationNode, look: Look): Value {
  const meaning = OPERATORS[operator];
  if (meaning === undefined) throw new Error(`nothing here draws the operator ${operator}`);
  return meaning((index) => evaluate(operands[index] as ExpressionNode, look));
}

/** A value as a part of a text: one that is missing is none. */
export const text = (value: Value): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** A template inside an expression: a field without a value is left out. */
function inner(template: TemplateNode, look: Look): Value {
  switch (template.kind) {
    case 'value':
      return evaluate(template.value, look);
    case 'list':
      return template.items.flatMap((item) => inner(item, look) ?? []);
    case 'object':
      return Object.fromEntries(
        Object.entries(template.fields).flatMap(([name, field]) => {
          const value = inner(field, look);
          return value === undefined ? [] : [[name, value]];
        }),
      );
  }
}

/** How a failure for want of a value tells of it; the machine's own words name states and expressions. */
export const NO_VALUE = 'there is no value';

/**
 * A template on its own: arguments, results.
 * @throws WorkflowFailure where a part of it has no value.
 */
export function filled(template: TemplateNode, look: Look): Json {
  switch (template.kind) {
    case 'value': {
      const value = evaluate(template.value, look);
      if (value === undefined) throw new WorkflowFailure('States.QueryEvaluationError', NO_VALUE);
      return value;
    }
    case 'list':
      return template.items.map((item) => filled(item, look));
    case 'object':
      return Object.fromEntries(
        Object.entries(template.fields).map(([name, field]) => [name, filled(field, look)]),
      );
  }
}
