import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { jsonata as jsonataText } from '../../../src/dsl/compiler/render/jsonata.ts';
import { templateJson } from '../../../src/dsl/compiler/render/template-json.ts';
import { DefinitionError } from '../../../src/dsl/ast/definition-error.ts';
import { type Expression, type Ref, referenceTo } from '../../../src/dsl/expression/expression.ts';
import { equals } from '../../../src/dsl/expression/comparison.ts';
import { jsonata } from '../../../src/dsl/expression/jsonata.ts';
import { first, list } from '../../../src/dsl/expression/list.ts';
import { exists, ifElse } from '../../../src/dsl/expression/logic.ts';
import { concat } from '../../../src/dsl/expression/text.ts';
import { operandOf, templateOf } from '../../../src/dsl/expression/template.ts';
import { evaluated } from '../../support/evaluated.ts';

interface Plan {
  readonly name: string;
  readonly size: number;
  readonly tags: readonly string[];
}
const plan = referenceTo<Plan>('plan');

type Method = 'toUpperCase' | 'map' | 'includes' | 'sift' | 'trim';

type Misused = (() => unknown) & { readonly [M in Method]: (argument?: unknown) => unknown };

/** As code sees it that takes a reference for the value. */
const misused = (reference: unknown): Misused => reference as Misused;

describe('a reference', () => {
  it.each([
    'a-b',
    'a b',
    '1st',
    'a.b',
    'true',
    'null',
    'and',
    'in',
    'function',
    '$x',
    'naïve',
    '',
    '"',
    '`',
    'a`b"\\',
    '__proto__',
    'constructor',
    'toString',
    'length',
    'then',
    'name',
    'λ',
    '%}',
    '[0]',
    '*',
  ])('reads a field of the odd name %j', async (name) => {
    const given = JSON.parse(`{"o": {${JSON.stringify(name)}: {"deep": ["found"]}}}`) as { o: Json };
    const odd = referenceTo<Record<string, { readonly deep: string[] }>>('o')[name] as Ref<{
      deep: string[];
    }>;
    expect(await evaluated(odd.deep, given)).toEqual(['found']);
    expect(await evaluated(exists(odd.deep), { o: {} })).toBe(false);
    const result = jsonata<Record<string, { readonly deep: string[] }>>`${referenceTo('o')}`;
    expect(await evaluated((result[name] as Ref<{ deep: string[] }>).deep, given)).toEqual(['found']);
  });

  it('refuses a template string, naming the operators', () => {
    expect(() => `${plan.name as unknown as string}!`).toThrow(
      "plan.name is a reference, not a value: JavaScript's operators and template strings cannot use it; use concat(), equals(), lessThan(), add()",
    );
  });

  it('refuses arithmetic, comparison by size and ==', () => {
    const size = plan.size as unknown as number;
    expect(() => size + 1).toThrow(/plan\.size is a reference.*add\(\)/);
    expect(() => size * 2).toThrow(DefinitionError);
    expect(() => size < 3).toThrow(/lessThan\(\)/);
    // oxlint-disable-next-line eqeqeq -- it is the mistake under test
    expect(() => size == 3).toThrow(/equals\(\)/);
  });

  it('refuses to be spread or iterated, naming map()', () => {
    expect(() => [...(plan.tags as unknown as string[])]).toThrow(/plan\.tags is a reference.*map\(\)/);
    expect(() => ({ ...(plan as object) })).toThrow(/plan is a reference.*name its fields/);
    expect(() => Object.keys(plan)).toThrow(DefinitionError);
  });

  it.each<[code: string, mistake: () => unknown, remedy: string]>([
    [
      'name.toUpperCase()',
      () => misused(plan.name).toUpperCase(),
      'plan.name is a reference, not a value, and has no method toUpperCase(); use uppercase()',
    ],
    [
      'name.toString()',
      () => misused(plan.name).toString(),
      'use concat() for a text, toJson() for an object',
    ],
    [
      'tags.map(…)',
      () => misused(plan.tags).map((tag: unknown) => tag),
      'plan.tags is a reference, not a value, and has no method map(); use map()',
    ],
    [
      'tags.includes(…)',
      () => misused(plan.tags).includes('x'),
      'use contains() for a text, oneOf() for a list',
    ],
    ['tags.sift()', () => misused(plan.tags).sift(), 'use an operator of the language, or jsonata`…`'],
    ['JSON.stringify(plan)', () => JSON.stringify(plan), 'use toJson()'],
    ['plan()', () => misused(plan)(), 'plan is a reference, not a value, and cannot be called'],
    ["'name' in plan", () => 'name' in plan, 'use exists()'],
    ['plan.name = …', () => ((plan as { name: unknown }).name = 'x'), 'cannot be assigned to'],
    ['delete plan.name', () => delete (plan as { name?: unknown }).name, 'nothing can be deleted from it'],
    [
      'concat(…).trim()',
      () => misused(concat(plan.name)).trim(),
      "an operator's result is a reference, not a value, and has no method trim(); use trim()",
    ],
  ])('refuses %s, naming the operator', (_code, mistake, remedy) => {
    expect(mistake).toThrow(DefinitionError);
    expect(mistake).toThrow(remedy);
  });

  it('refuses to be awaited', async () => {
    const awaited = async () => await (plan.name as unknown as Promise<string>);
    await expect(awaited()).rejects.toThrow('there is nothing to await');
  });

  it("refuses the same of an operator's result", () => {
    const sum = concat(plan.name, 'x') as unknown as string;
    expect(() => `${sum}!`).toThrow("an operator's result is a reference, not a value");
    expect(() => ({ ...(equals(plan.size, 1) as object) })).toThrow(DefinitionError);
  });
});

