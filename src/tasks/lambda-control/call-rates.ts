/** Lambda allows 15/s for all control-plane calls together and cannot raise it; others need some too. */
export const CALLS_PER_SECOND = 12;
/** GetFunction has a limit of its own: 100/s. */
export const READS_PER_SECOND = 80;
