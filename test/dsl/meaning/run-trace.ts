/** One call of the task; `at` is when, in virtual milliseconds since the start. */
export interface TracedCall {
  readonly at: number;
  /** The place of the call and the elements of the loops around it. */
  readonly site: string;
  readonly sees: string;
}

/** What one can see of an execution from outside. */
export interface RunTrace {
  readonly calls: readonly TracedCall[];
  readonly end:
    | { readonly status: 'SUCCEEDED'; readonly output: string }
    | {
        readonly status: 'FAILED';
        readonly error: string;
        readonly cause: string;
        /** Whether the failure stayed where it happened, so that its cause may be what Lambda makes of it. */
        readonly stayed: boolean;
      };
  readonly milliseconds: number;
}

/** By time; what happens at the same time in different branches has no order. */
export const inOrder = (calls: readonly TracedCall[]): readonly TracedCall[] =>
  calls.toSorted((a, b) => a.at - b.at || (a.site < b.site ? -1 : 1));
