import type { Expression, Ref, Template } from '../../src/dsl/expression/expression.ts';
import type { ListOf } from '../../src/dsl/expression/list-given.ts';
import type { Kind, Mistake } from '../../src/dsl/expression/mistake.ts';
import type { Present } from '../../src/dsl/expression/present.ts';
import { random, uuid } from '../../src/dsl/expression/chance.ts';
import { differs, equals, lessThan, moreThan, oneOf } from '../../src/dsl/expression/comparison.ts';
import { context } from '../../src/dsl/expression/context.ts';
import { every, filter, map, some, sortBy } from '../../src/dsl/expression/each.ts';
import { hash } from '../../src/dsl/expression/encoding.ts';
import { jsonata } from '../../src/dsl/expression/jsonata.ts';
import { parse, toJson } from '../../src/dsl/expression/json.ts';
import {
  append,
  at,
  count,
  distinct,
  first,
  flatten,
  last,
  list,
  partition,
  range,
  reverse,
} from '../../src/dsl/expression/list.ts';
import { and, exists, ifElse, not, orElse, orIfNull } from '../../src/dsl/expression/logic.ts';
import { add, average, min, numberOf, round, sum } from '../../src/dsl/expression/number.ts';
import { entries, fromEntries, keys, lookup, merge } from '../../src/dsl/expression/object.ts';
import {
  concat,
  contains,
  join,
  length,
  matches,
  replace,
  split,
  substring,
  uppercase,
} from '../../src/dsl/expression/text.ts';
import { addSeconds, now, toMillis } from '../../src/dsl/expression/time.ts';
import { same } from './subjects.ts';

interface Known {
  readonly name: string;
  readonly size: number;
  readonly mode: 'fast' | 'slow';
  readonly note?: string | undefined;
  readonly owner?: { readonly name: string; readonly team?: string } | undefined;
  readonly nothing: { readonly at: string } | null;
  readonly tables: readonly {
    readonly name: string;
    readonly keys: readonly string[];
    readonly rows: number;
  }[];
  readonly tags: Readonly<Record<string, number>>;
  readonly records?: Readonly<Record<string, { readonly S?: string }>>;
  readonly pair: readonly [string, number];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what z.any() gives
  readonly whatever: any;
}
declare const known: Ref<Known>;

// What a reference gives.
same<typeof known.note, Ref<string | undefined>>();
same<typeof known.tables, Expression<Known['tables']>>();
// A field of what may be missing or null may be missing.
const ownerName = known.owner.name;
same<typeof ownerName, Ref<string | undefined>>();
const when = known.nothing.at;
same<typeof when, Ref<string | undefined>>();

