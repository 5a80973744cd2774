import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { equals } from '../../../src/dsl/expression/comparison.ts';
import { map, some } from '../../../src/dsl/expression/each.ts';
import { urlDecode, urlEncode } from '../../../src/dsl/expression/encoding.ts';
import { parse, toJson } from '../../../src/dsl/expression/json.ts';
import { list, range } from '../../../src/dsl/expression/list.ts';
import { orElse } from '../../../src/dsl/expression/logic.ts';
import {
  absolute,
  add,
  average,
  ceil,
  divide,
  floor,
  max,
  min,
  multiply,
  remainder,
  subtract,
  sum,
} from '../../../src/dsl/expression/number.ts';
import { entries, fromEntries, keys, lookup, merge } from '../../../src/dsl/expression/object.ts';
import {
  concat,
  contains,
  endsWith,
  join,
  length,
  lowercase,
  padStart,
  replace,
  split,
  startsWith,
  substring,
  substringAfter,
  substringBefore,
  uppercase,
} from '../../../src/dsl/expression/text.ts';
import { type Expression, referenceTo } from '../../../src/dsl/expression/expression.ts';
import { evaluated } from '../../support/evaluated.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', 'B', ' ', '.', '$', '\\', '"', 'é', '😀', '\n'), { maxLength: 6 })
  .map((c) => c.join(''));
/** Code points, as JSONata counts. */
const characters = (of: string): string[] => Array.from(of);

const s = referenceTo<string>('s');
const t = referenceTo<string>('t');

const ofTexts: readonly [
  name: string,
  expression: Expression<unknown>,
  means: (s: string, t: string) => Json,
][] = [
  ['concat', concat(s, '-', t, 1, true), (a, b) => `${a}-${b}1true`],
  ['length', length(s), (a) => characters(a).length],
  ['uppercase', uppercase(s), (a) => a.toUpperCase()],
  ['lowercase', lowercase(s), (a) => a.toLowerCase()],
  ['contains', contains(s, t), (a, b) => a.includes(b)],
  ['startsWith', startsWith(s, t), (a, b) => a.startsWith(b)],
  ['startsWith, its own start', startsWith(concat(s, t), s), () => true],
  ['endsWith', endsWith(s, t), (a, b) => a.endsWith(b)],
  ['endsWith, its own end', endsWith(concat(s, t), t), () => true],
  ['split', split(s, '.'), (a) => a.split('.')],
  ['split and join', join(split(s, 'a'), 'a'), (a) => a],
  ['substring', substring(s, 1), (a) => characters(a).slice(1).join('')],
  ['substring with a count', substring(s, 1, 2), (a) => characters(a).slice(1, 3).join('')],
  ['substring from the end', substring(s, -2), (a) => characters(a).slice(-2).join('')],
  ['substringBefore', substringBefore(s, '.'), (a) => a.split('.')[0] as string],
  ['substringAfter', substringAfter(s, '.'), (a) => (a.includes('.') ? a.slice(a.indexOf('.') + 1) : a)],
  ['replace', replace(s, 'a', '$0'), (a) => a.replaceAll('a', () => '$0')],
  ['padStart', padStart(s, 4, '0'), (a) => '0'.repeat(Math.max(0, 4 - characters(a).length)) + a],
  ['urlEncode', urlEncode(s), (a) => encodeURIComponent(a)],
  ['urlDecode', urlDecode(urlEncode(s)), (a) => a],
  ['equals', equals(s, t), (a, b) => a === b],
];

describe('an operator of texts gives what JavaScript would', () => {
  it.each(ofTexts.map(([name, expression, means]) => ({ name, expression, means })))(
    '$name',
    async ({ expression, means }) => {
      await fc.assert(
        fc.asyncProperty(text, text, async (a, b) => {
          expect(await evaluated(expression, { s: a, t: b })).toEqual(means(a, b));
        }),
      );
    },
  );
});

const n = referenceTo<number>('n');
const m = referenceTo<number>('m');
const ns = referenceTo<number[]>('ns');
const whole = fc.integer({ min: -20, max: 20 });

