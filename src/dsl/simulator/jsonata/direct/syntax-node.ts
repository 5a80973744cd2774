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
  readonly body?: SyntaxNode;
  /** Of a function: whether it only puts off a call that ends another function. */
  readonly thunk?: boolean;
  /** Whether `[]` stands behind a value: a single one stays a list. */
  readonly keepArray?: boolean;
  /** What is in brackets behind a value. */
  readonly predicate?: readonly Stage[];
  /** The same behind a step of a path. */
  readonly stages?: readonly Stage[];
  /** What a step of a path sorts by. */
  readonly terms?: readonly SortTerm[];
  /** Of a step of a path: whether it goes on with what it stands for (`@$x`, `#$i`). */
  readonly tuple?: boolean;
  /** What groups the results of a path, as an object's pairs do. */
  readonly group?: { readonly lhs: SyntaxNode['lhs'] };
}

/** A filter, whose expression is a condition or an index; or the name of one's own index. */
export interface Stage {
  readonly type: string;
  readonly expr?: SyntaxNode;
}

export interface SortTerm {
  readonly descending: boolean;
  readonly expression: SyntaxNode;
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
  /** Virtual milliseconds since the epoch; absent where a decision is made, which knows no time. */
  readonly now?: () => number;
}

/** Gives the value of an expression, or throws `NOT_DIRECT`. */
export type DirectForm = (bindings: Bindings) => unknown;

/**
 * Thrown where the values are not those that a form is for: the whole expression is then evaluated by the package. And
 * where a form is made, for a part that has none.
 */
export const NOT_DIRECT = Symbol('not direct');