// What an operator gives.
const names = map(known.tables, (table) => table.name);
same<typeof names, Expression<string[]>>();
const keysOf = map(known.tables, (table) => map(table.keys, (key) => concat(table.name, key)));
same<typeof keysOf, Expression<string[][]>>();
const flat = flatten(keysOf);
same<typeof flat, Expression<string[]>>();
const head = at(names, 0);
same<typeof head, Ref<string | undefined>>();
const some1 = orElse(head, 'none');
same<typeof some1, Ref<string>>();
const orNull = orElse(known.nothing, null);
same<typeof orNull, Ref<{ readonly at: string } | null>>();
const either = ifElse(equals(known.size, 1), 'one', known.size);
same<typeof either, Ref<number | 'one'>>();
const mixed = list(known.name, 1);
same<typeof mixed, Expression<(string | 1)[]>>();
const present = list(known.note, 'x');
same<typeof present, Expression<string[]>>();
const owners = map(known.tables, () => known.owner.name);
same<typeof owners, Expression<string[]>>();
const firstTable = first(filter(known.tables, (table) => equals(table.rows, 1)));
same<typeof firstTable.rows, Ref<number | undefined>>();
same<typeof firstTable.keys, Expression<readonly string[] | undefined>>();
const lastRows = orElse(last(known.tables), { name: 'x', keys: [], rows: 0 }).rows;
same<typeof lastRows, Ref<number>>();
const pages = partition(names, 10);
same<typeof pages, Expression<string[][]>>();
const both = append(names, range(1, 3));
same<typeof both, Expression<(string | number)[]>>();
const sorted = sortBy(distinct(reverse(known.tables)), (table) => table.rows, 'descending');
same<typeof sorted, Expression<Known['tables'][number][]>>();
const least = min(list(known.size, 1));
same<typeof least, Expression<number | undefined>>();
const lesser = min(known.size, 1);
same<typeof lesser, Expression<number>>();
const mean = average(list(known.size));
same<typeof mean, Expression<number | undefined>>();
const tag = lookup(known.tags, known.name);
same<typeof tag, Ref<number | undefined>>();
// A name of a record that may be missing, as of an item that was not found.
const found = lookup(known.records, 'pk').S;
same<typeof found, Ref<string | undefined>>();
// Nothing is known of any value: it is no text, and has no fields.
same<typeof known.whatever, Ref<unknown>>();
// What may be null or missing becomes what is there.
const noNull = orIfNull(known.nothing, { at: 'x' });
same<typeof noNull, Ref<{ readonly at: string }>>();
const noNullAt = orIfNull(lookup(known.records, 'pk').S, '');
same<typeof noNullAt, Ref<string>>();
// A tuple has its own types at its own places.
export const tuple: Template<Known['pair']> = [known.name, 1];
export const tuples: Template<readonly Known['pair'][]> = [['x', known.size], known.pair];
const paired = ifElse(known.whatever as never, { of: ['x', 1] }, { of: known.pair });
same<typeof paired, Ref<{ readonly of: ['x', 1] } | { readonly of: readonly [string, number] }>>();
const size = lookup(known, 'size');
same<typeof size, Ref<number | undefined>>();
const tagNames = keys(known.tags);
same<typeof tagNames, Expression<string[]>>();
const pairs = entries(known.tags);
same<typeof pairs, Expression<{ readonly key: string; readonly value: number }[]>>();
const doubled = fromEntries(map(pairs, (one) => ({ key: one.key, value: add(one.value, one.value) })));
same<typeof doubled, Expression<{ readonly [name: string]: number }>>();
const merged = merge(known, { size: 'large', extra: known.size });
same<typeof merged.size, Ref<'large'>>();
same<typeof merged.extra, Ref<number>>();
same<typeof merged.name, Ref<string>>();
const parsed = parse<{ readonly a: number }>(known.name).a;
same<typeof parsed, Ref<number>>();
const raw = jsonata<{ readonly total: number }>`{"total": ${known.size}}`.total;
same<typeof raw, Ref<number>>();
const untold = jsonata`1`;
same<typeof untold, Ref<unknown>>();
const conditions = and(
  some(known.tables, (table) => contains(table.name, 'x')),
  every(names, (name) => matches(name, /^x/)),
  jsonata<boolean>`1 = 1`,
);
same<typeof conditions, Expression<boolean>>();
sum(map(known.tables, (table) => count(table.keys)));
filter(known.tables, (table) => oneOf(table.name, ['a', known.name]));
concat(
  uppercase(known.name),
  substring(known.name, 1),
  join(split(known.name, ',')),
  replace(known.name, /a/, 'b'),
);
add(length(known.name), round(numberOf(known.name), 2));
addSeconds(now(), toMillis(context.Execution.StartTime));
hash(toJson(known), 'SHA-256');
concat(uuid(), random(known.size));
equals(known.owner, { name: known.name });
equals(known.nothing, null);
same<typeof context.Execution.RedriveTime, Ref<string | undefined>>();

// What may be compared may stand in a template, and the other way round.
const template: Template<Known['tables']> = [{ name: known.name, keys: names, rows: 1 }];
equals(known.tables, template);
// A list that cannot be changed may stand where one is wanted that could be.
export const wanted: Template<{ readonly keys: string[] }> = {
  keys: at(
    map(known.tables, (table) => table.keys),
    0,
  ) as Expression<readonly string[]>,
};

