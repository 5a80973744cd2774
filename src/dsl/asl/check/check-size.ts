import type { Check } from './check.ts';
import { at } from './finding.ts';

/** Bytes of UTF-8 that a definition may have. Source: developer guide, "Step Functions service quotas". */
const LARGEST = 1024 * 1024;

/** Definitions that are too large to be created. */
export const checkSize: Check = ({ definition, flow }) => {
  const bytes = Buffer.byteLength(JSON.stringify(definition));
  if (bytes <= LARGEST) return [];
  const problem = `the definition has ${bytes} bytes, more than ${LARGEST}`;
  return [{ code: 'definition-too-large', ...at(flow), problem, remedy: 'move a part into a child machine' }];
};
