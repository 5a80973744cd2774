import { step } from './json-value.ts';
import { DEEPEST } from './nesting.ts';

/** A text is not JSON. */
export class JsonTextError extends Error {
  override readonly name = 'JsonTextError';
  readonly line: number;
  readonly column: number;

  /** Whether it is JSON so far, but nested too deep to be read. */
  readonly tooDeep: boolean;

  constructor(message: string, [line, column]: readonly [number, number], tooDeep = false) {
    super(message);
    this.tooDeep = tooDeep;
    this.line = line;
    this.column = column;
  }
}

export interface JsonText {
  readonly value: unknown;
  /** The places of keys that an object names again: the later value is kept, the earlier one is lost. */
  readonly repeated: readonly string[];
}

const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

/**
 * Reads JSON as JSON.parse does, but tells the line and column of a fault, and keys that are given twice.
 * @throws JsonTextError when the text is not JSON.
 */
export function readJson(text: string): JsonText {
  const reader: Reader = { text, at: 0, depth: 0, repeated: [] };
  const value = readValue(reader, '');
  if (text.slice(reader.at).trim() !== '') fail(reader, 'nothing more after the value');
  return { value, repeated: reader.repeated };
}

interface Reader {
  readonly text: string;
  at: number;
  /** Lists and objects around what is read. */
  depth: number;
  readonly repeated: string[];
}

function next(reader: Reader, wanted: string): string {
  TOKEN.lastIndex = reader.at;
  const token = TOKEN.exec(reader.text);
  if (token === null) return fail(reader, wanted);
  reader.at = TOKEN.lastIndex;
  return token[1] ?? token[2] ?? token[3] ?? '';
}

/** Steps back over a token that does not fit, to tell where it stands. */
function misplaced(reader: Reader, token: string, wanted: string): never {
  reader.at -= token.length;
  return fail(reader, wanted);
}

function readValue(reader: Reader, place: string): unknown {
  const token = next(reader, 'a value');
  if (token === '{' || token === '[') {
    if (++reader.depth > DEEPEST) throw new JsonTextError('', positionOf(reader), true);
    const value = token === '{' ? readObject(reader, place) : readList(reader, place);
    reader.depth--;
    return value;
  }
  if ('}],:'.includes(token)) return misplaced(reader, token, 'a value');
  return literal(reader, token);
}

/** Control characters and unknown escapes are for JSON.parse to find. */
function literal(reader: Reader, token: string): unknown {
  try {
    return JSON.parse(token);
  } catch {
    return misplaced(reader, token, 'a string without line breaks and unknown escapes');
  }
}

function readObject(reader: Reader, place: string): unknown {
  const members = new Map<string, unknown>();
  let token = next(reader, "a key or '}'");
  while (token !== '}' || members.size > 0) {
    if (!token.startsWith('"')) misplaced(reader, token, 'a key in double quotes');
    const key = String(literal(reader, token));
    const colon = next(reader, "':'");
    if (colon !== ':') misplaced(reader, colon, "':'");
    if (members.has(key)) reader.repeated.push(place + step(key));
    members.set(key, readValue(reader, place + step(key)));
    const after = next(reader, "',' or '}'");
    if (after === '}') break;
    if (after !== ',') misplaced(reader, after, "',' or '}'");
    token = next(reader, 'a key in double quotes');
  }
  return Object.fromEntries(members);
}

function readList(reader: Reader, place: string): unknown {
  const items: unknown[] = [];
  const start = reader.at;
  if (next(reader, "a value or ']'") === ']') return items;
  reader.at = start;
  for (;;) {
    items.push(readValue(reader, place + step(items.length)));
    const after = next(reader, "',' or ']'");
    if (after === ']') return items;
    if (after !== ',') misplaced(reader, after, "',' or ']'");
  }
}

function fail(reader: Reader, wanted: string): never {
  const rest = reader.text.slice(reader.at).trimStart();
  const got = rest === '' ? 'the end' : JSON.stringify(rest.slice(0, 20));
  throw new JsonTextError(`expected ${wanted}, got ${got}`, positionOf(reader));
}

/** The line and column of what comes next. */
function positionOf({ text, at }: Reader): readonly [number, number] {
  const rest = text.slice(at);
  const before = text.slice(0, at + (rest.length - rest.trimStart().length)).split('\n');
  return [before.length, (before[before.length - 1] ?? '').length + 1];
}
