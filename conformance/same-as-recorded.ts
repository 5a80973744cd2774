import type { Json, JsonObject } from '../src/dsl/asl/machine.ts';

/** What the recorder wrote in the place of times. */
const times = ['date', 'start-date'];

/** Where a value differs from a recorded one, in which `<…>` and times stand for any text; undefined if nowhere. */
export function differenceFrom(
  expected: Json | undefined,
  actual: Json | undefined,
  place = '',
): string | undefined {
  const told = () =>
    `${place}: expected ${JSON.stringify(expected) ?? 'nothing'}, got ${JSON.stringify(actual) ?? 'nothing'}`;
  if (typeof expected === 'string') return matches(expected, actual) ? undefined : told();
  if (typeof expected !== 'object' || expected === null) return expected === actual ? undefined : told();
  if (typeof actual !== 'object' || actual === null || Array.isArray(expected) !== Array.isArray(actual))
    return told();
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const difference = differenceFrom(
      (expected as JsonObject)[key],
      (actual as JsonObject)[key],
      `${place}/${key}`,
    );
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function matches(expected: string, actual: Json | undefined): boolean {
  if (times.includes(expected)) return typeof actual === 'string';
  const pattern = expected
    .split(/<[^<>\s]+>/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('[\\s\\S]*?');
  return typeof actual === 'string' && new RegExp(`^${pattern}$`).test(actual);
}
