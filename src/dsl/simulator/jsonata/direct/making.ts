import { type Budget } from './budget.ts';
import { type Bindings, type SyntaxNode } from './syntax-node.ts';

/** A part of an expression as a function of what it sees and of the value that it is evaluated for (`$`). */
export type Form = (bindings: Bindings, context: unknown) => unknown;

/** The value of a variable of the expression's own. One place for each is enough: no direct form calls itself. */
export interface Cell {
  value: unknown;
}

type MakeForm = (node: SyntaxNode, making: Making) => Form;

/** The making of a form: how its parts are made, and the variables that they may see. */
export class Making {
  readonly budget: Budget;
  readonly #make: MakeForm;
  readonly #cells: ReadonlyMap<unknown, Cell>;

  constructor(make: MakeForm, budget: Budget, cells: ReadonlyMap<unknown, Cell> = new Map()) {
    this.#make = make;
    this.budget = budget;
    this.#cells = cells;
  }

  /** @throws NOT_DIRECT when the part has no form. */
  form(part: SyntaxNode): Form {
    return this.#make(part, this);
  }

  /** Where the variable stands, if it is one of the expression's own. */
  cell(name: unknown): Cell | undefined {
    return this.#cells.get(name);
  }

  /** The making of what sees these variables as well. */
  within(cells: Iterable<readonly [name: string, cell: Cell]>): Making {
    return new Making(this.#make, this.budget, new Map([...this.#cells, ...cells]));
  }
}
