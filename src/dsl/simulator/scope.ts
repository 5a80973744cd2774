import type { Json } from '../asl/machine.ts';
import { SimulationError } from './simulation-error.ts';

/**
 * The variables of a machine, a branch or an iteration. An inner scope reads the outer ones' variables and may
 * not assign them. Source: developer guide, "Passing data between states with variables", "Scope of variables".
 */
export class Scope {
  readonly #own = new Map<string, Json>();
  readonly #outer: Scope | undefined;

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  /** @throws SimulationError when an outer scope has the variable, which CreateStateMachine refuses. */
  assign(variable: string, value: Json, stateName: string): void {
    if (this.#outer?.has(variable) === true)
      throw new SimulationError(
        `state '${stateName}' assigns '${variable}', a variable of an outer scope; give the inner one another name`,
      );
    this.#own.set(variable, value);
  }

  has(variable: string): boolean {
    return this.#own.has(variable) || this.#outer?.has(variable) === true;
  }

  /** Every variable that can be read here. */
  visible(): { [variable: string]: Json } {
    return Object.assign(this.#outer?.visible() ?? {}, Object.fromEntries(this.#own));
  }
}
