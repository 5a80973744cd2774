import type { Json } from '../asl/machine.ts';

/** What an author's operators and references become: plain data, rendered as JSONata by the compiler. */
export type ExpressionNode =
  ReferenceNode | LiteralNode | OperationNode | EachNode | RawNode | PickNode | TemplateExpressionNode;

/** A field, however deep, of a variable; `variable: 'states'` is Step Functions' own `$states`. */
export interface ReferenceNode {
  readonly kind: 'reference';
  readonly variable: string;
  readonly path: readonly string[];
}

export interface LiteralNode {
  readonly kind: 'literal';
  readonly value: Json;
}

/** The operators, by their JSONata meaning; the operands are in JSONata's order. */
export type Operator = InfixOperator | FunctionOperator | ListOperator | ComposedOperator;

/** Written between their operands. */
export type InfixOperator =
  '=' | '!=' | '<' | '<=' | '>' | '>=' | 'and' | 'or' | 'in' | '+' | '-' | '*' | '/' | '%' | '&';

/** JSONata's functions of the same name, `$name(…)`, that give one value: text, a number, a boolean, an object. */
export type FunctionOperator =
  | 'not'
  | 'exists'
  | 'type'
  | 'count'
  | 'sum'
  | 'min'
  | 'max'
  | 'average'
  | 'abs'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'power'
  | 'number'
  | 'string'
  | 'length'
  | 'uppercase'
  | 'lowercase'
  | 'trim'
  | 'contains'
  | 'join'
  | 'substring'
  | 'substringBefore'
  | 'substringAfter'
  | 'replace'
  | 'pad'
  | 'base64encode'
  | 'base64decode'
  | 'encodeUrlComponent'
  | 'decodeUrlComponent'
  | 'hash'
  | 'now'
  | 'toMillis'
  | 'fromMillis'
  | 'uuid'
  | 'random';

/** JSONata's functions of the same name that give an array, or what is left of one: `[$name(…)]`. */
export type ListOperator = 'split' | 'keys' | 'append' | 'reverse' | 'distinct' | 'partition';

/** Those that are more than one call, or whose result may be anything. */
export type ComposedOperator =
  | 'orElse'
  | 'choose'
  | 'at'
  | 'field'
  | 'lookup'
  | 'parse'
  | 'range'
  | 'steps'
  | 'flatten'
  | 'merge'
  | 'entries'
  | 'fromEntries'
  | 'startsWith'
  | 'endsWith'
  | 'required'
  | 'seconds'
  | 'timestamp'
  | 'plainCause'
  | 'plainError';

export interface OperationNode {
  readonly kind: 'operation';
  readonly operator: Operator;
  readonly operands: readonly ExpressionNode[];
}

/** `body` is evaluated for each element of `list`, which it sees as `$parameter`. */
export interface EachNode {
  readonly kind: 'each';
  /** The last two sort by what the body gives. */
  readonly function: 'map' | 'filter' | 'some' | 'every' | 'ascending' | 'descending';
  readonly list: ExpressionNode;
  readonly parameter: string;
  readonly body: ExpressionNode;
}

/** JSONata text as it stands, with an operand between each part of it and the next. */
export interface RawNode {
  readonly kind: 'raw';
  readonly parts: readonly string[];
  readonly operands: readonly ExpressionNode[];
  /** It gives a value whatever its operands are, and never fails; default: nobody knows. */
  readonly total?: true;
}

/** Which fields of a value are meant, however deep; `true` for all of it. */
export type Parts = true | { readonly [field: string]: Parts };

/** A value with these fields of it alone; one that is missing stays missing. */
export interface PickNode {
  readonly kind: 'pick';
  readonly of: ExpressionNode;
  readonly fields: { readonly [field: string]: Parts };
}

/** An object or array built inside an expression. */
export interface TemplateExpressionNode {
  readonly kind: 'template';
  readonly template: TemplateNode;
}

/** A JSON shape with expressions at its leaves: arguments, outputs, assignments. */
export type TemplateNode =
  | {
      readonly kind: 'value';
      readonly value: ExpressionNode;
      /** As a field or an element: it is left out where it has no value, which else fails the state. */
      readonly optional?: true;
    }
  | { readonly kind: 'list'; readonly items: readonly TemplateNode[] }
  | { readonly kind: 'object'; readonly fields: { readonly [name: string]: TemplateNode } };
