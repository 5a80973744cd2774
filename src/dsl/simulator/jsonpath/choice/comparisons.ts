import type { Json } from '../../../asl/machine.ts';
import { timestampOf } from '../../timestamp.ts';
import { matchesGlob } from './matches-glob.ts';

type Comparison = (value: Json, other: Json) => boolean;

export const isTimestamp = (value: Json): boolean =>
  typeof value === 'string' && timestampOf(value) !== undefined;

/** The operators without their `Path`; a value of another type than the operator's makes them false. */
export const comparisons: { readonly [operator: string]: Comparison } = {
  BooleanEquals: (value, other) => typeof value === 'boolean' && value === other,
  ...ordered('Numeric', (value) => (typeof value === 'number' ? value : undefined)),
  ...ordered('String', (value) => (typeof value === 'string' ? value : undefined)),
  ...ordered('Timestamp', (value) => (typeof value === 'string' ? timestampOf(value) : undefined)),
  StringMatches: (value, other) =>
    typeof value === 'string' && typeof other === 'string' && matchesGlob(value, other),
};

function ordered(
  type: string,
  read: (value: Json) => number | string | undefined,
): { readonly [operator: string]: Comparison } {
  const when =
    (holds: (one: number | string, two: number | string) => boolean): Comparison =>
    (value, other) => {
      const [one, two] = [read(value), read(other)];
      return one !== undefined && two !== undefined && holds(one, two);
    };
  return {
    [`${type}Equals`]: when((one, two) => one === two),
    [`${type}LessThan`]: when((one, two) => one < two),
    [`${type}LessThanEquals`]: when((one, two) => one <= two),
    [`${type}GreaterThan`]: when((one, two) => one > two),
    [`${type}GreaterThanEquals`]: when((one, two) => one >= two),
  };
}
