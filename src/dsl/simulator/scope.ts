import type { Json } from '../asl/machine.ts';
import { maximumAssignBytes, maximumVariableBytes } from './limits.ts';
import { SimulationError } from './simulation-error.ts';
import { StateFailure } from './state-failure.ts';
import { put } from '../asl/put.ts';

/** A variable's new value, and the bytes of its JSON text. */
export interface Assignment {
  readonly variable: string;
  readonly value: Json;
  readonly bytes: number;
}

export const assignmentsOf = (values: { readonly [variable: string]: Json }): readonly Assignment[] =>
  Object.entries(values).map(([variable, value]) => ({
    variable,
    value,
    bytes: Buffer.byteLength(JSON.stringify(value)),
  }));

/**
 * The variables of a machine, a branch or an iteration. An inner scope reads the outer ones' variables and may
 * not assign them. Source: developer guide, "Passing data between states with variables", "Scope of variables".
 */
export class Scope {
  readonly #own = new Map<string, Assignment>();
  readonly #outer: Scope | undefined;
  /** What a scope without an outer one shows, until it changes. */
  #visible: { readonly [variable: string]: Json } | undefined;
  /** Bytes of all variables of the execution. */
  readonly #total: { bytes: number };
  #closed = false;

  constructor(outer?: Scope) {
    this.#outer = outer;
    this.#total = outer === undefined ? { bytes: 0 } : outer.#total;
  }

  /**
   * Sets the variables of one Assign.
   * @throws SimulationError when an outer scope has one of them, which CreateStateMachine refuses.
   * @throws StateFailure States.DataLimitExceeded when they are more than 256 KiB together, or all variables of
   * the execution more than 10 MiB (same source, "Limits").
   */
  assign(assignments: readonly Assignment[], stateName: string): void {
    let [assigned, total] = [0, this.#total.bytes];
    for (const { variable, bytes } of assignments) {
      if (this.#outer?.has(variable) === true)
        throw new SimulationError(
          `state '${stateName}' assigns '${variable}', a variable of an outer scope; give the inner one another name`,
        );
      assigned += bytes;
      total += bytes - (this.#own.get(variable)?.bytes ?? 0);
    }
    if (assigned > maximumAssignBytes || total > maximumVariableBytes)
      throw new StateFailure(
        'States.DataLimitExceeded',
        `The variables assigned in the state '${stateName}' exceed the maximum number of bytes service limit.`,
      );
    this.#total.bytes = total;
    for (const assignment of assignments) this.#own.set(assignment.variable, assignment);
    this.#visible = undefined;
  }

  /** The branch or iteration is over: its variables no longer count. */
  close(): void {
    if (!this.#closed) this.#total.bytes -= this.#ownBytes();
    this.#closed = true;
  }

  /** A redriven execution goes on with the branch or iteration, and with its variables as they were. */
  reopen(): void {
    if (this.#closed) this.#total.bytes += this.#ownBytes();
    this.#closed = false;
  }

  #ownBytes(): number {
    let sum = 0;
    for (const { bytes } of this.#own.values()) sum += bytes;
    return sum;
  }

  has(variable: string): boolean {
    return this.#own.has(variable) || this.#outer?.has(variable) === true;
  }

  /** A variable's value; undefined when there is none. */
  read(variable: string): Json | undefined {
    const own = this.#own.get(variable);
    return own === undefined ? this.#outer?.read(variable) : own.value;
  }

  /** Every variable that can be read here, as it is now. */
  visible(): { readonly [variable: string]: Json } {
    if (this.#outer !== undefined && this.#own.size === 0) return this.#outer.visible();
    if (this.#outer === undefined && this.#visible !== undefined) return this.#visible;
    const visible: { [variable: string]: Json } = { ...this.#outer?.visible() };
    for (const { variable, value } of this.#own.values()) put(visible, variable, value);
    return (this.#visible = visible);
  }
}
