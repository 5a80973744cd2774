import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type GuardCase, namedCase, verdictOn } from '../../../support/guard-case.ts';

const of = (field: z.ZodType) => z.strictObject({ f: field });

const shapes = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['circle', 'round']), radius: z.number() }),
  z.strictObject({ kind: z.literal('square'), side: z.number() }),
]);

const tree: z.ZodType = z.strictObject({
  name: z.string(),
  get kids() {
    return z.array(tree);
  },
});

const port = z.int().min(1).meta({ id: 'Port' });

describe('the guard refuses', () => {
  const cases: readonly GuardCase[] = [
    [
      'null unless it may be',
      of(z.string().nullable()),
      { f: null },
      { f: 1 },
      'input.f must be a string or null',
    ],
    [
      'an option, or null',
      of(z.enum(['a', 'b']).nullable()),
      { f: null },
      { f: 'c' },
      'input.f must be one of "a", "b" or null',
    ],
    [
      'what is null or too short',
      of(z.string().min(2).nullable()),
      { f: null },
      { f: 'a' },
      'input.f must have at least 2 characters',
    ],
    [
      'none of several types',
      of(z.union([z.string(), z.int().max(3), z.null()])),
      { f: 3 },
      { f: 4 },
      'input.f must be a string or an integer or null',
    ],
    [
      'none of several shapes',
      of(z.union([z.object({ a: z.string(), b: z.string() }), z.literal('none'), z.array(z.string())])),
      { f: 'none' },
      { f: { a: '' } },
      'input.f must be an object with a, b or "none" or an array',
    ],
    [
      'two alternatives at once',
      of(z.xor([z.string().describe('a name'), z.string().length(3)])),
      { f: 'ab' },
      { f: 'abc' },
      'input.f must be exactly one of: a name or a string',
    ],
    [
      'a fault of the alternative that a field chooses',
      of(shapes),
      { f: { kind: 'square', side: 1 } },
      { f: { kind: 'square', side: 'x' } },
      'input.f.side must be a number',
    ],
    [
      'an unknown alternative',
      of(shapes),
      { f: { kind: 'round', radius: 1 } },
      { f: { kind: 'oval' } },
      'input.f.kind must be one of "circle", "round", "square"',
    ],
    [
      'no alternative at all',
      of(shapes),
      { f: { kind: 'circle', radius: 1 } },
      { f: {} },
      'input.f.kind is missing',
    ],
    [
      'another literal',
      of(z.literal(['a', 1, null])),
      { f: null },
      { f: 'b' },
      'input.f must be one of "a", 1, null',
    ],
    [
      'what may never be',
      of(z.string()).extend({ g: z.never().optional() }),
      { f: '' },
      { f: '', g: 1 },
      'input.g must not be there',
    ],
    ['a missing value of any kind', of(z.unknown()), { f: null }, {}, 'input.f is missing'],
    [
      'a key unlike its pattern',
      of(z.record(z.string().regex(/^[a-z]+$/), z.number())),
      { f: { a: 1 } },
      { f: { 'A b': 1 } },
      'input.f["A b"] (the key) must match ^[a-z]+$',
    ],
    [
      'a wrong member of a record',
      of(z.record(z.string(), z.number())),
      { f: { a: 1 } },
      { f: { a: 1, 'x"y': null } },
      'input.f["x\\"y"] must be a number',
    ],
    [
      'a key that is none of those listed',
      of(z.partialRecord(z.enum(['a', 'b']), z.number())),
      { f: { a: 1 } },
      { f: { c: 1 } },
      'input.f.c (the key) must be one of "a", "b"',
    ],
    [
      'a missing key of those listed',
      of(z.record(z.enum(['a', 'b']), z.number())),
      { f: { a: 1, b: 2 } },
      { f: { a: 1 } },
      'input.f.b is missing',
    ],
    [
      'a wrong value beside the known ones',
      of(z.object({ a: z.string() }).catchall(z.number())),
      { f: { a: '', b: 1 } },
      { f: { a: '', b: '' } },
      'input.f.b must be a number',
    ],
    [
      'a wrong position',
      of(z.tuple([z.array(z.number()), z.string().optional()])),
      { f: [[1]] },
      { f: [[1], 2] },
      'input.f[1] must be a string',
    ],
    [
      'a position too many',
      of(z.tuple([z.string(), z.string()])),
      { f: ['a', 'b'] },
      { f: ['a', 'b', 'c'] },
      'input.f must have at most 2 elements',
    ],
    [
      'a wrong rest of a tuple',
      of(z.tuple([z.string()], z.number())),
      { f: ['a', 1] },
      { f: ['a', 1, 'x'] },
      'input.f[2] must be a number',
    ],
    [
      'a key that neither side of an intersection knows',
      of(
        z
          .strictObject({ a: z.string() })
          .describe('one side')
          .and(z.strictObject({ b: z.string() })),
      ),
      { f: { a: '', b: '' } },
      { f: { a: '', b: '', c: '' } },
      'input.f.c is not known',
    ],
    [
      'a fault within a schema that refers to itself',
      tree,
      { name: 'a', kids: [{ name: 'b', kids: [] }] },
      { name: 'a', kids: [{ name: 'b', kids: [{ name: 1, kids: [] }] }] },
      'input.kids[0].kids[0].name must be a string',
    ],
    [
      'a fault of a schema of its own name',
      z.object({ a: port, b: port }),
      { a: 1, b: 2 },
      { a: 1, b: 0 },
      'input.b must be at least 1',
    ],
    [
      'an unknown key of an odd name',
      of(z.string()),
      { f: '' },
      { f: '', ['__proto__']: 1 },
      'input.__proto__ is not known',
    ],
  ];

  it.each(cases.map(namedCase))('$name: $fault', async ({ schema, good, bad, fault }) => {
    expect(await verdictOn(schema, good)).toEqual({ zod: true, guard: undefined });
    expect(await verdictOn(schema, bad)).toEqual({ zod: false, guard: [fault] });
  });
});