// @ts-expect-error a reference is never the same as a value: equals() compares
export const strict = known.name === 'x';

// @ts-expect-error a reference has no JavaScript arithmetic: add() adds
export const arithmetic = known.size + 1;

// @ts-expect-error a reference has no size to JavaScript: lessThan() compares
export const smaller = known.size < 1;

// @ts-expect-error no field of that name
export const unknownField = known.nmae;

// @ts-expect-error nor of an operator's result
export const unknownResultField = first(known.tables).nmae;

// @ts-expect-error a text is not compared with a number
equals(known.name, 1);

// @ts-expect-error nor with a reference to one
differs(known.name, known.size);

// @ts-expect-error the mode is 'fast' or 'slow'
equals(known.mode, 'quick');

// @ts-expect-error one of the options is no mode
oneOf(known.mode, ['fast', 'quick']);

// @ts-expect-error only numbers are added
add(known.name, 1);

// @ts-expect-error what may be missing is not added
add(first(known.tables).rows, 1);

// @ts-expect-error what may be missing is no condition
not(orElse(known.note, 'x'));

// @ts-expect-error conditions have no size
lessThan(equals(known.size, 1), true);

// @ts-expect-error nor has what may be missing
moreThan(first(names), 'x');

// @ts-expect-error a text is no list
map(known.name, 1);

// @ts-expect-error a text is no list
at(known.name, 0);

// @ts-expect-error a text is no list
count(known.name);

// @ts-expect-error an index is a number
at(known.tables, known.name);

// @ts-expect-error an array's elements are read with at() or map()
export const element = known.tables[0];

// @ts-expect-error an array has no JavaScript methods
known.tables.map((table: unknown) => table);

// @ts-expect-error an array's length is count()
export const size2 = known.tables.length;

// @ts-expect-error a text has no JavaScript methods
known.name.toUpperCase();

// @ts-expect-error a sum is of numbers
sum(names);

// @ts-expect-error texts are joined
join(list(1, 2));

// @ts-expect-error a condition must be an expression
filter(known.tables, () => true);

// @ts-expect-error a table is neither number nor text
sortBy(known.tables, (table) => table);

// @ts-expect-error the fallback must fit the value
orElse(known.note, 5);

// @ts-expect-error a null stays, and is no text
concat(orElse(known.nothing, null));

// @ts-expect-error the first operand must be an expression: two literals are compared in JavaScript
equals('a', 'a');

// @ts-expect-error the second of the pair is a number
export const swapped: Template<Known['pair']> = [1, 'x'];

// @ts-expect-error a pair has two
export const three: Template<Known['pair']> = ['x', 1, 2];

// @ts-expect-error nor is it one
export const one: Template<Known['pair']> = ['x'];

// @ts-expect-error of what nothing is known it is not known to be a text
length(known.whatever);

// @ts-expect-error what stands for null must fit the value
orIfNull(known.note, 5);

// @ts-expect-error no such algorithm
hash(known.name, 'SHA-3');

// @ts-expect-error a text is not made JSON
toJson(known.name);

// @ts-expect-error a number has no fields
keys(known.size);

// @ts-expect-error no field of that name
lookup(known, 'nmae');

// Raw JSONata is of the type that its place wants, when none is said.
add(jsonata`1`, 1);

// @ts-expect-error nor is it something else than its type says
concat(jsonata<boolean[]>`[]`);

// @ts-expect-error a regular expression is JavaScript's own
matches(known.name, 'x');

// @ts-expect-error a missing value is asked about, not tested
exists(undefined);

// A value that must be there: nothing more is asked, or a sentence says what to do.
same<Present<Ref<string>>, unknown>();
same<Present<{ readonly note: Ref<string | undefined> }>, unknown>();
same<Present<Ref<unknown>>, unknown>();
same<
  Present<Ref<string | undefined>>,
  Mistake<'this value may be missing, which would fail the state; say what stands for it with orElse()'>
