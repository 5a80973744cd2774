import type { Expression, Template, Value } from './expression.ts';
import type { Mistake } from './mistake.ts';

/** What is said of a value that may be missing where one must be. */
type Missing = 'this value may be missing, which would fail the state; say what stands for it with orElse()';

/**
 * Beside the type of a value that must be there: nothing more, or a sentence for one that may be missing when the
 * machine runs, or that has such an element. Of what nothing is known of nobody can say; JavaScript's own undefined is
 * refused at definition.
 */
export type Present<R> =
  unknown extends Value<R>
    ? unknown
    : undefined extends Value<Exclude<R, undefined>>
      ? Mistake<Missing>
      : true extends HasGap<R>
        ? Mistake<'an element may be missing, which would fail the state; say what stands for it with orElse(), or leave it out with list()'>
        : unknown;

/** Whether a list that is written out has an element that may be missing. */
type HasGap<R> = 0 extends 1 & R
  ? false
  : R extends Expression<unknown>
    ? false
    : R extends readonly (infer E)[]
      ? unknown extends Value<E>
        ? false
        : undefined extends Value<E>
          ? true
          : HasGap<E>
      : R extends object
        ? { [K in keyof R]: HasGap<R[K]> }[keyof R]
        : false;

/**
 * What may be given for a value of type T as a whole, when what is given is a `Given`: it must be there, also where the
 * schema could do without it, since a state without a value fails.
 */
export type Whole<T, Given> = unknown extends T
  ? Given & Present<Given>
  : undefined extends T
    ? Template<Exclude<T, undefined>> | Mistake<Missing>
    : Template<T>;
