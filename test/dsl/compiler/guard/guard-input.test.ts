import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { JsonObject } from '../../../../src/dsl/asl/machine.ts';
import { variable } from '../../../../src/dsl/ast/node.ts';
import { workflow } from '../../../../src/dsl/authoring/workflow.ts';
import { compile } from '../../../../src/dsl/compiler/compile.ts';
import { emitStates } from '../../../../src/dsl/compiler/emit.ts';
import { guardStates } from '../../../../src/dsl/compiler/guard/guard-states.ts';
import { run } from '../../../support/compiled-workflow.ts';
import { echoing, faultsOf } from '../../../support/echo.ts';

const of = (field: z.ZodType) => z.strictObject({ f: field });

const tree: z.ZodType = z.strictObject({
  name: z.string(),
  get kids() {
    return z.array(tree);
  },
});

describe('the guard tells', () => {
  it('of every fault at once, each with its path', async () => {
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

  it('nothing of what the value was', async () => {
    const result = await run(echoing(of(z.literal('x'))), { f: 'secret', g: 'hidden' });
    expect(result.cause).not.toMatch(/secret|hidden/);
  });

  it('of every field whose name needs quoting, as a person would write its path', async () => {
    const names = ['a-b', 'x y', '"q"', '`', '\\\\', '$', 'and', ''];
    const schema = z.strictObject(Object.fromEntries(names.map((name) => [name, z.string()])));
    const bad = Object.fromEntries(names.map((name) => [name, 1]));
    expect(await faultsOf(schema, bad)).toEqual([
      'input["a-b"] must be a string',
      'input["x y"] must be a string',
      'input["\\"q\\""] must be a string',
      'input["`"] must be a string',
      'input["\\\\\\\\"] must be a string',
      'input["$"] must be a string',
      'input.and must be a string',
      'input[""] must be a string',
    ]);
  });

  it('of twenty faults, and that there are more', async () => {
    const faults = await faultsOf(
      z.array(z.string()),
      Array.from({ length: 1000 }, () => 0),
    );
    expect(faults).toHaveLength(21);
    expect(faults?.[19]).toBe('input[19] must be a string');
    expect(faults?.[20]).toBe('and more');
  });

  it('no more of an unknown key than its first 64 characters', async () => {
    expect(await faultsOf(z.strictObject({}), { ['k'.repeat(100_000)]: 1 })).toEqual([
      `input["${'k'.repeat(64)}"] is not known`,
    ]);
  });

  it('of a member named __proto__ as of any other, where zod silently takes it out', async () => {
    const schema = z.record(z.string(), z.number());
    const input = JSON.parse('{"a": 1, "__proto__": "x"}') as JsonObject;
    expect(await faultsOf(schema, input)).toEqual(['input.__proto__ must be a number']);
  });

  it('faults that fit into a Cause, however long the names are', async () => {
    const schema = z.record(z.string(), z.record(z.string(), z.string()));
    const name = (n: number) => `${n}${'\u0001'.repeat(200)}`;
    const bad = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [name(n), { [name(n)]: 1 }]));
    const { cause } = await run(echoing(schema), bad);
    expect(cause?.length).toBeLessThan(32_768);
    expect(cause).toMatch(/; and more$/);
  });

  it('only where it can, of a schema that refers to itself, and lists what it leaves', async () => {
    const nested = (levels: number): JsonObject =>
      levels === 0 ? { name: 1, kids: [] } : { name: 'a', kids: [nested(levels - 1)] };
    const { unchecked } = compile(echoing(tree));
    expect(unchecked).toEqual([{ path: 'input.kids[]', what: 'what is nested more than 7 levels deep' }]);
    expect(await faultsOf(tree, nested(7))).toHaveLength(1);
    expect(await faultsOf(tree, nested(8))).toBeUndefined();
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

describe('a compile gives', () => {
  const schema = z.strictObject({ n: z.int().default(1), f: z.string().refine((text) => text !== 'x') });
  const echo = workflow('Echo', {
    input: schema,
    output: z.object({ n: z.int() }),
    timeout: '1 minute',
  }).returns(({ input }) => ({ n: input.n }));

  it('the JSON Schemas of what a caller writes and of what comes out', () => {
    const { schemas } = compile(echo);
    expect(schemas.input).toMatchObject({
      required: ['f'],
      properties: { n: { type: 'integer', default: 1 } },
    });
    expect(schemas.output).toMatchObject({ required: ['n'], additionalProperties: false });
  });

  it('what the machine leaves unchecked, by its author or by itself', () => {
    const found = compile(echoing(z.object({ f: schema.shape.f, g: z.string().regex(/\bx/) }))).unchecked;
    expect(found).toEqual([
      { path: 'input.f', what: 'a refinement' },
      { path: 'input.g', what: 'the pattern \\bx' },
    ]);
  });
});

describe('the states of a guard', () => {
  it('test any value, under the names that they are given', () => {
    const { states } = guardStates({
      prefix: 'Asked.Answer',
      schema: { type: 'object', properties: { yes: { type: 'boolean' } }, required: ['yes'] },
      value: variable('asked'),
      called: 'answer',
      variable: 'asked_faults',
      error: 'InvalidAnswer',
      lead: 'Asked refuses the answer: ',
      next: 'After',
      around: { undos: ['Frozen'] },
    });
    const { StartAt, States } = emitStates({ startAt: 'Asked.Answer.Check', states });
    expect(StartAt).toBe('Asked.Answer.Check');
    expect(States).toEqual({
      'Asked.Answer.Check': {
        Type: 'Pass',
        Assign: {
          asked_faults:
            '{% ($faults := [$type($asked) != "object" ? "answer must be an object" : ' +
            '$not($exists($asked.yes)) ? "answer.yes is missing" : ' +
            '$type($asked.yes) != "boolean" ? "answer.yes must be a boolean"]; ' +
            '[$map($faults[[0..19]], function($fault) { $substring($fault, 0, 500) }), ' +
            '$count($faults) > 20 ? "and more"]) %}',
        },
        Output: {},
        Next: 'Asked.Answer.Valid',
      },
      'Asked.Answer.Valid': {
        Type: 'Choice',
        Choices: [{ Condition: '{% $count($asked_faults) = 0 %}', Next: 'After' }],
        Default: 'Asked.Answer.Refused',
      },
      'Asked.Answer.Refused': {
        Type: 'Fail',
        Error: 'InvalidAnswer',
        Cause: '{% "Asked refuses the answer: " & $join($asked_faults, "; ") %}',
      },
    });
  });
});
