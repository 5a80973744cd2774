import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { type Expression, referenceTo } from '../../../src/dsl/expression/expression.ts';
import {
  add,
  and,
  at,
  atLeast,
  atMost,
  concat,
  context,
  count,
  differs,
  divide,
  equals,
  exists,
  filter,
  fromMillis,
  ifElse,
  lessThan,
  list,
  map,
  moreThan,
  multiply,
  not,
  oneOf,
  or,
  orElse,
  range,
  subtract,
  sum,
  toMillis,
} from '../../../src/dsl/expression/operators.ts';
import { evaluated, jsonataOf } from '../../support/evaluated.ts';

const n = referenceTo<number>('n');
const s = referenceTo<string>('s');
const yes = referenceTo<boolean>('yes');
const no = referenceTo<boolean>('no');
const words = referenceTo<string[]>('words');
const numbers = referenceTo<number[]>('numbers');
const missing = referenceTo<number>('missing');

const variables = { n: 7, s: 'b', yes: true, no: false, words: ['a', 'b'], numbers: [3, 1, 2] };

const cases: readonly [name: string, expression: Expression<unknown>, text: string, value: Json][] = [
  ['equals', equals(n, 7), '$n = 7', true],
  ['equals of text', equals(s, 'c'), '$s = "c"', false],
  ['equals of lists', equals(words, ['a', 'b']), '$words = ["a", "b"]', true],
  ['equals of objects', equals(referenceTo<{ a: number }>('o'), { a: 1 }), '$o = {"a": 1}', false],
  ['differs', differs(n, 8), '$n != 8', true],
  ['lessThan', lessThan(n, 7), '$n < 7', false],
  ['lessThan of text', lessThan(s, 'c'), '$s < "c"', true],
  ['atMost', atMost(n, 7), '$n <= 7', true],
  ['moreThan', moreThan(n, 7), '$n > 7', false],
  ['atLeast', atLeast(n, 7), '$n >= 7', true],
  ['and', and(yes, yes, no), '$yes and $yes and $no', false],
  ['and of one', and(yes), '$yes', true],
  ['and of none', and(), 'true', true],
  ['or', or(no, no, yes), '$no or $no or $yes', true],
  ['or of none', or(), 'false', false],
  ['and within or', or(and(no, yes), yes), '($no and $yes) or $yes', true],
  ['or within and', and(or(yes, no), no), '($yes or $no) and $no', false],
  ['not', not(yes), '$not($yes)', false],
  ['not of a comparison', not(equals(n, 7)), '$not(($n = 7))', false],
  ['oneOf literals', oneOf(s, ['a', 'b']), '$s in ["a", "b"]', true],
  ['oneOf a list', oneOf(s, words), '$s in $words', true],
  ['oneOf none', oneOf(s, []), '$s in []', false],
  ['exists', exists(n), '$exists($n)', true],
  ['exists of null', exists(referenceTo('nothing')), '$exists($nothing)', true],
  ['exists of a missing value', exists(missing), '$exists($missing)', false],
  ['orElse with a value', orElse(n, 0), '$exists($n) ? $n : 0', 7],
  ['orElse without', orElse(missing, 5), '$exists($missing) ? $missing : 5', 5],
  ['orElse of false', orElse(no, true), '$exists($no) ? $no : true', false],
  ['ifElse, first', ifElse(yes, 'x', 'y'), '$yes ? "x" : "y"', 'x'],
  ['ifElse, second', ifElse(no, 'x', s), '$no ? "x" : $s', 'b'],
  ['add', add(n, 2), '$n + 2', 9],
  ['subtract', subtract(n, 2), '$n - 2', 5],
  ['subtract a negative number', subtract(n, -2), '$n - -2', 9],
  ['multiply', multiply(n, 2), '$n * 2', 14],
  ['divide', divide(n, 2), '$n / 2', 3.5],
  ['sums in order', subtract(n, subtract(3, add(1, 1))), '$n - (3 - (1 + 1))', 6],
  ['products of sums', multiply(add(n, 1), subtract(n, 1)), '($n + 1) * ($n - 1)', 48],
  ['quotients in order', divide(divide(n, 7), divide(4, 2)), '($n / 7) / (4 / 2)', 0.5],
  ['a chain of sums without parentheses', add(add(n, 1), 2), '$n + 1 + 2', 10],
  ['concat', concat('a-', s, '-', n, '-', yes), '"" & "a-" & $s & "-" & $n & "-" & $yes', 'a-b-7-true'],
  ['concat of none', concat(), '""', ''],
  ['concat of a sum', concat('n', add(n, 1)), '"" & "n" & ($n + 1)', 'n8'],
  ['concat of a choice', concat(ifElse(yes, 'x', 'y'), 'z'), '"" & ($yes ? "x" : "y") & "z"', 'xz'],
  ['list', list(s, 'x'), '[$s, "x"]', ['b', 'x']],
  ['list of lists', list(list(1), list(2, 3)), '[[1], [2, 3]]', [[1], [2, 3]]],
  ['count', count(words), '$count($words)', 2],
  ['sum', sum(numbers), '$sum($numbers)', 6],
  ['range', range(0, subtract(n, 5)), '[0..($n - 5)]', [0, 1, 2]],
  ['at', at(words, 1), '$words[1]', 'b'],
  ['at of an expression', at(words, subtract(count(words), 1)), '$words[($count($words) - 1)]', 'b'],
  ['at of an operator', at(orElse(words, []), 0), '($exists($words) ? $words : [])[0]', 'a'],
  ['toMillis', toMillis('1970-01-01T00:00:01Z'), '$toMillis("1970-01-01T00:00:01Z")', 1000],
  ['fromMillis', fromMillis(1000), '$fromMillis(1000)', '1970-01-01T00:00:01.000Z'],
  [
    'map',
    map(words, (w) => concat(w, '!')),
    '[$map($words, function($each1) { "" & $each1 & "!" })[]]',
    ['a!', 'b!'],
  ],
  [
    'filter',
    filter(numbers, (x) => moreThan(x, 1)),
    '[$filter($numbers, function($each1) { $each1 > 1 })[]]',
    [3, 2],
  ],
];

describe('an operator', () => {
  it.each(cases.map(([name, expression, text, value]) => ({ name, expression, text, value })))(
    '$name: has its JSONata and its value',
    async ({ expression, text, value }) => {
      expect(jsonataOf(expression)).toBe(text);
      expect(await evaluated(expression, { ...variables, nothing: null, o: { a: 2 } })).toEqual(value);
    },
  );

  it('compares with a missing value as neither equal nor different', async () => {
    expect(await evaluated(equals(missing, 7))).toBe(false);
    expect(await evaluated(differs(missing, 7))).toBe(false);
  });

  it('fails the state where it gives nothing', async () => {
    await expect(evaluated(add(missing, 1))).rejects.toThrow('States.QueryEvaluationError');
    await expect(evaluated(at(words, 2), variables)).rejects.toThrow('States.QueryEvaluationError');
    await expect(evaluated(missing)).rejects.toThrow('States.QueryEvaluationError');
  });

  it('reads the execution from the context object', async () => {
    expect(jsonataOf(context.Execution.Id)).toBe('$states.context.Execution.Id');
    expect(await evaluated(context.State.Name, { states: { context: { State: { Name: 'Now' } } } })).toBe(
      'Now',
    );
  });
});
