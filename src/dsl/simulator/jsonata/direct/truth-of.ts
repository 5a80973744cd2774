/** JSONata's `$boolean`; nothing counts as false, and so does a list with nothing true in it. */
export function truthOf(value: unknown): boolean {
  if (typeof value !== 'object') return Boolean(value);
  if (Array.isArray(value)) return value.some(truthOf);
  return value !== null && Object.keys(value).length > 0;
}
