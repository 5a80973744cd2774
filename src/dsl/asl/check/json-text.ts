import { step } from './json-value.ts';

/** A text is not JSON. */
export class JsonTextError extends Error {
  override readonly name = 'JsonTextError';
  readonly line: number;
  readonly column: number;

  constructor(message: string, [line, column]: readonly [number, number]) {
    super(message);
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
  const reader: Reader = { text, at: 0, repeated: [] };
  const value = readValue(reader, '');
  if (text.slice(reader.at).trim() !== '') fail(reader, 'nothing more after the value');
  return { value, repeated: reader.repeated };
}

interface Reader {
  readonly text: string;
  at: number;
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
  if (token === '{') return readObject(reader, place);
  if (token === '[') return readList(reader, place);
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

function fail({ text, at }: Reader, wanted: string): never {
  const rest = text.slice(at);
  const position = at + (rest.length - rest.trimStart().length);
  const before = text.slice(0, position).split('\n');
  const got = position >= text.length ? 'the end' : JSON.stringify(text.slice(position, position + 20));
  throw new JsonTextError(`expected ${wanted}, got ${got}`, [
    before.length,
    (before[before.length - 1] ?? '').length + 1,
  ]);
}
