import { DefinitionError } from '../ast/definition-error.ts';
import type { Mistake } from '../expression/mistake.ts';
import { placed } from './checked.ts';
import { shown } from './shown.ts';

type Unit = 'second' | 'minute' | 'hour' | 'day';

/**
 * A length of time in words, a whole number of seconds: `'20 seconds'`, `'1 hour'`, `'12 hours'`, `'14
 * days'`.
 *
 * @example
 * const patience: Duration = '12 hours';
 */
export type Duration = `${number} ${Unit | `${Unit}s`}`;

/** A text that is a duration, else the sentence that the editor shows. */
export type DurationOf<Given> = Given extends Duration
  ? unknown
  : Given extends string
    ? Mistake<`'${Given}' is no duration: write for example '20 seconds' or '12 hours'`>
    : unknown;

const SECONDS: Record<Unit, number> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/**
 * The whole seconds in a duration.
 * @throws DefinitionError unless it is a positive whole number of seconds.
 */
export function seconds(duration: Duration): number {
  const [count = '', unit = '', ...rest] = typeof duration === 'string' ? duration.split(' ') : [];
  const perUnit = SECONDS[unit.replace(/s$/, '') as Unit];
  const total = Number(count) * (perUnit ?? NaN);
  if (!Number.isSafeInteger(total) || total <= 0 || rest.length > 0)
    throw new DefinitionError(
      `a duration must be a positive whole number of seconds, got ${shown(duration)}; write for example '20 seconds' or '12 hours'`,
    );
  return total;
}

/** The whole seconds in a duration that stands in an option. @throws DefinitionError naming the option. */
export const secondsOf = (duration: Duration, place: string): number =>
  placed(place, () => seconds(duration));