>();

// The sentences that the checker shows.
same<ListOf<Expression<string>>, Mistake<'a list is wanted here'>>();
same<Kind<'fast' | 'slow'>, "'fast'" | "'slow'">();
same<Kind<string>, 'a text'>();
same<Parameters<typeof equals<boolean>>[1], Mistake<'compare this with true or false'>>();

// A list that is written out is a list, with references in it; its elements have their types.
const shouted = map([known.name, 'b'], (one) => concat(one, '!'));
same<typeof shouted, Expression<string[]>>();
const rowsOf = map([{ name: known.name, rows: 1 }], (one) => {
  same<typeof one.name, Ref<string>>();
  return add(one.rows, known.size);
});
same<typeof rowsOf, Expression<number[]>>();
const more = append(names, ['b', known.name]);
same<typeof more, Expression<string[]>>();
const one1 = first([known.name, 'b']);
same<typeof one1, Ref<string>>();
const both1 = flatten([names, [known.name]]);
same<typeof both1, Expression<string[]>>();
const big = filter([known.size, 2], (number) => moreThan(number, 1));
same<typeof big, Expression<number[]>>();
const object1 = fromEntries([{ key: known.name, value: known.size }]);
same<typeof object1, Expression<{ readonly [name: string]: number }>>();
count([known.name, 'b']);
sum([1, known.size]);
min([1, known.size]);
average([1, known.size]);
join([known.name, 'b'], '-');
reverse(distinct([known.name]));
partition([known.name], 2);
some(['a', 'b'], (letter) => equals(known.name, letter));
every(['a', 'b'], (letter) => differs(known.name, letter));
sortBy([known.size, 1], (number) => number);

// @ts-expect-error a sum is of numbers
sum([known.name]);

// @ts-expect-error texts are joined
join([1, 2]);

// A place of a tuple that is written out has its own type.
const second = at(known.pair, 1);
same<typeof second, Ref<number>>();
const opening = first(known.pair);
same<typeof opening, Ref<string>>();
const anyPlace = at(known.pair, known.size);
same<typeof anyPlace, Ref<string | number | undefined>>();
const beyond = at(known.pair, 2);
same<typeof beyond, Ref<string | number | undefined>>();
const fromEnd = at(known.pair, -1);
same<typeof fromEnd, Ref<string | number | undefined>>();

// Of a closed set, or of some numbers, the size is compared with any.
filter([3, 1], (number) => moreThan(number, 2));
lessThan(known.mode, 'm');

// @ts-expect-error a number has no size beside a text
lessThan(known.size, 'm');

// What a record has by a name may be missing, also where the checker adds its own undefined.
const byName = orElse(known.tags['a'], 0);
same<typeof byName, Ref<number>>();
const byNull = orIfNull(known.tags['a'], 0);
same<typeof byNull, Ref<number>>();
exists(known.tags['a']);
export const optional: Template<{ readonly size?: number }> = { size: known.tags['a'] };
declare const row: Ref<{ readonly [column: string]: string }>;
declare const typed: Ref<{ readonly id: string }>;
export const column: Template<{ readonly id: string }> = { id: orElse(row['id'], '?') };
export const named: Template<{ readonly id: string }> = { id: typed.id };

// @ts-expect-error it may be missing where it must be there
export const missing: Template<{ readonly id: string }> = { id: row['id'] };

// The fallback of a value that is one of few may be another of its kind.
declare const chosen: Expression<990 | undefined>;
const postage = orElse(chosen, 0);
same<typeof postage, Ref<990 | 0>>();
declare const told: Expression<{ readonly state: 'free' } | null>;
const state = orIfNull(told, { state: 'dear' }).state;
same<typeof state, Ref<'free' | 'dear'>>();
const mode = orElse(known.mode, 'slow');
same<typeof mode, Ref<'fast' | 'slow'>>();

// @ts-expect-error a text does not stand for a number
orElse(chosen, 'none');
