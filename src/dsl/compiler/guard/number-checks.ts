import type { Family } from './checking.ts';
import { fault, type Place, sentence } from './place.ts';

export const numberFamily: Family = {
  keywords: ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf'],
  checks(schema, place, checking) {
    const bounds = BOUNDS.flatMap(([keyword, beyond, words]) => {
      const bound = schema[keyword];
      return typeof bound === 'number'
        ? [fault(place, `${place.value} ${beyond} ${bound}`, `must be ${words} ${bound}`)]
        : [];
    });
    const { multipleOf: divisor } = schema;
    if (typeof divisor !== 'number') return bounds;
    const odd = `$not(${checking.use('multiple')}(${place.value}, ${divisor}))`;
    return [
      ...bounds,
      `${overflow(place, divisor)}${odd} ? ${sentence(place, `must be a multiple of ${divisor}`)}`,
    ];
  },
};

const BOUNDS = [
  ['minimum', '<', 'at least'],
  ['exclusiveMinimum', '<=', 'more than'],
  ['maximum', '>', 'at most'],
  ['exclusiveMaximum', '>=', 'less than'],
] as const;

/** A quotient beyond all numbers would fail the evaluation; it is no multiple for zod either. */
function overflow(place: Place, divisor: number): string {
  if (divisor >= 1) return '';
  const limit = divisor * Number.MAX_VALUE;
  return `${fault(place, `$abs(${place.value}) > ${limit}`, `must be a multiple of ${divisor}`)} : `;
}

/** A whole number's own test, beside those of every number. */
export const wholeCheck = (place: Place): string =>
  fault(place, `$floor(${place.value}) != ${place.value}`, 'must be a whole number');
