import fc from 'fast-check';
import * as z from 'zod';
import type { Json } from '../../src/dsl/asl/machine.ts';

/** A schema, and the values that it accepts. */
export interface Subject {
  readonly schema: z.ZodType;
  readonly values: fc.Arbitrary<Json>;
}

/** Letters that count as one character each, whoever counts. */
const letter = fc.constantFrom('a', 'b', 'Z', '0', ' ', '-', '_', 'é', '/', '(', '"', '\\', '{', '$', '\n');
const text = (minLength: number, maxLength: number) =>
  fc.array(letter, { minLength, maxLength }).map((letters) => letters.join(''));

const bounds = (least: number, most: number) =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most })).map((pair) => {
    const [low = 0, high = 0] = pair.toSorted((a, b) => a - b);
    return { low, high };
  });

const leaf: fc.Arbitrary<Subject> = fc.oneof(
  fc.constant({ schema: z.string(), values: text(0, 8) }),
  bounds(0, 8).map(({ low, high }) => ({ schema: z.string().min(low).max(high), values: text(low, high) })),
  fc.constant({
    schema: z.string().regex(/^[a-z/()]{2}-\d+$/),
    values: fc.constantFrom('ab-1', '()-20', 'z/-999'),
  }),
  fc.constant({ schema: z.enum(['plan', 'apply']), values: fc.constantFrom('plan', 'apply') }),
  fc.constant({ schema: z.literal('only'), values: fc.constant('only') }),
  fc.constant({ schema: z.number(), values: fc.integer().map((n) => n / 4) }),
  bounds(-50, 50).map(({ low, high }) => ({
    schema: z.number().min(low).max(high),
    values: fc.integer({ min: low * 2, max: high * 2 }).map((n) => n / 2),
  })),
  bounds(-50, 50).map(({ low, high }) => ({
    schema: z.int().min(low).max(high),
    values: fc.integer({ min: low, max: high }),
  })),
  fc.constant({ schema: z.int(), values: fc.integer() }),
  fc.constant({ schema: z.boolean(), values: fc.boolean() }),
  fc.constant({ schema: z.null(), values: fc.constant(null) }),
);

const listOf = (element: Subject): fc.Arbitrary<Subject> =>
  bounds(0, 3).map(({ low, high }) => ({
    schema: z.array(element.schema).min(low).max(high),
    values: fc.array(element.values, { minLength: low, maxLength: high }),
  }));

const objectOf = (field: fc.Arbitrary<Subject>): fc.Arbitrary<Subject> =>
  fc
    .record({
      fields: fc.dictionary(
        fc.constantFrom('name', 'size', 'a-b', 'true', 'and', 'in', 'function', 'x y'),
        fc.record({ subject: field, optional: fc.boolean() }),
        { minKeys: 1, maxKeys: 4 },
      ),
      strict: fc.boolean(),
    })
    .map(({ fields, strict }) => {
      const entries = Object.entries(fields);
      const shape = Object.fromEntries(
        entries.map(([name, { subject, optional }]) => [
          name,
          optional ? subject.schema.optional() : subject.schema,
        ]),
      );
      const required = entries.filter(([, { optional }]) => !optional).map(([name]) => name);
      const values = Object.fromEntries(entries.map(([name, { subject }]) => [name, subject.values]));
      return {
        schema: strict ? z.strictObject(shape) : z.object(shape),
        values: fc.record(values, { requiredKeys: required }).map((value) => ({ ...value })),
      };
    });

const nested = fc.letrec<{ any: Subject; list: Subject; object: Subject }>((tie) => ({
  any: fc.oneof({ depthSize: 'small', maxDepth: 3 }, leaf, tie('list'), tie('object')),
  list: tie('any').chain(listOf),
  object: objectOf(tie('any')),
}));

/** Inputs of workflows: objects of every kind of field that the input's guard knows. */
export const inputSubjects: fc.Arbitrary<Subject> = nested.object;

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
  [],
  [1, 'x'],
  {},
  { odd: 1 },
];

/** The same value with one thing in it changed, removed or added; it may still be valid. */
export function mutants(value: Json): fc.Arbitrary<Json> {
  return fc
    .record({
      at: fc.nat(),
      what: fc.constantFrom<'replace' | 'remove' | 'add'>('replace', 'remove', 'add'),
      by: fc.constantFrom(...junk),
    })
    .map(({ at, what, by }) => {
      const copy = structuredClone({ root: value }) as Record<string, Json>;
      const places = placesIn(copy);
      const [holder, key] = places[at % places.length] as Place;
      const held = holder[key];
      const isObject = typeof held === 'object' && held !== null && !Array.isArray(held);
      if (what === 'add' && isObject) (held as Record<string, Json>).unknown = by;
      else if (what === 'remove' && key !== 'root') remove(holder, key);
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
