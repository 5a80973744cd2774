// Walks JSON as bytes, without making values of it: where a value begins and ends is all that is asked.
// The text is what a service sent as JSON, so it is not checked; only that it does not end too soon.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const SPACE = 0x20;

/** Up to here a string is walked byte by byte; beyond, the search that Node does natively is faster. */
const SHORT_STRING = 24;

/** A place in a text that ends before its JSON does. */
export class CutShort extends Error {
  override readonly name = 'CutShort';
}

/** Where the value that begins at or behind `at` does begin: white space is passed over. */
export function valueAt(json: Buffer, at: number): number {
  let here = at;
  while ((json[here] as number) <= SPACE) here += 1;
  return here;
}

/**
 * The first position behind the value that begins at `at`.
 * @throws CutShort
 */
export function endOfValue(json: Buffer, at: number): number {
  let here = at;
  let depth = 0;
  for (;;) {
    const byte = json[here];
    if (byte === undefined) throw new CutShort();
    here += 1;
    if (byte === QUOTE) {
      here = endOfString(json, here);
      if (depth === 0) return here;
    } else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) depth += 1;
    else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) {
      depth -= 1;
      if (depth === 0) return here;
      // A number or a word ends with what holds it.
      if (depth < 0) return here - 1;
    } else if (depth === 0 && (byte === COMMA || byte <= SPACE)) return here - 1;
  }
}

/** @param at behind the opening quote. @returns the first position behind the closing one. */
function endOfString(json: Buffer, at: number): number {
  let here = at;
  for (const near = at + SHORT_STRING; here < near;) {
    const byte = json[here];
    here += 1;
    if (byte === QUOTE) return here;
    if (byte === BACKSLASH) here += 1;
  }
  for (;;) {
    const quote = json.indexOf(QUOTE, here);
    if (quote < 0) throw new CutShort();
    let before = quote - 1;
    while (before >= here && json[before] === BACKSLASH) before -= 1;
    here = quote + 1;
    // An even number of backslashes before it are pairs that stand for themselves.
    if ((quote - before) % 2 === 1) return here;
  }
}

/** What is at a member of an object: where its name's quote opens, and where its value begins and ends. */
export type Member = (nameAt: number, valueStart: number) => number;

/**
 * Goes through the members of the object that begins at `at`.
 * @param member is told each one and answers where its value ends.
 * @returns the first position behind the object.
 * @throws CutShort
 */
export function eachMember(json: Buffer, at: number, member: Member): number {
  let here = valueAt(json, at + 1);
  while (json[here] === QUOTE) {
    const name = here;
    const colon = valueAt(json, endOfString(json, name + 1));
    here = valueAt(json, member(name, valueAt(json, colon + 1)));
    if (json[here] === COMMA) here = valueAt(json, here + 1);
  }
  if (json[here] !== CLOSING_BRACE) throw new CutShort();
  return here + 1;
}

/**
 * Goes through the elements of the array that begins at `at`, as `eachMember` does through members.
 * @throws CutShort
 */
export function eachElement(json: Buffer, at: number, element: (start: number) => number): number {
  let here = valueAt(json, at + 1);
  while (json[here] !== CLOSING_BRACKET) {
    if (here >= json.length) throw new CutShort();
    here = valueAt(json, element(here));
    if (json[here] === COMMA) here = valueAt(json, here + 1);
  }
  return here + 1;
}

/** The value between two positions, as JavaScript has it. */
export function parsed(json: Buffer, start: number, end: number): unknown {
  return JSON.parse(json.toString('utf8', start, end)) as unknown;
}

/** Whether the name whose quote opens at `at` is this one, written without escapes. */
export function isNamed(json: Buffer, at: number, name: Buffer): boolean {
  const start = at + 1;
  if (json[start + name.length] !== QUOTE) return false;
  for (let byte = 0; byte < name.length; byte += 1) if (json[start + byte] !== name[byte]) return false;
  return true;
}
