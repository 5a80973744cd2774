import { expect, it } from 'vitest';
import { evaluationDepth } from '../../../src/dsl/asl/evaluation-depth.ts';

it.each([
  ['1', 1],
  ['1 + 1', 2],
  [Array.from({ length: 100 }, () => '1').join(' + '), 100],
  ['[[1]]', 3],
  ['$f(1 + 1)', 3],
  ['$now()', 2],
  ['$map($list, function($x) { $x + 1 })', 3],
  ['($f := function($x) { $x + 1 }; $f(1))', 4],
  ['($f := function($x) { $x }; $f(1)) + ($f := function($x) { 1 + (2 + 3) }; $f(1))', 7],
])('%s: as many evaluations within each other as Step Functions counts', (source, depth) => {
  expect(evaluationDepth(source)).toBe(depth);
});

it('a function that calls itself adds its body each time', () => {
  const source = '($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(9))';
  const [once, twice, thrice] = [1, 2, 3].map((levels) => evaluationDepth(source, levels));
  expect(Number(twice) - Number(once)).toBe(3);
  expect(Number(thrice) - Number(twice)).toBe(3);
});
