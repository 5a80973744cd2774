import { describe, expect, it } from 'vitest';
import { jsonataFunctions } from '../../../src/dsl/asl/jsonata-functions.ts';
import { evaluateExpression } from '../../../src/dsl/simulator/jsonata/evaluate-expression.ts';
import { DefinitionError } from '../../../src/dsl/ast/definition-error.ts';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { type Expression, type Ref, referenceTo } from '../../../src/dsl/expression/expression.ts';
import { moreThan } from '../../../src/dsl/expression/comparison.ts';
import { filter, map } from '../../../src/dsl/expression/each.ts';
import { jsonata } from '../../../src/dsl/expression/jsonata.ts';
import { at, count, list } from '../../../src/dsl/expression/list.ts';
import { ifElse } from '../../../src/dsl/expression/logic.ts';
import { add } from '../../../src/dsl/expression/number.ts';
import { evaluated, jsonataOf } from '../../support/evaluated.ts';

interface Order {
  readonly items: readonly { readonly price: number; readonly quantity: number }[];
  readonly limit: number;
  readonly name: string;
}
const input = referenceTo<Order>('input');
const given = {
  input: {
    items: [
      { price: 2, quantity: 3 },
      { price: 5, quantity: 1 },
    ],
    limit: 4,
    name: 'x',
  },
};

const cases: readonly [what: string, expression: Expression<unknown>, text: string, value: Json][] = [
  [
    'a reference',
    jsonata`$sum(${input.items}.(price * quantity))`,
    '$sum($input.items.(price * quantity))',
    11,
  ],
  ['a path after a reference', jsonata`${input}.items[1].price`, '$input.items[1].price', 5],
  ['a filter', jsonata`${input.items}[price > 4].quantity`, '$input.items[price > 4].quantity', 1],
  ['an operation, in parentheses', jsonata`2 * ${add(input.limit, 1)}`, '2 * ($input.limit + 1)', 10],
  ['a call, without', jsonata`2 * ${count(input.items)}`, '2 * $count($input.items)', 4],
  ['a negative number', jsonata`5 - ${-1}`, '5 - (-1)', 6],
  ['text', jsonata`${'a "b"'} & ${input.name}`, '"a \\"b\\"" & $input.name', 'a "b"x'],
  [
    'an object',
    jsonata`$merge([${{ a: input.limit }}, {"b": 1}])`,
    '$merge([({"a": $input.limit}), {"b": 1}])',
    { a: 4, b: 1 },
  ],
  [
    'a list, then an index and a field',
    jsonata`${filter(input.items, (item) => moreThan(item.price, 2))}[0].price`,
    '([$filter($input.items, function($each1) { $each1.price > 2 })[]])[0].price',
    5,
  ],
  ['a quoted name', jsonata`${input}.\`name\``, '$input.`name`', 'x'],
  [
    'a regular expression',
    jsonata`$contains(${input.name}, /^\w$/)`,
    '$contains($input.name, /^\\w$/)',
    true,
  ],
  ['a raw expression', jsonata`3 * ${jsonata<number>`1 + ${input.limit}`}`, '3 * (1 + $input.limit)', 15],
  ['nothing', jsonata` [1..3] `, '[1..3]', [1, 2, 3]],
];

const world = { now: () => 0, random: () => 0, uuid: () => '' };

describe('the functions of Step Functions', () => {
  it.each([...jsonataFunctions])('have $%s among them', async (name) => {
    const source = `$type($${name}) = "function"`;
    expect(await evaluateExpression({ source, field: 'Output', bindings: { variables: {} } }, world)).toBe(
      true,
    );
  });
});

