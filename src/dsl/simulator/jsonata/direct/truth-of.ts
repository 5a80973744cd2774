import { NOT_DIRECT } from './syntax-node.ts';

/** JSONata's `$boolean` of what is no array or object; nothing counts as false. */
export function truthOf(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'undefined':
      return false;
    case 'string':
      return value !== '';
    case 'number':
      return value !== 0;
    default:
      if (value === null) return false;
      throw NOT_DIRECT;
  }
}
