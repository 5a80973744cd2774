import { describe, expect, it } from 'vitest';
import { templateJson } from '../../../src/dsl/compiler/render/template-json.ts';
import { DefinitionError } from '../../../src/dsl/ast/definition-error.ts';
import { referenceTo } from '../../../src/dsl/expression/expression.ts';
import { concat, equals, ifElse } from '../../../src/dsl/expression/operators.ts';
import { templateOf } from '../../../src/dsl/expression/template.ts';
import { evaluated, jsonataOf } from '../../support/evaluated.ts';

interface Plan {
  readonly name: string;
  readonly size: number;
  readonly tags: readonly string[];
}
const plan = referenceTo<Plan>('plan');

describe('a reference', () => {
  it.each(['a-b', 'a b', '1st', 'a.b', 'true', 'null', 'and', 'in', 'function', '$x', 'naïve', '', '"'])(
    'reads a field of the odd name %j',
    async (name) => {
      const odd = referenceTo<Record<string, { readonly deep: string }>>('o')[name];
      if (odd === undefined) throw new Error('no reference');
      expect(await evaluated(odd.deep, { o: { [name]: { deep: 'found' } } })).toBe('found');
    },
  );

  it('refuses a field whose name JSONata cannot quote', () => {
    const field = referenceTo<Record<string, string>>('o')['a`b'] as never;
    expect(() => jsonataOf(field)).toThrow(DefinitionError);
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

  it("refuses the same of an operator's result", () => {
    const sum = concat(plan.name, 'x') as unknown as string;
    expect(() => `${sum}!`).toThrow("an operator's result is a reference, not a value");
    expect(() => ({ ...(equals(plan.size, 1) as object) })).toThrow(DefinitionError);
  });
});

describe('a literal', () => {
  const written = (value: unknown) => templateJson(templateOf(value));
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
