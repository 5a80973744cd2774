import type { Json } from '../asl/machine.ts';

/** What an author's operators and references become: plain data, rendered as JSONata by the compiler. */
export type ExpressionNode =
  ReferenceNode | LiteralNode | OperationNode | EachNode | RawNode | TemplateExpressionNode;

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
export type Operator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'and'
  | 'or'
  | 'not'
  | 'in'
  | '+'
  | '-'
  | '*'
  | '/'
  | '&'
  | 'exists'
  | 'orElse'
  | 'choose'
  | 'count'
  | 'sum'
  | 'range'
  | 'toMillis'
  | 'fromMillis'
  | 'at'
  | 'type'
  | 'merge'
  | 'join'
  | 'plainCause'
  | 'plainError';

export interface OperationNode {
  readonly kind: 'operation';
  readonly operator: Operator;
  readonly operands: readonly ExpressionNode[];
}

/** `map` and `filter`: `body` is evaluated for each element of `list`, which it sees as `$parameter`. */
export interface EachNode {
  readonly kind: 'each';
  readonly function: 'map' | 'filter';
  readonly list: ExpressionNode;
  readonly parameter: string;
  readonly body: ExpressionNode;
}

/** JSONata text as it stands. */
export interface RawNode {
  readonly kind: 'raw';
  readonly jsonata: string;
}

/** An object or array built inside an expression. */
export interface TemplateExpressionNode {
  readonly kind: 'template';
  readonly template: TemplateNode;
}

/** A JSON shape with expressions at its leaves: arguments, outputs, assignments. */
export type TemplateNode =
  | { readonly kind: 'value'; readonly value: ExpressionNode }
  | { readonly kind: 'list'; readonly items: readonly TemplateNode[] }
  | { readonly kind: 'object'; readonly fields: { readonly [name: string]: TemplateNode } };
