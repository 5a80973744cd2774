/**
 * How a machine is meant to be run, and what else is known.
 *
 * @example
 * const options: CheckOptions = { type: 'EXPRESS' };
 */
export interface CheckOptions {
  /** Default `STANDARD`. */
  readonly type?: 'STANDARD' | 'EXPRESS';
  /** Definitions of other machines by name, for what a parent must know of its children. Default: none. */
  readonly machines?: ReadonlyMap<string, unknown>;
}
