import type { Expression } from '../dsl/expression/expression.ts';
import { at, concat, count, differs, filter, map, moreThan, orElse } from '../dsl/expression/operators.ts';

/** What became of one segment: empty, or `Error: words`. */
interface Outcome {
  readonly failure: string;
}

type Segments = Expression<readonly Outcome[]>;

const failedOf = (segments: Segments) => filter(segments, ({ failure }) => differs(failure, ''));

/** Whether any segment failed. */
export const anyFailed = (segments: Segments): Expression<boolean> => moreThan(count(failedOf(segments)), 0);

/** `apply of shop-orders: 2 of 8 segments failed, the first with ResetRefused: …`. */
export function segmentFailure(what: Expression<string>, segments: Segments): Expression<string> {
  const failed = failedOf(segments);
  const first = at(
    map(failed, ({ failure }) => failure),
    0,
  );
  return concat(
    what,
    ': ',
    count(failed),
    ' of ',
    count(segments),
    ' segments failed, the first with ',
    orElse(first, ''),
  );
}
