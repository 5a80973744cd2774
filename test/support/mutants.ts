import fc from 'fast-check';
import type { Json } from '../../src/dsl/asl/machine.ts';

const junk: readonly Json[] = [
  null,
  true,
  0,
  -1000,
  1000,
  0.25,
  1e300,
  '',
  'x',
  'far longer than any',
  '😀',
  'k',
  [],
  [1, 'x'],
  [[]],
  {},
  { odd: 1 },
  { kind: 'k' },
  { toString: null, valueOf: 1 },
];

/** The same value with one thing in it changed, removed or added; it may still be valid. */
export function mutants(value: Json): fc.Arbitrary<Json> {
  return fc
    .record({
      at: fc.nat(),
      what: fc.constantFrom<'replace' | 'remove' | 'add'>('replace', 'remove', 'add'),
      by: fc.constantFrom(...junk),
      key: fc.constantFrom('unknown', 'constructor', 'x y'),
    })
    .map(({ at, what, by, key: added }) => {
      const copy = structuredClone({ root: value }) as Record<string, Json>;
      const places = placesIn(copy);
      const [holder, key] = places[at % places.length] as Place;
      const held = holder[key];
      if (what === 'add' && Array.isArray(held)) held.push(by);
      else if (what === 'add' && typeof held === 'object' && held !== null)
        (held as Record<string, Json>)[added] = by;
      else if (what === 'remove' && holder !== copy) remove(holder, key);
      else holder[key] = by;
      return copy.root ?? null;
    });
}

type Place = readonly [holder: Record<string, Json>, key: string];

function placesIn(holder: Record<string, Json>): readonly Place[] {
  return Object.keys(holder).flatMap((key) => {
    const held = holder[key];
    const inner = typeof held === 'object' && held !== null ? placesIn(held as Record<string, Json>) : [];
    return [[holder, key] as const, ...inner];
  });
}

function remove(holder: Record<string, Json>, key: string): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}
