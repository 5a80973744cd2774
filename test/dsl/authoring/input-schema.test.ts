import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { integration } from '../../../src/dsl/authoring/integrations/integration.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { inputSchema, outputSchema } from '../../../src/dsl/authoring/input-schema.ts';

const of = (field: z.ZodType) =>
  inputSchema(z.object({ list: z.array(z.object({ f: field })) }), 'Echo › input');

describe('refuses an input schema, naming the place and what to write instead', () => {
  it.each<[string, z.ZodType, RegExp]>([
    [
      'a transform',
      z.string().transform(Number),
      /a transform, preprocess, codec or pipe gives another value/,
    ],
    ['a preprocess', z.preprocess(String, z.string()), /gives another value than the caller wrote/],
    ['a codec', z.stringbool(), /gives another value than the caller wrote/],
    ['a coercion', z.coerce.number(), /z\.coerce gives another value/],
    ['a catch', z.string().catch('x'), /a catch gives another value/],
    ['an overwrite', z.string().trim(), /an overwrite such as \.trim\(\).*ask for the value as it must be/],
    [
      'a default by chance',
      z.string().default(() => crypto.randomUUID()),
      /its default is another one each time/,
    ],
    [
      'a default by the clock',
      z.string().default(() => new Date().toISOString()),
      /use orElse\(\) with uuid\(\) or context\.Execution\.StartTime/,
    ],
    ['another', z.number().default(() => Date.now()), /its default is another one each time/],
    ['a prefault by the clock', z.string().prefault(() => Date()), /its default is another one each time/],
    [
      'a prefault that is refused itself',
      z.string().min(2).prefault('x'),
      /its prefault does not fit its own schema, got 'x'; change one of them/,
    ],
    ['a date', z.date(), /JSON has no dates.*use z\.iso\.datetime\(\)/],
    ['a bigint', z.bigint(), /JSON has no bigints/],
    ['undefined', z.union([z.string(), z.undefined()]), /JSON has no undefined.*use \.optional\(\)/],
    ['a literal that JSON lacks', z.literal(undefined), /JSON has no such literal/],
    ['a set', z.set(z.string()), /JSON has no sets.*use z\.array\(\)/],
    ['a map', z.map(z.string(), z.string()), /JSON has no maps.*use z\.record\(\)/],
  ])('%s', (_, field, words) => {
    expect(() => of(field)).toThrow(words);
    expect(() => of(field)).toThrow(/^Echo › input\.list\[\]\.f: /);
  });

  it('with every such place at once', () => {
    const schema = z.object({ a: z.date(), b: z.record(z.string(), z.coerce.number()) });
    expect(() => inputSchema(schema, 'Echo › input')).toThrow(/^Echo › input\.a: .*\nEcho › input\.b\.\*: /);
  });
});

describe('takes a default', () => {
  it('that a function makes, when it is the same each time', () => {
    const made = z
      .array(z.string())
      .default(() => [new Date(0).toISOString(), String(new Date() instanceof Date)]);
    expect(of(made).schema).toMatchObject({
      properties: {
        list: { items: { properties: { f: { default: ['1970-01-01T00:00:00.000Z', 'true'] } } } },
      },
    });
  });

  it('and leaves the clock as it was', () => {
    const real = Date;
    expect(() =>
      of(
        z.string().default(() => {
          throw new Error('mine');
        }),
      ),
    ).toThrow('mine');
    expect(Date).toBe(real);
  });
});

