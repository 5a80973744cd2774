import type { Value } from './expression.ts';
import type { Mistake } from './mistake.ts';

/**
 * Beside the type of a value that must be there: nothing more, or a sentence for one that may be missing when the
 * machine runs. Of what nothing is known of nobody can say; JavaScript's own undefined is refused at definition.
 */
export type Present<R> =
  unknown extends Value<R>
    ? unknown
    : undefined extends Value<Exclude<R, undefined>>
      ? Mistake<'this value may be missing, which would fail the state; say what stands for it with orElse()'>
      : unknown;
