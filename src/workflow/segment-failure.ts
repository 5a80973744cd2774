import type { Expression } from '../dsl/expression/expression.ts';
import { at, concat, count, differs, filter, map, orElse } from '../dsl/expression/operators.ts';

/** What became of one segment: empty, or `Error: words`. */
interface Outcome {
  readonly failure: string;
}

/** `apply of shop-orders: 2 of 8 segments failed, the first with ResetRefused: …`. */
export function segmentFailure(
  what: Expression<string>,
  segments: Expression<readonly Outcome[]>,
): Expression<string> {
  const failed = filter(segments, ({ failure }) => differs(failure, ''));
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
