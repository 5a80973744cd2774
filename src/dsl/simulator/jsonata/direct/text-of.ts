import { NOT_DIRECT } from './syntax-node.ts';

/** JSONata's `$string`, as an operand of `&`: nothing is no text. Fractions are rounded there, and not direct. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0)) return `${value}`;
  throw NOT_DIRECT;
}
