import type { JsonObject } from '../../asl/machine.ts';
import type { Checking, Family } from './checking.ts';
import { formatWords } from './format-words.ts';
import { portablePattern } from './pattern/portable-pattern.ts';
import { fault, type Place, sentence } from './place.ts';

/** Zod counts a text's length in code points, as `$length` does. */
export const stringFamily: Family = {
  keywords: ['minLength', 'maxLength', 'pattern'],
  checks(schema, place, checking) {
    const { minLength: least, maxLength: most } = schema;
    const length = `$length(${place.value})`;
    const short =
      typeof least === 'number' && least > 0
        ? [fault(place, `${length} < ${least}`, `must have at least ${least} characters`)]
        : [];
    const long =
      typeof most === 'number'
        ? [fault(place, `${length} > ${most}`, `must have at most ${most} characters`)]
        : [];
    const unlike = patternCheck(schema, place, checking);
    // What is too long is not matched: a bound on the length bounds the matching too.
    return [
      ...short,
      ...(long.length > 0 && unlike.length > 0 ? [`${long[0]} : ${unlike[0]}`] : [...long, ...unlike]),
    ];
  },
};

function patternCheck(schema: JsonObject, place: Place, checking: Checking): readonly string[] {
  if (typeof schema.pattern !== 'string') return [];
  const pattern = portablePattern(schema.pattern);
  if (pattern === undefined) {
    checking.leave(place, `the pattern ${schema.pattern}`);
    return [];
  }
  const subject = pattern.countsCharacters ? `${checking.use('utf16')}(${place.value})` : place.value;
  return [
    `$not($contains(${subject}, /${pattern.regex}/)) ? ${sentence(place, `must ${patternWords(schema)}`)}`,
  ];
}

/** What a text of this pattern is called: by its description, else by its format, else by the pattern itself. */
export function patternWords({ description, format, pattern }: JsonObject): string {
  if (typeof description === 'string') return `be ${description}`;
  const words = formatWords(format);
  return words === undefined ? `match ${pattern as string}` : `be ${words}`;
}
