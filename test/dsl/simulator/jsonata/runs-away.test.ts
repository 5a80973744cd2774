import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import type { SyntaxNode } from '../../../../src/dsl/simulator/jsonata/direct/syntax-node.ts';
import { mayRunAway } from '../../../../src/dsl/simulator/jsonata/runs-away.ts';

const runsAway = (source: string): boolean => mayRunAway(jsonata(source).ast() as unknown as SyntaxNode);

describe('an expression that may take more than its data has in it', () => {
  it.each([
    '($f := function($x) { $f($x) }; $f(1))',
    '$map($x, $string)',
    '[1..$x]',
    '[$x, $x]',
    '$append($x, $x)',
    '$x[$y[a = 1]]',
    '$x.($y.a)',
    '$x.$y',
    '$x@$a.y@$b',
    '$x{a: b}',
    '$x^(a)',
    '$x ~> |a|{"b": 1}|',
    '**.a',
    '$match($x & $x, /a/)',
    '-'.repeat(100) + '$x',
  ])('is %s', (source) => {
    expect(runsAway(source)).toBe(true);
  });

  it.each([
    '$replace($states.input.id, /[0-9]+/, "x")',
    '$formatNumber($x.price * 2, "#,##0.00") & "[" & ".."',
    '$now() > $x.due ? {"late": $x.lines.pieces} : $exists($x.due)',
    '$distinct($x.tags).name',
  ])('is not %s', (source) => {
    expect(runsAway(source)).toBe(false);
  });
});
