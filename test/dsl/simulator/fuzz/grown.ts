/**
 * A value with the texts `nested <levels> <key>` in it grown to objects in objects of that key, or to lists in lists,
 * so many levels deep: deeper than what reports a failure could show.
 */
export function grown(value: unknown): unknown {
  if (typeof value === 'string') {
    const [, levels, key] = /^nested (\d+) ?(.*)$/.exec(value) ?? [];
    return levels === undefined ? value : nested(Number(levels), key);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(grown);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, grown(inner)]));
}

function nested(levels: number, key = ''): unknown {
  let value: unknown = 0;
  for (let level = 0; level < levels; level += 1) value = key === '' ? [value] : { [key]: value };
  return value;
}
