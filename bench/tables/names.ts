/** The live table of a benchmark. */
export const LIVE = 'orders';
/** Its restored copy, named as the recovery names one. */
export const RESTORED = 'rewind-orders';
export const LEDGER = 'ledger';

export const INCIDENT = 'bench';
/** The execution that resets. */
export const RUN = 'arn:aws:states:us-east-1:000000000000:execution:Rewind:bench';
