/** How a poll or a repetition fails by itself; no Task state ever fails with these. */
export const LOOP_ERRORS: ReadonlySet<string> = new Set(['GaveUp', 'PollFailed']);