describe('a literal', () => {
  const written = (value: unknown) => templateJson(templateOf(value, 'value'));
  it.each(['text', '', 'a "quoted" \\ word', 'line\nbreak', '$x', '`', '{', '%'])(
    'stands as it is: %j',
    (text) => {
      expect(written({ field: text })).toEqual({ field: text });
    },
  );

  it.each(['{% 1 + 1 %}', '{%', 'a {% b', 'b %}'])(
    'that looks like an expression stays text: %j',
    async (text) => {
      const field = written(text);
      expect(field).toBe(`{% ${JSON.stringify(text)} %}`);
      expect(await evaluated(concat(text))).toBe(text);
    },
  );

  it.each(['costs ${Name}', '${', { '${Name}': 1 }, { deep: ['${Name}'] }])(
    'that a deployment would replace is escaped: %j',
    async (value) => {
      const text = JSON.stringify([written(value), jsonataText(operandOf(list(value)))]);
      expect(text).not.toContain('${');
      expect(await evaluated(first(list(value)))).toEqual(value);
    },
  );

  it('is escaped as the name of a field that is read, too', async () => {
    const odd = plan as unknown as { readonly '${Name}': Expression<number> };
    expect(jsonataText(operandOf(odd['${Name}']))).toBe('$plan.$lookup($, "\\u0024{Name}")');
    expect(await evaluated(odd['${Name}'], { plan: { '${Name}': 5 } })).toBe(5);
  });

  it.each(['a "quoted" \\ word', 'line\nbreak\ttab', '{% x %}', 'é😀', '\u2028', '\ud800', '${Name}'])(
    'keeps its characters within an expression: %j',
    async (text) => {
      expect(await evaluated(concat(text))).toBe(text);
    },
  );

  it.each([0, -1, 1.5, 1e21, -1e-7, Number.MAX_SAFE_INTEGER])(
    'keeps its number within an expression: %d',
    async (n) => {
      expect(await evaluated(ifElse(equals(plan.size, n), n, n), { plan: { size: n } })).toBe(n);
    },
  );

  it('leaves out a field that is undefined', () => {
    expect(written({ a: 1, b: undefined })).toEqual({ a: 1 });
  });

  it('mixes with references at any depth', () => {
    expect(written({ a: [plan.name, { b: plan.size }], c: null })).toEqual({
      a: ['{% $plan.name %}', { b: '{% $plan.size %}' }],
      c: null,
    });
  });

  it.each([
    ['a date', new Date(0), 'got [object Date]'],
    ['a function', () => 1, 'got [object Function]'],
    ['a map', new Map(), 'got [object Map]'],
    ['NaN', Number.NaN, 'got NaN'],
    ['a bigint', 1n, 'got [object BigInt]'],
    ['undefined in a list', [undefined], 'got undefined'],
  ])('refuses %s, naming its place', (_what, value, got) => {
    const problem = () => templateOf({ inner: [value] }, 'Restore');
    expect(problem).toThrow(DefinitionError);
    expect(problem).toThrow(/^Restore\.inner\[0\](\[0\])? must be JSON or a reference, /);
    expect(problem).toThrow(got);
  });
});
