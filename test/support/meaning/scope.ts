import type { Json } from '../../../src/dsl/asl/machine.ts';
import type { Value } from './evaluate.ts';

/** The values by name: an inner scope sees what is around it, and keeps its own to itself. */
export class Scope {
  readonly #around: Scope | undefined;
  readonly #own = new Map<string, Json>();

  constructor(around?: Scope) {
    this.#around = around;
  }

  look(name: string): Value {
    return this.#own.has(name) ? this.#own.get(name) : this.#around?.look(name);
  }

  set(name: string, value: Value): void {
    if (value === undefined) this.#own.delete(name);
    else this.#own.set(name, value);
  }
}
