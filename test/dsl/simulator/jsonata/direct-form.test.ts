import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { addedFunctions } from '../../../../src/dsl/simulator/jsonata/added-functions.ts';
import { directForm } from '../../../../src/dsl/simulator/jsonata/direct/direct-form.ts';
import {
  type DirectForm,
  NOT_DIRECT,
  type SyntaxNode,
} from '../../../../src/dsl/simulator/jsonata/direct/syntax-node.ts';
import { bindings, source, states } from './direct-expressions.ts';

/** More of them, and others: `DIRECT_RUNS=50000 DIRECT_SEED=2 npx vitest run test/dsl/simulator/jsonata`. */
const RUNS = Number(process.env.DIRECT_RUNS ?? 2000);
const SEED = Number(process.env.DIRECT_SEED ?? 1);

/** What the package gives, and whether it faults. It adds to lists that it groups. */
async function whole(expression: jsonata.Expression): Promise<unknown> {
  try {
    return JSON.stringify(await expression.evaluate(undefined, structuredClone({ ...bindings, states })));
  } catch (fault) {
    return { code: (fault as { code?: string }).code };
  }
}

function parse(text: string): jsonata.Expression {
  const expression = jsonata(text);
  for (const [name, implementation] of Object.entries(addedFunctions))
    expression.assign(name, implementation);
  return expression;
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
        const expression = parse(text);
        const form = directForm(expression.ast() as unknown as SyntaxNode);
        if (form === undefined) return;
        const value = valueOf(form);
        if (value === NOT_DIRECT) return;
        direct += 1;
        expect(JSON.stringify(value)).toEqual(await whole(expression));
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(direct).toBeGreaterThan(RUNS / 6);
  });

  it.each([
    '$x.*',
    '$map($x, $f)',
    '$map($x, function($y)<n:n> { $y })',
    '($f := function($y) { $y }; $f(1))',
    '$reduce($x, function($y) { $y })',
    '$now()',
    '$x{a: b}',
    '$x.y{a: b, c: d}',
    '$x[]',
    '$x#$i.a',
    '$x@$y.a',
    '$x.a.%',
    '$states',
    '{$x: 1, $y: 2}',
    '$replace($x, /a/, function($m) { "b" })',
    '$filter($x, /a/)',
    '/a/',
    '$x.[a]',
  ])('is none for %s', (text) => {
    expect(directForm(jsonata(text).ast() as unknown as SyntaxNode)).toBeUndefined();
  });

  it('leaves a function to the package where a variable has its name', () => {
    const form = directForm(jsonata('$count($l)').ast() as unknown as SyntaxNode);
    expect(form?.({ variables: { l: [1, 2] } })).toBe(2);
    expect(form && valueOf(() => form({ variables: { l: [1, 2], count: 1 } }))).toBe(NOT_DIRECT);
  });
});
