import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Json, JsonObject } from '../../../src/dsl/asl/machine.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { entered, run } from '../../support/compiled-workflow.ts';

/** A workflow that gives back its input as its steps see it. */
const echoing = (input: z.ZodType) =>
  workflow('Echo', { input, output: z.unknown(), timeout: '1 minute' }).returns(({ input }) => input);

/** The faults that the machine tells of, or undefined when it goes on. */
async function faultsOf(schema: z.ZodType, input: Json): Promise<readonly string[] | undefined> {
  const result = await run(echoing(schema), input);
  if (result.status === 'SUCCEEDED') return undefined;
  expect(result.error).toBe('InvalidInput');
  expect(entered(result)).toEqual(['Input.Check', 'Input.Valid', 'Input.Refused']);
  return result.cause?.replace(/^Echo refuses its input: /, '').split('; ');
}

const of = (field: z.ZodType) => z.strictObject({ f: field });

describe('the guard refuses', () => {
  const cases: readonly (readonly [
    keyword: string,
    schema: z.ZodType,
    good: Json,
    bad: Json,
    fault: string,
  ])[] = [
    ['a text that is none', of(z.string()), { f: '' }, { f: 1 }, 'input.f must be a string'],
    ['a number that is none', of(z.number()), { f: -0.5 }, { f: '1' }, 'input.f must be a number'],
    ['a boolean that is none', of(z.boolean()), { f: false }, { f: 0 }, 'input.f must be a boolean'],
    ['an object that is a list', of(z.object({})), { f: {} }, { f: [{}] }, 'input.f must be an object'],
    ['a list that is an object', of(z.array(z.string())), { f: [] }, { f: {} }, 'input.f must be an array'],
    [
      'a list that is its one element',
      of(z.array(z.string())),
      { f: ['a'] },
      { f: 'a' },
      'input.f must be an array',
    ],
    [
      'null where a value is optional',
      of(z.string().optional()),
      {},
      { f: null },
      'input.f must be a string',
    ],
    ['something where null is', of(z.null()), { f: null }, { f: 'null' }, 'input.f must be null'],
    ['an integer that is a text', of(z.int()), { f: 3 }, { f: '3' }, 'input.f must be an integer'],
    ['a fraction', of(z.int()), { f: 3 }, { f: 3.5 }, 'input.f must be a whole number'],
    ['less than the least', of(z.number().min(2)), { f: 2 }, { f: 1.9 }, 'input.f must be at least 2'],
    ['more than the most', of(z.number().max(2)), { f: 2 }, { f: 2.1 }, 'input.f must be at most 2'],
    [
      'a short text',
      of(z.string().min(2)),
      { f: 'ab' },
      { f: 'a' },
      'input.f must have at least 2 characters',
    ],
    [
      'a long text',
      of(z.string().max(2)),
      { f: 'ab' },
      { f: 'abc' },
      'input.f must have at most 2 characters',
    ],
    [
      'a text unlike its pattern',
      of(z.string().regex(/^a+$/)),
      { f: 'aa' },
      { f: 'ab' },
      'input.f must match ^a+$',
    ],
    [
      'a text unlike its pattern, in its own words',
      of(z.string().regex(/^a+$/).describe('a cry')),
      { f: 'aa' },
      { f: 'ab' },
      'input.f must be a cry',
    ],
    [
      'a text unlike a pattern with slashes and brackets in it',
      of(
        z
          .string()
          .regex(/^[(/)[\]{}]+\/\(x\)$/)
          .describe('odd'),
      ),
      { f: '({[/]})/(x)' },
      { f: '(x)' },
      'input.f must be odd',
    ],
    [
      'no time',
      of(z.iso.datetime().describe('a time')),
      { f: '2026-01-02T03:04:05Z' },
      { f: '2026-01-02' },
      'input.f must be a time',
    ],
    [
      'none of the options',
      of(z.enum(['plan', 'apply'])),
      { f: 'apply' },
      { f: 'go' },
      'input.f must be one of "plan", "apply"',
    ],
    ['another constant', of(z.literal('yes')), { f: 'yes' }, { f: 'no' }, 'input.f must be "yes"'],
    ['another number', of(z.literal(1)), { f: 1 }, { f: 2 }, 'input.f must be 1'],
    [
      'too few elements',
      of(z.array(z.number()).min(1)),
      { f: [1] },
      { f: [] },
      'input.f must have at least 1 elements',
    ],
    [
      'too many elements',
      of(z.array(z.number()).max(1)),
      { f: [1] },
      { f: [1, 2] },
      'input.f must have at most 1 elements',
    ],
    [
      'a wrong element',
      of(z.array(z.number())),
      { f: [1, 2] },
      { f: [1, 'x'] },
      'input.f[1] must be a number',
    ],
    [
      'the wrong only element',
      of(z.array(z.number())),
      { f: [1] },
      { f: ['x'] },
      'input.f[0] must be a number',
    ],
    [
      'a wrong element of an element',
      of(z.array(z.array(z.number()))),
      { f: [[1], []] },
      { f: [[1], [2, 'x']] },
      'input.f[1][1] must be a number',
    ],
    ['a missing field', of(z.string()), { f: 'x' }, {}, 'input.f is missing'],
    [
      'a missing field of an object in a list',
      of(z.array(z.object({ n: z.number() }))),
      { f: [{ n: 1 }] },
      { f: [{}] },
      'input.f[0].n is missing',
    ],
    ['an unknown field', of(z.string()), { f: 'x' }, { f: 'x', g: 1 }, 'input.g is not known'],
    [
      'an unknown field in a list',
      of(z.array(z.strictObject({ n: z.number() }))),
      { f: [{ n: 1 }] },
      { f: [{ n: 1, m: 2 }] },
      'input.f[0].m is not known',
    ],
    [
      'a field of an odd name',
      z.object({ 'a-b': z.string(), true: z.string() }),
      { 'a-b': '', true: '' },
      { 'a-b': '', true: 1 },
      'input.true must be a string',
    ],
    ['what is no object at all', z.object({}), {}, 'text', 'input must be an object'],
  ];

  it.each(cases.map(([name, schema, good, bad, fault]) => ({ name, schema, good, bad, fault })))(
    '$name: $fault',
    async ({ schema, good, bad, fault }) => {
      expect(schema.safeParse(good).success).toBe(true);
      expect(await faultsOf(schema, good)).toBeUndefined();
      expect(schema.safeParse(bad).success).toBe(false);
      expect(await faultsOf(schema, bad)).toEqual([fault]);
    },
  );

  it('with every fault at once, each with its path', async () => {
    const schema = z.strictObject({
      id: z
        .string()
        .min(3)
        .regex(/^[a-z]+$/),
      tables: z.array(z.strictObject({ name: z.string(), size: z.int().min(1) })).max(2),
      limits: z.strictObject({ share: z.number().max(1) }).optional(),
      keep: z.boolean(),
    });
    const bad: JsonObject = {
      id: 'A',
      tables: [{ name: 1, size: 0.5 }, { size: 1, more: true }, {}],
      limits: { share: 2, other: 1 },
      odd: null,
    };
    expect(await faultsOf(schema, bad)).toEqual([
      'input.id must have at least 3 characters',
      'input.id must match ^[a-z]+$',
      'input.tables must have at most 2 elements',
      'input.tables[0].name must be a string',
      'input.tables[0].size must be a whole number',
      'input.tables[0].size must be at least 1',
      'input.tables[1].name is missing',
      'input.tables[1].more is not known',
      'input.tables[2].name is missing',
      'input.tables[2].size is missing',
      'input.limits.share must be at most 1',
      'input.limits.other is not known',
      'input.keep is missing',
      'input.odd is not known',
    ]);
  });

  it('without telling what the value was', async () => {
    const result = await run(echoing(of(z.literal('x'))), { f: 'secret', g: 'hidden' });
    expect(result.cause).not.toMatch(/secret|hidden/);
  });
});

describe('the guard', () => {
  const schema = z.object({
    name: z.string(),
    mode: z.enum(['plan', 'apply']).default('plan'),
    limits: z.object({ share: z.number().optional() }).default({}),
    note: z.string().optional(),
    keep: z.boolean().default(false),
  });

  it('gives the steps the defaults of what is missing', async () => {
    expect((await run(echoing(schema), { name: 'x' })).output).toEqual(schema.parse({ name: 'x' }));
  });

  it('leaves what is given as it is', async () => {
    const given = { name: 'x', mode: 'apply', limits: { share: 0 }, keep: true, note: '' };
    expect((await run(echoing(schema), given)).output).toEqual(given);
  });

  it('leaves alone what a schema says beyond its keywords', async () => {
    const refined = z.object({
      f: z.string().refine((text) => text === 'never'),
      u: z.union([z.string(), z.number()]),
    });
    expect(await faultsOf(refined, { f: 'x', u: 1 })).toBeUndefined();
  });
});
