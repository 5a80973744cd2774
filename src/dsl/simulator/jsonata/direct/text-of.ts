import { NOT_DIRECT } from './syntax-node.ts';

/** JSONata's `$string`, as an operand of `&`: nothing is no text. Fractions are rounded there, and not direct. */
export function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'undefined':
      return '';
    case 'boolean':
      return String(value);
    case 'number':
      if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
      throw NOT_DIRECT;
    default:
      if (value === null) return 'null';
      throw NOT_DIRECT;
  }
}
