import { describe, expect, it } from 'vitest';
import { checkMachine } from '../../../src/dsl/asl/check-machine.ts';

const found = (jsonata: string) =>
  checkMachine({
    QueryLanguage: 'JSONata',
    StartAt: 'Only',
    States: { Only: { Type: 'Succeed', Output: `{% ${jsonata} %}` } },
  }).map(({ code, problem }) => `${code}: ${problem}`);

describe('what an expression binds itself', () => {
  it.each([
    '($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(5))',
    '($x := 1; $y := $x + 1; $y)',
    '$reduce([1, 2], $append, [])',
    '[1, 2].($ + 1)',
    '$states.input.list@$l.($l.a)',
    '$states.input.list#$i.{"at": $i}',
    '$states.input.list[$.a > 1].b',
    '$states.input.list^(>a)',
    '$states.input ~> $keys ~> $count',
    '$sift($states.input, function($v, $k) { $k != "a" })',
    '($states).input',
    '$map([1], function($v, $i, $a) { $v + $i + $count($a) })',
    '$partition($range(1, 4, 1), 2)',
  ])('is known: %s', (jsonata) => {
    expect(found(jsonata)).toEqual([]);
  });

  it('is not known outside its block or function', () => {
    expect(found('[($x := 1; $x), $x]')).toEqual(['undefined-variable: nothing sets $x before this state']);
    expect(found('[$map([1], function($v) { $v }), $v]')).toHaveLength(1);
    expect(found('$f(1)')).toEqual(['unknown-function: there is no function $f']);
  });
});

describe('what an expression reads without context', () => {
  it.each([
    ['phone', 'phone'],
    ['$', '$'],
    ['{aaa: 1}', 'aaa'],
    ['$map($states.input.a, function($x) { b })', 'b'],
    ['$count(items)', 'items'],
    ['$exists(a) ? 1 : 2', 'a'],
    ['$states.input.a & b', 'b'],
  ])('is refused: %s', (jsonata, name) => {
    expect(found(jsonata)).toEqual([`no-context: '${name}' has nothing to be read from`]);
  });

  it.each([
    '$states.input.items.(name)',
    '$states.input.items[value > 3]',
    '$states.input.items{id: $sum(price)}',
    '$states.input ~> |items|{"seen": price > 1}|',
    '$states.input.a.b.c',
    '$states.input.*',
    '$states.input.items.{"name": name}',
  ])('is there after a step: %s', (jsonata) => {
    expect(found(jsonata)).toEqual([]);
  });

  it.each(['$states.input.a ?: 1', '$states.input.a ?? 1'])('is refused as newer: %s', (jsonata) => {
    expect(found(jsonata)).toHaveLength(1);
    expect(found(jsonata)[0]).toMatch(/^newer-jsonata: /);
  });

  it('takes a condition whose first branch is empty of blanks', () => {
    expect(found('$states.input.a?1:2')).toEqual([]);
  });
});
