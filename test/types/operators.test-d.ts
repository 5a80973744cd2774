import type { Expression, Ref } from '../../src/dsl/expression/expression.ts';
import {
  add,
  at,
  concat,
  count,
  equals,
  filter,
  ifElse,
  lessThan,
  list,
  map,
  oneOf,
  orElse,
  sum,
} from '../../src/dsl/expression/operators.ts';
import { same } from './subjects.ts';

interface Known {
  readonly name: string;
  readonly size: number;
  readonly mode: 'fast' | 'slow';
  readonly note?: string | undefined;
  readonly tables: readonly { readonly name: string; readonly keys: readonly string[] }[];
}
declare const known: Ref<Known>;

// What an operator gives.
const names = map(known.tables, (table) => table.name);
same<typeof names, Expression<string[]>>();
const keys = map(known.tables, (table) => map(table.keys, (key) => concat(table.name, key)));
same<typeof keys, Expression<string[][]>>();
const first = at(names, 0);
same<typeof first, Expression<string | undefined>>();
const some = orElse(first, 'none');
same<typeof some, Expression<string>>();
const either = ifElse(equals(known.size, 1), 'one', known.size);
same<typeof either, Expression<number | 'one'>>();
const mixed = list(known.name, 1);
same<typeof mixed, Expression<(string | 1)[]>>();
same<typeof known.note, Ref<string | undefined>>();
sum(map(known.tables, (table) => count(table.keys)));
filter(known.tables, (table) => oneOf(table.name, ['a', known.name]));

// @ts-expect-error a reference is never the same as a value: equals() compares
export const strict = known.name === 'x';

// @ts-expect-error a reference has no JavaScript arithmetic: add() adds
export const arithmetic = known.size + 1;

// @ts-expect-error no field of that name
export const unknownField = known.nmae;

// @ts-expect-error a text is not compared with a number
equals(known.name, 1);

// @ts-expect-error the mode is 'fast' or 'slow'
equals(known.mode, 'quick');

// @ts-expect-error one of the options is no mode
oneOf(known.mode, ['fast', 'quick']);

// @ts-expect-error only numbers are added
add(known.name, 1);

// @ts-expect-error conditions have no size
lessThan(equals(known.size, 1), true);

// @ts-expect-error a text is no list
map(known.name, (one) => one);

// @ts-expect-error an array's elements are read with at() or map()
export const element = known.tables[0];

// @ts-expect-error an array has no JavaScript methods
known.tables.map((table: unknown) => table);

// @ts-expect-error a sum is of numbers
sum(names);

// @ts-expect-error a condition must be an expression
filter(known.tables, () => true);

// @ts-expect-error the fallback must fit the value
orElse(known.note, 5);

// @ts-expect-error the first operand must be an expression: two literals are compared in JavaScript
equals('a', 'a');