describe('raw JSONata', () => {
  it.each(cases.map(([what, expression, text, value]) => ({ what, expression, text, value })))(
    'holds $what',
    async ({ expression, text, value }) => {
      expect(jsonataOf(expression)).toBe(text);
      expect(await evaluated(expression, given)).toEqual(value);
    },
  );

  it('stands in parentheses within an operator, and bare within a call', () => {
    const sum = jsonata<number>`1 + ${input.limit}`;
    expect(jsonataOf(add(2, sum))).toBe('2 + (1 + $input.limit)');
    expect(jsonataOf(count(jsonata<number[]>`${input.items}.price`))).toBe('$count($input.items.price)');
    expect(jsonataOf(ifElse(jsonata<boolean>`1 = 1`, 1, 2))).toBe('(1 = 1) ? 1 : 2');
  });

  it('has fields', async () => {
    const made = jsonata<{ readonly a: { readonly b: number[] } }>`{"a": {"b": [1]}}`;
    expect(await evaluated(made.a.b)).toEqual([1]);
  });

  it('may read the context object', async () => {
    const states = { context: { Execution: { Name: 'run' } } };
    expect(await evaluated(jsonata`$states.context.Execution.Name`, { states })).toBe('run');
  });

  it.each<[what: string, expression: () => Expression<unknown>, value: Json]>([
    ['a variable of its own', () => jsonata`($input := 1; $input + ${input.limit})`, 5],
    ['a parameter', () => jsonata`$map([1], function($input) { $input + ${input.limit} })`, 5],
    ['a function of its own', () => jsonata`($count := 1; $count + ${count(input.items)})`, 3],
    [
      'a parameter of a map around it',
      () =>
        at(
          map(input.items, (item) => jsonata<number>`($each1 := 1; $each1 + ${item.price})`),
          0,
        ),
      3,
    ],
    ['a position', () => jsonata`[${input.items}#$input.(price * $input + ${input.limit})]`, [4, 9]],
    [
      'one of an inner text',
      () => jsonata`($x := 1; $x + ${jsonata<number>`($x := ${input.limit}; $x * 2)`})`,
      9,
    ],
  ])('never captures what a hole reads: %s', async (_what, expression, value) => {
    expect(await evaluated(expression(), given)).toEqual(value);
  });

  it.each<[what: string, mistake: () => unknown, problem: string]>([
    ['$eval', () => jsonata`$eval("1")`, 'Step Functions has no $eval; use $parse'],
    [
      '$eval as a value',
      () => jsonata`$map(${input.items}, $eval)`,
      'Step Functions has no $eval; use $parse',
    ],
    [
      'what a deployment would replace',
      () => jsonata`$contains(${input.name}, /\${Name}/)`,
      "the deployment would replace '${…}'",
    ],
    ['$$', () => jsonata`$$.name`, "'$$' is refused by Step Functions"],
    ['?:', () => jsonata`${input.name} ?: "x"`, "'?:' is newer than the JSONata of Step Functions (2.0.6)"],
    ['??', () => jsonata`[${input.name} ?? "x"]`, "'??' is newer than the JSONata of Step Functions (2.0.6)"],
    [
      'an unknown function',
      () => jsonata`$upper(${input.name})`,
      'no function is named $upper; check its spelling',
    ],
    [
      'an unknown variable',
      () => jsonata`$input.name`,
      'nothing is named $input here; to read a reference put it into a hole, ${…}',
    ],
    ['a variable out of its block', () => jsonata`($x := 1) + $x`, 'nothing is named $x here'],
    ['a field of nothing', () => jsonata`name & "x"`, "'name' has nothing to be read from"],
    ['$ of nothing', () => jsonata`$uppercase($)`, "'$' has nothing to be read from"],
    [
      'the state’s input',
      () => jsonata`$states.input.name`,
      "$states.input is not for authors: the language keeps results in variables and nothing in a state's input",
    ],
    ['all of $states', () => jsonata`$keys($states)`, '$states is not for authors'],
    ['a hole in quotes', () => jsonata`"Hello ${input.name}"`, 'hole 1 is within quotes'],
    [
      'a hole in a comment',
      () => jsonata`${input.limit} /* ${input.name} */`,
      'hole 2 is within quotes, a regular expression or a comment',
    ],
    ['a hole in a name', () => jsonata`${input}.na${input.name}`, 'hole 2 is within quotes'],
    [
      'a hole that is called',
      () => jsonata`${input.name}(1)`,
      'hole 1 is called as a function, but is a value',
    ],
    ['a hole that is assigned to', () => jsonata`${input.name} := 1`, 'hole 1 is within quotes'],
    [
      'a variable of the language',
      () => jsonata`$_hole1`,
      "a variable named '_hole' with a number is the language's own",
    ],
    [
      'what does not parse',
      () => jsonata`$sum(${input.items}.price]`,
      'it does not parse after \'$sum(${…}.price]\': Expected ")", got "]"',
    ],
    [
      'what ends too early',
      () => jsonata`${input.limit} +`,
      "it does not parse after '${…} +': Unexpected end of expression",
    ],
    ['an open quote', () => jsonata`"abc`, 'it does not parse'],
    ['nothing at all', () => jsonata``, 'it does not parse'],
    [
      'a function in a hole',
      () => jsonata`1 + ${() => 1}`,
      'must be JSON or a reference, got [object Function]',
    ],
  ])('refuses %s', (_what, mistake, problem) => {
    expect(mistake).toThrow(DefinitionError);
    expect(mistake).toThrow(problem);
  });

  it('shows the whole text, where it refuses one', () => {
    expect(() => jsonata`$upper(${input.name})`).toThrow(
      'jsonata`$upper(${…})`: no function is named $upper',
    );
  });

  it('is an element of a list as it is, an array too', async () => {
    const array: Ref<number[]> = jsonata<number[]>`[${input.items}.price]`;
    expect(await evaluated(list(array, 1), given)).toEqual([[2, 5], 1]);
  });
});
