import type { GuardFunction } from './checking.ts';
import { LONGEST_NAME } from './limits.ts';

/** The definitions of a guard's functions, in JSONata; the schema's own function is made by its references. */
export const FUNCTIONS: Readonly<Record<Exclude<GuardFunction, 'schema'>, string>> = {
  // To JavaScript's patterns a character outside the basic plane is two. The first alternative matches it where
  // patterns see UTF-16 units, the second where they see code points, as Java's do.
  utf16:
    '$utf16 := function($text) ' +
    '{ $replace($text, /[\\ud800-\\udbff][\\udc00-\\udfff]|[^\\u0000-\\uffff]/, "\\ufffd\\ufffd") }',
  step:
    '$step := function($key) { ' +
    `$contains($key, /^[A-Za-z_][A-Za-z0-9_]{0,${LONGEST_NAME - 1}}(?![\\s\\S])/) ? "." & $key : ` +
    `$string([$substring($key, 0, ${LONGEST_NAME})]) }`,
  // The tolerance is zod's own: 4 times 2^-52 of the quotient.
  multiple:
    '$multiple := function($number, $of) { ($times := $number / $of; ' +
    '$abs($times - $floor($times + 0.5)) < 8.881784197001252e-16 * $max([$abs($times), 1])) }',
};
