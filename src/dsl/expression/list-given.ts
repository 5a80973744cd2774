import type { Expression, Template, Value } from './expression.ts';
import type { Mistake } from './mistake.ts';

/** A list: one that is known when the machine runs, or one that is written out, with references in it. */
export type ListGiven = Expression<readonly unknown[]> | readonly unknown[];

/** The list that is given, as its values. */
export type ListIn<L> =
  L extends Expression<infer T extends readonly unknown[]>
    ? T
    : L extends readonly unknown[]
      ? Value<L> extends infer T extends readonly unknown[]
        ? T
        : never
      : never;

/** An element of the list that is given. */
export type ItemIn<L> = ListIn<L>[number];

/** A list as it is, or the complaint that it is none. */
export type ListOf<L> = L extends ListGiven ? L : Mistake<'a list is wanted here'>;

/** A list of numbers. */
export type Numbers = Expression<readonly number[]> | readonly Template<number>[];

/** A list of texts. */
export type Texts = Expression<readonly string[]> | readonly Template<string>[];

/** What is at a place of a list: of a pair, say, its own type; of a list of any length it may be missing. */
export type ElementAt<T extends readonly unknown[], Index> = number extends T['length']
  ? T[number] | undefined
  : Index extends number
    ? `${Index & number}` extends keyof T
      ? T[`${Index & number}` & keyof T]
      : T[number] | undefined
    : T[number] | undefined;
