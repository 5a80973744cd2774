/** What an intrinsic function cannot compute, in words that follow "had the following error: ". */
export class IntrinsicFault extends Error {}
