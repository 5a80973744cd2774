import { createHash } from 'node:crypto';
import type { Only } from './only.ts';

/** Tells one selection from another, without its values; the same for every reading of one request. */
export function selectionMark(only: Only | undefined): string {
  return only === undefined ? 'all' : createHash('sha256').update(JSON.stringify(only)).digest('hex');
}
