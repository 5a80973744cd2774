import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { directForm } from '../../../../src/dsl/simulator/jsonata/direct/direct-form.ts';
import {
  type DirectForm,
  NOT_DIRECT,
  type SyntaxNode,
} from '../../../../src/dsl/simulator/jsonata/direct/syntax-node.ts';

/** More of them: `DIRECT_RUNS=50000 npx vitest run test/dsl/simulator/jsonata`. */
const RUNS = Number(process.env.DIRECT_RUNS ?? 2000);

const names = ['a', 'b', 'list', 'toString'];

const { source } = fc.letrec<{ source: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    fc.constantFrom('0', '1', '2.5', '-3', '1e300', '"x"', '""', '"é😀"', 'true', 'false', 'null', '$none'),
    fc.constantFrom('$n', '$text', '$yes', '$object', '$list', '$empty', '$one', '$time', '$nothing'),
    fc.constantFrom('$object.a', '$object.b.a', '$object.list', '$object.toString', '$list.a', '$text.a'),
    fc.constantFrom(
      '$states.input.a',
      '$states.input',
      '$states.context.a',
      '$states.result',
      '$states.b',
      '$states',
    ),
  ),
  source: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('atom'),
    fc
      .tuple(
        tie('source'),
        fc.constantFrom('+', '-', '*', '/', '%', '<', '<=', '>', '>=', '=', '!=', '&', 'in', 'and', 'or'),
        tie('source'),
      )
      .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    fc
      .tuple(tie('source'), tie('source'), tie('source'))
      .map(([condition, then, otherwise]) => `(${condition}) ? ${then} : ${otherwise}`),
    fc.array(tie('source'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...names), tie('source')), { selector: ([name]) => name })
      .map((pairs) => `{${pairs.map(([name, value]) => `"${name}": ${value}`).join(', ')}}`),
    fc
      .tuple(
        fc.constantFrom(
          'exists',
          'not',
          'boolean',
          'count',
          'string',
          'length',
          'uppercase',
          'lowercase',
          'toMillis',
        ),
        tie('source'),
      )
      .map(([name, argument]) => `$${name}(${argument})`),
    tie('source').map((inner) => `-(${inner})`),
  ),
}));

const bindings = {
  n: 7,
  text: 'some text',
  yes: true,
  object: { a: 1, b: { a: 'deep' }, list: [1, 2] },
  list: [{ a: 1 }, { a: [2, 3] }],
  empty: [],
  one: [5],
  time: '2026-01-01T00:00:00.000Z',
  nothing: null,
};

const states = { input: { a: [1, { b: 2 }], list: 'x' }, context: { a: { a: 3 } } };

/** What the package gives, and whether it faults. */
async function whole(expression: jsonata.Expression): Promise<unknown> {
  try {
    return JSON.stringify(await expression.evaluate(undefined, { ...bindings, states }));
  } catch (fault) {
    return { code: (fault as { code?: string }).code };
  }
}

/** What the form gives, if it does. */
function valueOf(form: DirectForm): unknown {
  try {
    return form({ variables: bindings, states });
  } catch (fault) {
    if (fault === NOT_DIRECT) return NOT_DIRECT;
    throw fault;
  }
}

describe('the direct form of an expression', () => {
  it('gives what the package gives, or leaves it to the package', async () => {
    let direct = 0;
    await fc.assert(
      fc.asyncProperty(source, async (text) => {
        const expression = jsonata(text);
        const form = directForm(expression.ast() as unknown as SyntaxNode);
        if (form === undefined) return;
        const value = valueOf(form);
        if (value === NOT_DIRECT) return;
        direct += 1;
        expect(JSON.stringify(value)).toEqual(await whole(expression));
      }),
      { numRuns: RUNS, seed: 1 },
    );
    expect(direct).toBeGreaterThan(RUNS / 6);
  });

  it.each([
    '$x[0]',
    '$x.*',
    '$map($x, $f)',
    '($v := 1; $v)',
    '$x.(a)',
    '$now()',
    '$sum($x)',
    '$x{a: b}',
    '$',
  ])('is none for %s', (text) => {
    expect(directForm(jsonata(text).ast() as unknown as SyntaxNode)).toBeUndefined();
  });

  it('leaves a function to the package where a variable has its name', () => {
    const form = directForm(jsonata('$count($l)').ast() as unknown as SyntaxNode);
    expect(form?.({ variables: { l: [1, 2] } })).toBe(2);
    expect(form && valueOf(() => form({ variables: { l: [1, 2], count: 1 } }))).toBe(NOT_DIRECT);
  });
});
