/** The expression gives nothing, which fails a field in Step Functions. */
export const nothing = Symbol('nothing');

/** The expression faults, with this code of JSONata's. */
export class Faults {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }
}

export const faults = (code: string): Faults => new Faults(code);

/** What each expression gives: JSON, `nothing`, or a fault. */
export interface Cases {
  readonly [expression: string]: unknown;
}
