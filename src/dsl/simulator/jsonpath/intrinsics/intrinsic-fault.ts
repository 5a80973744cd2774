/** What an intrinsic function cannot compute, in words that follow "had the following error: ". */
export class IntrinsicFault extends Error {}

/** An argument's path that leads nowhere: the function was never called. */
export class MissingArgument extends IntrinsicFault {}
