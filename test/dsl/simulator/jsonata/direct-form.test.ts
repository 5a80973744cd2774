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
import { bindings, functions, kept, NOW, source, states } from './direct-expressions.ts';

/** More of them, and others: `DIRECT_RUNS=50000 DIRECT_SEED=2 npx vitest run test/dsl/simulator/jsonata`. */
const RUNS = Number(process.env.DIRECT_RUNS ?? 2000);
const SEED = Number(process.env.DIRECT_SEED ?? 1);

/** What the package gives, and whether it faults. It adds to lists that it groups. */
async function whole(expression: jsonata.Expression): Promise<unknown> {
  try {
    const given = structuredClone({ ...bindings, states });
    const clock = { now: () => new Date(NOW).toISOString(), millis: () => NOW };
    return JSON.stringify(await expression.evaluate(undefined, { ...given, ...clock }));
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
    return form({ variables: bindings, states, now: () => NOW });
  } catch (fault) {
    if (fault === NOT_DIRECT) return NOT_DIRECT;
    throw fault;
  }
}

describe('the direct form of an expression', () => {
  it.each([
    ['an expression', source, RUNS],
    ['a block with functions of its own', functions, RUNS / 2],
    ['a list that is kept', kept.map((list) => `[${list}]`), RUNS / 4],
  ])('gives what the package gives for %s, or leaves it to the package', async (_, texts, runs) => {
    let direct = 0;
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const expression = parse(text);
        const form = directForm(expression.ast() as unknown as SyntaxNode);
        if (form === undefined) return;
        const value = valueOf(form);
        if (value === NOT_DIRECT) return;
        direct += 1;
        expect(JSON.stringify(value)).toEqual(await whole(expression));
      }),
      { numRuns: runs, seed: SEED },
    );
    expect(direct).toBeGreaterThan(runs / 8);
  });

  it.each([
    '[$map($one, function($y) { [$y, [$y]] })[]]',
    '[$map($nested, function($y) { $y })[], 1]',
    '[$filter($nested, function($y) { $count($y) > 1 })[]]',
    '[$filter($empty, function($y) { true })[]]',
    '($f := function($y) { $y * $n }; $f($f(2)) + $f($n))',
    '($f := function($y, $z) { [$y, $z] }; [$f(1), $f(1, 2, 3)])',
    '($f := function($y) { $y & "!" }; $g := function($y) { $f($y) & "?" }; $g($text))',
    '($f := function() { price }; $lines.($f()))',
    '$lines.($f := function($y) { price * $y }; $f(2))',
    '$lines.($f := function($y) { $y + 1 }; $f(price))',
    '$map($lines, function($y) { ($f := function($z) { $y.price * $z }; $f($y.price)) })',
    '($f := function($y) { $contains($y, /^[a-z ]+$/) ? "." & $y : $string([$y]) }; $map($texts, function($y) { $f($y) }) ~> $join)',
    '$fromMillis(0)',
    '$fromMillis(1577836800123.9)',
    '$fromMillis(253402300799999)',
    '$fromMillis($none)',
    '$fromMillis($toMillis($now()) + 1000)',
    '$millis()',
  ])('gives at once what the package gives for %s', async (text) => {
    const expression = parse(text);
    const form = directForm(expression.ast() as unknown as SyntaxNode);
    expect(form && JSON.stringify(valueOf(form))).toEqual(await whole(expression));
  });

  it.each(['$fromMillis(-1)', '$fromMillis(253402300800000)', '$fromMillis("0")', '$millis(1)'])(
    'leaves %s to the package',
    (text) => {
      const form = directForm(jsonata(text).ast() as unknown as SyntaxNode);
      expect(form === undefined ? NOT_DIRECT : valueOf(form)).toBe(NOT_DIRECT);
    },
  );

  it.each([
    '$x.*',
    '$map($x, $f)',
    '$map($x, function($y)<n:n> { $y })',
    '($f := function($y) { $y > 0 ? $f($y - 1) : $y }; $f(1))',
    '($f := function($y) { $a }; $a := 1; $f(1))',
    '($a := 1; $f := function($y) { $a }; $a := 2; $f(1))',
    '($f := function($y) { $g($y) }; $g := function($y) { $y }; $f(1))',
    '($f := function($y)<n:n> { $y }; $f(1))',
    '($f := function($y) { $y })',
    '($f := function($y) { $y }; $f)',
    '($f := function($y) { $y }; $map($x, $f))',
    '($f := function($y) { $y }; $x ~> $f)',
    '($f := function($y) { $y }; ($f := function($y) { -$y }; $f(1)) + $f(1))',
    '$map($x, function($y) { $y })[]',
    '[$map($x, function($y) { $y })[0][]]',
    '[$count($x)[]]',
    '[$x.a[]]',
    '$reduce($x, function($y) { $y })',
    '$uuid()',
    '$now("[Y]")',
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

  it.each(['$now()', '$millis()'])('leaves %s to the package where there is no clock', (text) => {
    const form = directForm(jsonata(text).ast() as unknown as SyntaxNode);
    expect(form && valueOf(() => form({ variables: {} }))).toBe(NOT_DIRECT);
  });

  it('leaves a function to the package where a variable has its name', () => {
    const form = directForm(jsonata('$count($l)').ast() as unknown as SyntaxNode);
    expect(form?.({ variables: { l: [1, 2] } })).toBe(2);
    expect(form && valueOf(() => form({ variables: { l: [1, 2], count: 1 } }))).toBe(NOT_DIRECT);
  });
});
