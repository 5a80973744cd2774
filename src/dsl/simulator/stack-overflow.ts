/** Whether something was nested more deeply than the process can follow. */
export const isStackOverflow = (fault: unknown): boolean =>
  fault instanceof RangeError && fault.message.includes('call stack');
