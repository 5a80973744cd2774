import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Json } from '../../../../src/dsl/asl/machine.ts';
import { workflow } from '../../../../src/dsl/authoring/workflow.ts';
import { compile } from '../../../../src/dsl/compiler/compile.ts';
import { run } from '../../../support/compiled-workflow.ts';

const echoing = (input: z.ZodType) =>
  workflow('Echo', { input, output: z.unknown(), timeout: '1 minute' }).returns(({ input }) => input);

const limits = z.object({ share: z.number().default(0.5), note: z.string().optional() });

const schema = z.object({
  mode: z.enum(['plan', 'apply']).default('plan'),
  limits: limits.default({ share: 1 }),
  again: limits.optional(),
  late: limits.prefault({}),
  maybe: limits.nullable().optional(),
  none: z.string().default('x').nullable(),
  tables: z.array(z.object({ name: z.string(), 'keep it': z.boolean().default(true) })).default([]),
  grid: z.array(z.array(z.object({ n: z.number().default(0) }))).optional(),
});

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const limit = fc.record({ share: fc.constant(0.25), note: fc.constant('n') }, { requiredKeys: [] });
const inputs = fc
  .record({
    mode: some(fc.constant('apply')),
    limits: some(limit),
    again: some(limit),
    late: some(limit),
    maybe: some(fc.option(limit)),
    none: some(fc.constantFrom(null, 'y')),
    tables: some(
      fc.array(fc.record({ name: fc.constant('t'), 'keep it': fc.boolean() }, { requiredKeys: ['name'] }), {
        maxLength: 2,
      }),
    ),
    grid: some(
      fc.array(fc.array(fc.record({ n: fc.nat() }, { requiredKeys: [] }), { maxLength: 2 }), {
        maxLength: 2,
      }),
    ),
  })
  .map((input) => JSON.parse(JSON.stringify(input)) as Json);

describe('the steps see', () => {
  it('the defaults of what is missing, at any depth, exactly as zod gives them', async () => {
    const echo = echoing(schema);
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        expect((await run(echo, input)).output).toEqual(schema.parse(input));
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('keys that the schema does not name, as they were given', async () => {
    expect((await run(echoing(schema), { mode: 'apply', more: [1] })).output).toMatchObject({
      mode: 'apply',
      more: [1],
    });
  });

  it('the input itself when there are no defaults', () => {
    const { machine } = compile(echoing(z.object({ n: z.number(), list: z.array(z.object({})) })));
    expect(machine.States.Input).toMatchObject({ Assign: { input: '{% $states.input %}' } });
  });
});

describe('a definition is refused for a default', () => {
  const inner = z.object({ n: z.number().default(1) });
  it.each<[string, z.ZodType, string]>([
    ['in an alternative', z.union([z.string(), inner]), 'a union'],
    [
      'in a chosen alternative',
      z.discriminatedUnion('k', [inner.extend({ k: z.literal(1) }), z.object({ k: z.literal(2) })]),
      'a union',
    ],
    ['in a position', z.tuple([inner]), 'a tuple'],
    ['in the rest of a tuple', z.tuple([z.string()], inner), 'the rest of a tuple'],
    ['in a record', z.record(z.string(), inner), 'a record, '],
    ['on one side', inner.describe('a side').and(z.object({ m: z.string() })), 'an intersection'],
    [
      'in a schema that refers to itself',
      z.object({
        n: z.number().default(1),
        get inner() {
          return tree;
        },
      }),
      'a schema that refers to itself',
    ],
  ])('%s', (_, field, met) => {
    expect(() => compile(echoing(z.object({ f: field })))).toThrow(
      new RegExp(`^Echo › input\\.f.*: the machine cannot apply a default within ${met}`),
    );
  });
});

const tree: z.ZodType = z.object({
  m: z.number().default(1),
  get kids() {
    return z.array(tree);
  },
});