const ofNumbers: readonly [
  name: string,
  expression: Expression<unknown>,
  means: (n: number, m: number) => Json,
][] = [
  ['add', add(n, m), (a, b) => a + b],
  ['subtract', subtract(n, m), (a, b) => a - b],
  ['multiply', multiply(n, m), (a, b) => a * b],
  ['divide', divide(n, add(absolute(m), 1)), (a, b) => a / (Math.abs(b) + 1)],
  ['remainder', remainder(n, add(absolute(m), 1)), (a, b) => a % (Math.abs(b) + 1)],
  ['floor', floor(divide(n, 4)), (a) => Math.floor(a / 4)],
  ['ceil', ceil(divide(n, 4)), (a) => Math.ceil(a / 4)],
  ['min', min(n, m, 3), (a, b) => Math.min(a, b, 3)],
  ['max', max(n, m), (a, b) => Math.max(a, b)],
  ['nested', subtract(n, subtract(m, multiply(add(n, 1), -2))), (a, b) => a - (b - (a + 1) * -2)],
  ['range', range(n, m), (a, b) => Array.from({ length: Math.max(0, b - a + 1) }, (_, i) => a + i)],
  [
    'range by steps',
    range(n, m, 3),
    (a, b) => Array.from({ length: Math.max(0, Math.floor((b - a) / 3) + 1) }, (_, i) => a + 3 * i),
  ],
  [
    'range in a list',
    list(range(n, m, -1)),
    (a, b) => [Array.from({ length: Math.max(0, a - b + 1) }, (_, i) => a - i)],
  ],
];

// -0 is 0 in JSON.
const json = (value: Json): Json => JSON.parse(JSON.stringify(value)) as Json;

describe('an operator of numbers gives what JavaScript would', () => {
  it.each(ofNumbers.map(([name, expression, means]) => ({ name, expression, means })))(
    '$name',
    async ({ expression, means }) => {
      await fc.assert(
        fc.asyncProperty(whole, whole, async (a, b) => {
          expect(json(await evaluated(expression, { n: a, m: b }))).toEqual(json(means(a, b)));
        }),
      );
    },
  );

  it('sums, and finds the least, the greatest and the mean of any list', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(whole, { maxLength: 4 }), async (given) => {
        const total = given.reduce((a, b) => a + b, 0);
        expect(await evaluated(sum(ns), { ns: given })).toBe(total);
        expect(await evaluated(orElse(min(ns), 'none' as never), { ns: given })).toBe(
          given.length === 0 ? 'none' : Math.min(...given),
        );
        expect(await evaluated(orElse(max(ns), 'none' as never), { ns: given })).toBe(
          given.length === 0 ? 'none' : Math.max(...given),
        );
        expect(await evaluated(orElse(average(ns), 'none' as never), { ns: given })).toBe(
          given.length === 0 ? 'none' : total / given.length,
        );
      }),
    );
  });
});

const o = referenceTo<Record<string, Json>>('o');
const p = referenceTo<Record<string, Json>>('p');
const value = fc.oneof(
  fc.constantFrom<Json>(null, 0, '', false, 'x'),
  fc.constantFrom<Json>([], [1], [[]], [[1]], [1, 2], {}, { a: [] }),
);
const object = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'in', '$x', '`', 'length'), value, {
  noNullPrototype: true,
});

const ofObjects: readonly [
  name: string,
  expression: Expression<unknown>,
  means: (o: Record<string, Json>, p: Record<string, Json>) => Json,
][] = [
  ['keys', keys(o), (a) => Object.keys(a)],
  ['keys in a list', list(keys(o)), (a) => [Object.keys(a)]],
  ['entries', entries(o), (a) => Object.entries(a).map(([key, of]) => ({ key, value: of }))],
  ['entries, and back', fromEntries(entries(o)), (a) => a],
  [
    'entries within map',
    map(entries(o), (one) => list(one.value)),
    (a) => Object.values(a).map((of) => [of]),
  ],
  [
    'some of the entries',
    some(entries(o), (one) => equals(one.value, [1])),
    (a) => Object.values(a).some((of) => JSON.stringify(of) === '[1]'),
  ],
  ['lookup', list(orElse(lookup(o, 'b'), 'none')), (a) => ['b' in a ? a.b : 'none']],
  [
    'lookup of a computed name',
    list(orElse(lookup(o, concat('`')), 'none')),
    (a) => ['`' in a ? a['`'] : 'none'],
  ],
  ['lookup of a keyword', list(orElse(lookup(o, 'in'), 'none')), (a) => ['in' in a ? a.in : 'none']],
  ['merge', merge(o, p), (a, b) => ({ ...a, ...b })],
  ['merge with a literal', merge(o, { a: 1 }), (a) => ({ ...a, a: 1 })],
  ['a field of what is merged', list(merge(o, { a: [1] }).a), () => [[1]]],
  ['toJson, and back', parse(toJson(o)), (a) => a],
  ['equals', equals(o, p), (a, b) => isSame(a, b)],
];

const isSame = (a: Record<string, Json>, b: Record<string, Json>) =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.keys(a).every((key) => key in b && JSON.stringify(a[key]) === JSON.stringify(b[key]));

describe('an operator of objects gives what JavaScript would', () => {
  it.each(ofObjects.map(([name, expression, means]) => ({ name, expression, means })))(
    '$name',
    async ({ expression, means }) => {
      await fc.assert(
        fc.asyncProperty(object, object, async (a, b) => {
          expect(await evaluated(expression, { o: a, p: b })).toEqual(means(a, b));
        }),
      );
    },
  );
});
