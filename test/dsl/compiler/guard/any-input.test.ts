import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { workflow } from '../../../../src/dsl/authoring/workflow.ts';
import type { Json } from '../../../../src/dsl/asl/machine.ts';
import { simulate } from '../../../../src/dsl/simulator/simulate.ts';
import { machineOf } from '../../../support/compiled-workflow.ts';

const node: z.ZodType = z.looseObject({
  name: z.string().min(2).regex(/^.+$/),
  get kids() {
    return z.array(node).optional();
  },
});

/** Every kind of keyword, so that any value meets many of them. */
const schema = z.strictObject({
  a: z.union([z.string().max(3), z.array(z.int().multipleOf(0.5)), z.record(z.string().max(2), z.number())]),
  b: z.tuple([z.string(), z.number().optional()], z.array(z.string())).nullable(),
  c: z.discriminatedUnion('k', [z.object({ k: z.literal(1) }), z.strictObject({ k: z.enum(['x']) })]),
  d: node.optional(),
  e: z.array(z.array(z.email())).optional(),
});
const machine = machineOf(
  workflow('Guarded', { input: schema, output: z.unknown(), timeout: '1 minute' }).returns(
    ({ input }) => input,
  ),
);

/** How the guard ends on an input, and how it should: accepted or refused, never failed by its evaluation. */
async function verdicts(input: Json): Promise<{ readonly given: unknown; readonly right: unknown }> {
  const { status, error } = await simulate(machine, input);
  const given = status === 'SUCCEEDED' ? 'accepted' : error;
  return { given, right: schema.safeParse(input).success ? 'accepted' : 'InvalidInput' };
}

it('gives a verdict on any JSON', async () => {
  const field = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
  const inputs = fc.oneof(
    field,
    fc.record(
      { a: field, b: field, c: field, d: field, e: field },
      { requiredKeys: [], noNullPrototype: true },
    ),
  );
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      const { given, right } = await verdicts(input);
      expect(given).toBe(right);
    }),
    { numRuns: 200, seed: 1 },
  );
});

const nested = (levels: number, inner: Json): Json =>
  levels === 0 ? inner : nested(levels - 1, { name: 'ab', kids: [inner] });

it.each<[string, Json]>([
  ['as long a text as an execution takes', { a: 'x'.repeat(250_000) }],
  ['as many elements', { a: Array.from({ length: 60_000 }, () => 0.3) }],
  ['as many keys', Object.fromEntries(Array.from({ length: 12_000 }, (_, n) => [`k${n}`, 1]))],
  [
    'arrays in arrays where an object should be',
    { d: JSON.parse('['.repeat(500) + ']'.repeat(500)) as Json },
  ],
  ['a tree deeper than it is checked', { a: '', b: null, c: { k: 1 }, d: nested(40, { name: 'ab' }) }],
  [
    'an object that looks like a sequence of JSONata',
    { a: { sequence: true, length: 1 }, d: { keepSingleton: true } },
  ],
])('gives a verdict on %s', async (_, input) => {
  const { given, right } = await verdicts(input);
  expect(given).toBe(right);
});
