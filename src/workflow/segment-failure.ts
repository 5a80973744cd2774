import type { Expression } from '../dsl/expression/expression.ts';
import { differs, moreThan } from '../dsl/expression/comparison.ts';
import { inWords } from '../dsl/expression/failure.ts';
import { filter, map } from '../dsl/expression/each.ts';
import { at, count } from '../dsl/expression/list.ts';
import { orElse } from '../dsl/expression/logic.ts';
import { concat, substring } from '../dsl/expression/text.ts';

import { busyAccount } from './busy-account.ts';

/** What became of one segment: empty, or `Error: words`. */
interface Outcome {
  readonly failure: string;
}

type Thrown = Parameters<typeof inWords>[0];

/** A failed child would leave only the map's own error behind, not what went wrong. */
export const failureKept = {
  retry: [busyAccount],
  recover: {
    errors: ['States.ALL'],
    value: (_scope: unknown, error: Thrown) => ({ failure: inWords(error) }),
  },
} as const;

/** Of a thousand segments that have all failed, so much each stays within a map's 256 KiB. */
const SHOWN_CHARACTERS = 220;

/** A failure in as many words as there is room for in the map's result. */
export const shortened = (failure: Expression<string>): Expression<string> =>
  substring(failure, 0, SHOWN_CHARACTERS);

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
