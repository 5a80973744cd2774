import { type Argument, whyItFails } from './intrinsic-arguments.ts';
import { type PathReading, readPath } from './json-path.ts';

/** How many arguments each takes, least and most. Source: developer guide, "Intrinsic functions". */
const ARITY: Readonly<Record<string, readonly [number, number]>> = {
  'States.Array': [0, Infinity],
  'States.ArrayContains': [2, 2],
  'States.ArrayGetItem': [2, 2],
  'States.ArrayLength': [1, 1],
  'States.ArrayPartition': [2, 2],
  'States.ArrayRange': [3, 3],
  'States.ArrayUnique': [1, 1],
  'States.Base64Decode': [1, 1],
  'States.Base64Encode': [1, 1],
  'States.Format': [1, Infinity],
  'States.Hash': [2, 2],
  'States.JsonMerge': [3, 3],
  'States.JsonToString': [1, 1],
  'States.MathAdd': [2, 2],
  'States.MathRandom': [2, 3],
  'States.StringSplit': [2, 2],
  'States.StringToJson': [1, 1],
  'States.UUID': [0, 0],
};

/** Source: developer guide, "Intrinsic functions", "Limit": a call may hold calls ten deep. */
const DEEPEST = 10;

/** A quote, a backslash and braces are all that may be escaped (ASL specification, "Intrinsic Functions"). */
const TEXT = /^'(?:[^'\\]|\\['\\{}])*'/;
const CALL = /^(?<name>States\.[A-Za-z0-9]+)\s*\(\s*/;
const LITERAL = /^(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=[\s,)])/;

export interface IntrinsicReading extends PathReading {
  /** Why the call fails whatever the data is. */
  readonly failing: string | undefined;
}

/** Reads a call of an intrinsic function. */
export function readIntrinsic(text: string): IntrinsicReading {
  const variables = new Set<string>();
  const contextParts: string[] = [];
  const failing: string[] = [];
  try {
    const rest = readCall(text, { variables, contextParts, failing, depth: 1 });
    const fault = rest === '' ? undefined : `'${rest}' follows the call`;
    return { variables, contextParts, failing: failing[0], fault };
  } catch (fault) {
    return { variables, contextParts, failing: undefined, fault: (fault as Error).message };
  }
}

interface Reading {
  readonly variables: Set<string>;
  readonly contextParts: string[];
  readonly failing: string[];
  readonly depth: number;
}

/** What follows the call. Throws an Error in words when there is none. */
function readCall(text: string, reading: Reading): string {
  const head = CALL.exec(text);
  const name = head?.groups?.name ?? '';
  const arity = ARITY[name];
  if (head === null)
    throw new Error("it is neither a path, which begins with '$', nor a call such as States.UUID()");
  if (arity === undefined) throw new Error(`there is no intrinsic function ${name}`);
  if (reading.depth > DEEPEST) throw new Error(`calls stand more than ${DEEPEST} deep in each other`);
  let rest = text.slice(head[0].length);
  const given: Argument[] = [];
  while (!rest.startsWith(')')) {
    const { argument, rest: after } = readArgument(rest, reading);
    given.push(argument);
    rest = after.trimStart();
    if (rest.startsWith(',')) rest = rest.slice(1).trimStart();
    else if (!rest.startsWith(')')) throw new Error(`a call of ${name} is not closed`);
  }
  const [least, most] = arity;
  if (given.length < least || given.length > most) {
    const wanted = least === most ? least : most === Infinity ? `${least} or more` : `${least} to ${most}`;
    throw new Error(`${name} takes ${wanted} argument${wanted === 1 ? '' : 's'}, got ${given.length}`);
  }
  const why = whyItFails(name, given);
  if (why !== undefined) reading.failing.push(why);
  return rest.slice(1);
}

function valueOf(literal: string): number | boolean | null {
  if (literal === 'null') return null;
  return literal === 'true' || (literal !== 'false' && Number(literal));
}

/** What an argument is, and what follows it. */
function readArgument(
  text: string,
  reading: Reading,
): { readonly argument: Argument; readonly rest: string } {
  const plain = TEXT.exec(text)?.[0];
  if (plain !== undefined) return { argument: { text: plain.slice(1, -1) }, rest: text.slice(plain.length) };
  const literal = LITERAL.exec(text)?.[0];
  if (literal !== undefined)
    return {
      argument: { value: valueOf(literal) },
      rest: text.slice(literal.length),
    };
  if (text.startsWith("'"))
    throw new Error("a text is not closed, or escapes more than \\', \\\\, \\{ and \\}");
  if (!text.startsWith('$'))
    return { argument: 'unknown', rest: readCall(text, { ...reading, depth: reading.depth + 1 }) };
  const end = pathEnd(text);
  const { variables, contextParts, fault } = readPath(text.slice(0, end).trimEnd(), false);
  if (fault !== undefined) throw new Error(fault);
  for (const name of variables) reading.variables.add(name);
  reading.contextParts.push(...contextParts);
  return { argument: 'unknown', rest: text.slice(end) };
}

/** A name in brackets, or what a filter compares with. */
const QUOTED = /(?<quote>['"])(?:\\.|(?!\k<quote>).)*\k<quote>/sy;

/** Where a path in an argument list ends: at a comma or bracket outside its own brackets. */
function pathEnd(text: string): number {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    QUOTED.lastIndex = index;
    const quoted = depth > 0 ? QUOTED.exec(text) : null;
    if (quoted !== null) index += quoted[0].length - 1;
    else if (character === '[' || character === '(') depth++;
    else if (character === ']') depth--;
    else if (character === ')' && depth-- === 0) return index;
    else if (character === ',' && depth === 0) return index;
  }
  return text.length;
}
