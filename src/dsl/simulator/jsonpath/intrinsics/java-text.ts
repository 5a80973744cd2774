import type { Json, JsonObject } from '../../../asl/machine.ts';

/** A value as Java's toString makes text of it, which is how `States.Format` fills its places. */
export function javaText(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return javaNumber(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(javaText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value as JsonObject).map(([key, item]) => `${key}=${javaText(item)}`);
  return `{${members.join(', ')}}`;
}

/** Java writes fractions below a thousandth, and from ten millions, with an exponent; whole numbers in full. */
export function javaNumber(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) return String(value);
  const [digits, exponent] = value.toExponential().split('e') as [string, string];
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}
