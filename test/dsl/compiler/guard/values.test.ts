import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type GuardCase, namedCase, verdictOn } from '../../../support/guard-case.ts';

const of = (field: z.ZodType) => z.strictObject({ f: field });

const base64 = '^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$';

describe('the guard refuses', () => {
  const cases: readonly GuardCase[] = [
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
      'input.f must have at least 1 element',
    ],
    [
      'too many elements',
      of(z.array(z.number()).max(1)),
      { f: [1] },
      { f: [1, 2] },
      'input.f must have at most 1 element',
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
    ['a number at its bound', of(z.number().gt(0)), { f: 0.1 }, { f: 0 }, 'input.f must be more than 0'],
    ['a number at its other bound', of(z.number().lt(5)), { f: 4 }, { f: 5 }, 'input.f must be less than 5'],
    [
      'no multiple',
      of(z.number().multipleOf(0.1)),
      { f: 0.3 },
      { f: 0.25 },
      'input.f must be a multiple of 0.1',
    ],
    [
      'a number beyond all multiples',
      of(z.number().multipleOf(0.1)),
      { f: 1e307 },
      { f: 1e308 },
      'input.f must be a multiple of 0.1',
    ],
    [
      'an unsafe integer',
      of(z.int()),
      { f: 2 ** 53 - 1 },
      { f: 2 ** 53 },
      'input.f must be at most 9007199254740991',
    ],
    [
      'a text of too many characters, one of them outside the basic plane',
      of(z.string().max(2)),
      { f: 'a😀' },
      { f: 'ab😀' },
      'input.f must have at most 2 characters',
    ],
    [
      'a character outside the basic plane where a pattern has room for half of one',
      of(z.string().regex(/^.$/)),
      { f: 'é' },
      { f: '😀' },
      'input.f must match ^.$',
    ],
    [
      'a line break after the end of a pattern',
      of(z.string().regex(/^a$/)),
      { f: 'a' },
      { f: 'a\n' },
      'input.f must match ^a$',
    ],
    [
      'letters of neither case',
      of(z.string().regex(/^k[a-c]$/i)),
      { f: 'Kb' },
      { f: '\u212ab' },
      'input.f must match ^[kK][a-cA-C]$',
    ],
    ['no e-mail address', of(z.email()), { f: 'a@b.co' }, { f: 'a@b' }, 'input.f must be an e-mail address'],
    ['no base64', of(z.base64()), { f: 'YQ==' }, { f: 'YQ=' }, `input.f must match ${base64}`],
    [
      'the second of two patterns',
      of(z.string().startsWith('a').endsWith('b')),
      { f: 'a.b' },
      { f: 'a.' },
      'input.f must match .*b$',
    ],
  ];

  it.each(cases.map(namedCase))('$name: $fault', async ({ schema, good, bad, fault }) => {
    expect(await verdictOn(schema, good)).toEqual({ zod: true, guard: undefined });
    expect(await verdictOn(schema, bad)).toEqual({ zod: false, guard: [fault] });
  });
});
