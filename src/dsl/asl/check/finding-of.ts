import { codes } from './codes.ts';
import type { Fault, Finding } from './finding.ts';

/** A fault with what follows from its code. */
export function findingOf(fault: Fault): Finding {
  const { severity, awsCode } = { awsCode: undefined, ...codes[fault.code] };
  return { ...fault, severity, ...(awsCode === undefined ? {} : { awsCode }) };
}
