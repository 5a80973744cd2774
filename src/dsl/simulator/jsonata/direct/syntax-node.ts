/** A node of what the `jsonata` package parses, as far as it is read here. */
export interface SyntaxNode {
  readonly type: string;
  readonly value?: unknown;
  readonly steps?: readonly SyntaxNode[];
  /** Of an object its pairs of key and value, else the left operand. */
  readonly lhs?: SyntaxNode | readonly (readonly [SyntaxNode, SyntaxNode])[];
  readonly rhs?: SyntaxNode;
  readonly condition?: SyntaxNode;
  readonly then?: SyntaxNode;
  readonly else?: SyntaxNode;
  readonly expression?: SyntaxNode;
  readonly expressions?: readonly SyntaxNode[];
  readonly procedure?: SyntaxNode;
  readonly arguments?: readonly SyntaxNode[];
  readonly predicate?: unknown;
  /** What groups the results of a path, as an object's pairs do. */
  readonly group?: { readonly lhs: SyntaxNode['lhs'] };
}

/** `$states`, of which what is undefined is not there. */
export interface StatesVariable {
  readonly input?: unknown;
  readonly context?: unknown;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
}

/** What an expression sees: the variables, and `$states`, which no variable is named. */
export interface Bindings {
  readonly variables: { readonly [name: string]: unknown };
  readonly states?: StatesVariable;
}

/** Gives the value of an expression, or throws `NOT_DIRECT`. */
export type DirectForm = (bindings: Bindings) => unknown;

/** Makes the form of a part; undefined when the part has none. */
export type MakeForm = (node: SyntaxNode) => DirectForm | undefined;

/** Thrown where the values are not those that a form is for: the whole expression is then evaluated by the package. */
export const NOT_DIRECT = Symbol('not direct');
