import { type Budget } from './budget.ts';
import { type Bindings, type SyntaxNode } from './syntax-node.ts';

/** A part of an expression as a function of what it sees and of the value that it is evaluated for (`$`). */
export type Form = (bindings: Bindings, context: unknown) => unknown;

/** Calls a function. */
export type Apply = (...given: readonly unknown[]) => unknown;

/** The value of a variable of the expression's own. One place for each is enough: no direct form calls itself. */
export interface Cell {
  readonly kind: 'value';
  value: unknown;
}

/** A function of the expression's own, once its block has bound it. It can be called, and nothing else. */
export interface OwnFunction {
  readonly kind: 'function';
  apply: Apply;
}

/** What a name of the expression's own stands for; `later` where that is not the same for each call of a function. */
export type Own = Cell | OwnFunction | { readonly kind: 'later' };

type MakeForm = (node: SyntaxNode, making: Making) => Form;

/** The making of a form: how its parts are made, and the names of the expression's own that they may see. */
export class Making {
  readonly budget: Budget;
  readonly #make: MakeForm;
  readonly #owned: ReadonlyMap<unknown, Own>;

  constructor(make: MakeForm, budget: Budget, owned: ReadonlyMap<unknown, Own> = new Map()) {
    this.#make = make;
    this.budget = budget;
    this.#owned = owned;
  }

  /** @throws NOT_DIRECT when the part has no form. */
  form(part: SyntaxNode): Form {
    return this.#make(part, this);
  }

  /** What the name stands for, if it is one of the expression's own. */
  own(name: unknown): Own | undefined {
    return this.#owned.get(name);
  }

  /** The making of what sees these names as well. */
  within(names: Iterable<readonly [name: string, own: Own]>): Making {
    return new Making(this.#make, this.budget, new Map([...this.#owned, ...names]));
  }
}
