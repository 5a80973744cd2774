import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Only } from './only.ts';

/** Tells one selection from another without its values: a digest, or `all` for every item. */
export const SelectionMark = z.string().regex(/^(all|[0-9a-f]{64})$/);

/** The mark of every item. */
export const EVERY_ITEM = 'all';

/** The marks of what is asked of these tables, by their names. */
export function marksOf(
  tables: readonly { readonly name: string; readonly only?: Only | undefined }[],
): ReadonlyMap<string, string> {
  return new Map(tables.map(({ name, only }) => [name, selectionMark(only)]));
}

/** The mark of a selection, the same for every reading of one request. */
export function selectionMark(only: Only | undefined): string {
  return only === undefined ? EVERY_ITEM : createHash('sha256').update(JSON.stringify(only)).digest('hex');
}
