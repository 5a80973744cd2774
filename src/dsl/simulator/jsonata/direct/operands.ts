import { NOT_DIRECT } from './syntax-node.ts';

export function aText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw NOT_DIRECT;
}

/** JSON has no other numbers. */
export function aNumber(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw NOT_DIRECT;
}

export function anObject(value: unknown): { readonly [field: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw NOT_DIRECT;
  return value as { readonly [field: string]: unknown };
}
