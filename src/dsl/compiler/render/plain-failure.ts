/**
 * The first string field of such a name in JSON text, found without `$parse` of the whole, which fails the state
 * where the text only looks like JSON. In JSON only a field's name can stand between `{` or `,` and a colon, since
 * the quotes within strings are escaped. `\x5c` is a backslash and `\x7b` a brace: JSONata's scanner counts
 * brackets to find the end of a regular expression. A string is read in runs, as a Java engine recurses over
 * alternatives.
 */
const stringField = (names: string): string =>
  `$match($cause, /[\\x7b,]\\s*"${names}"\\s*:\\s*("[^"\\x5c\\x00-\\x1f]*` +
  `(?:\\x5c(?:["\\x5c\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\x5c\\x00-\\x1f]*)*")/, 1)`;

const IS_OBJECT = '$contains($cause, /^\\s*\\{/)';

// Names begin with an underscore, which no variable of the language does: the operands stand within the block.

/** The words in a cause: `errorMessage`, else those in `Cause`, else the text itself. */
export const plainCause = (cause: string): string =>
  `($_plain := function($cause) { ($found := ${IS_OBJECT} ? ${stringField('(errorMessage|Cause)')}; ` +
  `$exists($found) ? ($text := $parse($found.groups[1]); ` +
  `$found.groups[0] = "Cause" ? $_plain($text) : $text) : $cause) }; $_plain(${cause}))`;

/** The name of the error that began it: `Error` of the innermost cause that has one. */
export const plainError = (error: string, cause: string): string =>
  `($_first := function($error, $cause) { ($found := ${IS_OBJECT} ? ${stringField('Error')}; ` +
  `$inner := ${stringField('Cause')}; ` +
  `$exists($found) ? $_first($parse($found.groups[0]), ` +
  `$exists($inner) ? $parse($inner.groups[0]) : "") : $error) }; $_first(${error}, ${cause}))`;