describe("refuses a task's or a workflow's schema", () => {
  const given = z.object({ a: z.string() });
  const nothing = { errors: [], timeout: '1 minute' } as const;
  const called = (schemas: { readonly input: z.ZodType; readonly output: z.ZodType }) =>
    workflow('Here', { input: given, output: given, timeout: '1 day' }).run('said', ({ input }) =>
      task('Echo', { ...nothing, ...schemas })(input as never),
    );
  it.each<[string, () => unknown, RegExp]>([
    [
      'whose input JSON does not have',
      () => called({ input: z.object({ at: z.date() }), output: given }),
      /^Here › said: Echo › input\.at: JSON has no dates, so no caller can write one; use z\.iso\.datetime\(\)$/,
    ],
    [
      'whose output JSON does not have',
      () => called({ input: given, output: z.object({ by: z.map(z.string(), z.int()) }) }),
      /^Here › said: Echo › output\.by: JSON has no maps.*use z\.record\(\)$/,
    ],
    [
      'whose output nobody would make',
      () => called({ input: given, output: z.object({ n: z.string().transform(Number) }) }),
      /^Here › said: Echo › output\.n: a transform, preprocess, codec or pipe gives another value/,
    ],
    [
      'of a workflow whose output JSON does not have',
      () => workflow('Echo', { input: given, output: z.object({ n: z.bigint() }), timeout: '1 day' }),
      /^Echo › output\.n: JSON has no bigints/,
    ],
    [
      'of a result',
      () =>
        integration('glue:startJobRun.sync', {
          arguments: {},
          result: z.object({ at: z.date() }),
          timeout: '1 hour',
          permissions: [],
        }),
      /^glue:startJobRun\.sync › result\.at: JSON has no dates/,
    ],
  ])('%s', (_, make, words) => {
    expect(make).toThrow(words);
  });

  it('but not for what the function itself makes of its input', () => {
    const input = z.object({
      at: z.coerce.date(),
      since: z.iso.datetime().pipe(z.coerce.date()),
      n: z.int().default(1),
      id: z.string().default(() => crypto.randomUUID()),
    });
    expect(() => called({ input, output: given })).not.toThrow();
  });
});

describe('lists what a machine does not check', () => {
  it.each<[string, z.ZodType, string]>([
    ['a refinement', z.string().refine((text) => text !== ''), 'a refinement'],
    ['a check by code', z.number().check(() => {}), 'a refinement'],
    ['a super refinement', z.object({}).superRefine(() => {}), 'a refinement'],
    ['a custom schema', z.custom((value) => value === 1), 'a custom schema'],
    ['a format that zod checks by code', z.url(), 'the format url'],
    ['another', z.ipv6(), 'the format ipv6'],
    ['a pattern with flags', z.string().regex(/^\p{L}+$/u), 'the pattern /^\\p{L}+$/u'],
    ['a text from a position on', z.string().includes('x', { position: 2 }), 'the format includes'],
    ['keys as numbers', z.record(z.number(), z.string()), 'keys as numbers'],
    [
      'a loose record',
      z.looseRecord(z.string().regex(/^a/), z.number()),
      'keys and values of a loose record',
    ],
  ])('%s', (_, field, what) => {
    expect(of(field).unchecked).toContainEqual({ path: 'input.list[].f', what });
  });

  it('nothing of a schema that JSON Schema says wholly', () => {
    const whole = z.strictObject({
      a: z.email().max(9),
      b: z.int().multipleOf(3).gt(0),
      c: z.base64(),
      d: z.iso.date(),
    });
    expect(inputSchema(whole, 'Echo › input').unchecked).toEqual([]);
  });

  it('what is within a schema that refers to itself', () => {
    const tree: z.ZodType = z.object({
      name: z.string().refine(() => true),
      get kids() {
        return z.array(tree);
      },
    });
    expect(inputSchema(tree, 'Echo › input').unchecked).toEqual([
      { path: 'input.name', what: 'a refinement' },
    ]);
  });
});

describe('the JSON Schema', () => {
  const schemaOf = (field: z.ZodType) => inputSchema(field, 'Echo › input').schema;

  it('has the patterns without their flags, which JSON Schema lacks', () => {
    expect(schemaOf(z.string().regex(/^[a-c]x\d./is))).toMatchObject({ pattern: '^[a-cA-C][xX]\\d[\\s\\S]' });
    expect(schemaOf(z.string().regex(/^a$/g))).toMatchObject({ pattern: '^a$' });
  });

  it.each([/^[0-z]$/i, /^é$/i, /^a$/m, /^\x41$/i, /^a$/u])(
    'leaves out %s, which has no such form',
    (pattern) => {
      expect(schemaOf(z.string().regex(pattern))).not.toHaveProperty('pattern');
    },
  );

  it("has no formats of zod's own", () => {
    expect(schemaOf(z.string().startsWith('a'))).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'string',
      pattern: '^a.*',
    });
    expect(schemaOf(z.uuid())).toMatchObject({ format: 'uuid' });
  });

  it('has a prefault as what zod makes of it', () => {
    const field = z.object({ n: z.number().default(2) }).prefault({});
    expect(schemaOf(z.object({ field }))).toMatchObject({ properties: { field: { default: { n: 2 } } } });
  });

  it('of an output tells what is given: nobody fills its defaults in', () => {
    expect(outputSchema(z.object({ a: z.string(), n: z.number().default(2) }))).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { a: { type: 'string' }, n: { type: 'number' } },
      required: ['a'],
      additionalProperties: false,
    });
  });
});
