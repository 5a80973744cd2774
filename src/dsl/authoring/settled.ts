/**
 * The type of a step's result, written out field by field, so that nothing of what it was computed from is left in it.
 * Whatever was computed from the type of an object literal, as what zod infers is, counts as what may hold a type
 * parameter (TypeScript's `couldContainTypeVariables`): each later call, which is generic, would fill it in anew, and a
 * step would cost the more the more is known before it.
 *
 * An interface or a class has a name of its own, which does as well: it stays as it is. So does what lies deeper than
 * eight lists and objects, which is how a type that holds itself ends. A field that may be missing is one that may be
 * undefined, as for every reference.
 */
export type Settled<T, Depth extends number = 0> = unknown extends T
  ? T
  : Depth extends 8
    ? T
    : T extends readonly unknown[]
      ? SettledList<T, Deeper[Depth]>
      : T extends { readonly [name: string]: unknown }
        ? Written<OneOf<Fields<T, Deeper[Depth]>>>['out']
        : T;

type Deeper = readonly [1, 2, 3, 4, 5, 6, 7, 8, ...8[]];

type SettledList<T extends readonly unknown[], Depth extends number> = T[number][] extends T
  ? List<Settled<T[number], Depth>>['out']
  : T extends readonly [infer First, ...infer Rest]
    ? Tuple<Settled<First, Depth>, SettledList<Rest, Depth>>['out']
    : T;

/**
 * A field as its name and its type. It and what is made of fields are interfaces, since a tuple, a list or an alias that
 * is written in a type which holds itself remembers what its arguments were made of.
 */
export interface Field<out Name, out T> {
  readonly name: Name;
  readonly type: T;
}

/** An object with these fields. */
export interface Written<F extends Field<PropertyKey, unknown>> {
  readonly out: { [One in F as One['name']]: One['type'] };
}

/** A list of such elements. */
export interface List<T> {
  readonly out: T[];
}

interface Tuple<First, Rest extends readonly unknown[]> {
  readonly out: [First, ...Rest];
}

type Fields<T, Depth extends number> = { [K in keyof T]-?: Field<K, Settled<T[K], Depth>> };

/** One of the fields; of a record's, any, or one whose name is known. */
type OneOf<F> = string extends keyof F ? F[string & keyof F] | F[KnownName<F>] : F[keyof F];

type KnownName<F> = keyof {
  [K in keyof F as string extends K ? never : number extends K ? never : K]: unknown;
} &
  keyof F;
