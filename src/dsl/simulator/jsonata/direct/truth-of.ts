import { NOT_DIRECT } from './syntax-node.ts';

/** JSONata's `$boolean` of what is no array or object; nothing counts as false. */
export function truthOf(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value !== '';
  if (typeof value === 'number') return value !== 0;
  if (value === undefined || value === null) return false;
  throw NOT_DIRECT;
}
