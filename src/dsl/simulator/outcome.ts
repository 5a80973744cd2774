import type { Json } from '../asl/machine.ts';

/** What a state's work, or its Catcher, came to, before its output and variables are made of it. */
export interface Outcome {
  /** The state to go to; absent at the end. */
  readonly next: string | undefined;
  /** The part of the state whose fields shape the output: itself, a Choice rule or a Catcher. */
  readonly producer: object;
  /** The producer's place within the state, as in `Catch[0]/`. */
  readonly prefix?: string;
  /** Absent for states without one. */
  readonly result?: Json;
  /** What a Catcher caught; absent outside Catchers. */
  readonly errorOutput?: Json;
}

export interface Production {
  readonly next: string | undefined;
  readonly output: Json;
  readonly assigned: { readonly [variable: string]: Json } | undefined;
}
