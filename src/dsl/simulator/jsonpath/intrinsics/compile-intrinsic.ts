import type { Json } from '../../../asl/machine.ts';
import { compilePath, type PathSources } from '../path/compile-path.ts';
import { PathSyntaxError, TextReader } from '../path/text-reader.ts';
import { MissingArgument } from './intrinsic-fault.ts';
import { drawing, intrinsicFunctions, type Draws } from './intrinsic-functions.ts';

/** A call of an intrinsic function, ready to be made. */
export interface Intrinsic {
  readonly text: string;
  /** What it and the calls within it draw, in the order they do. */
  readonly draws: readonly (keyof Draws)[];
  /** @throws IntrinsicFault */
  readonly call: (sources: PathSources, draws: Draws) => Json;
}

const compiled = new Map<string, Intrinsic>();

/** What may stand behind a backslash in a function's text. Source: developer guide, "Intrinsic functions". */
const escapable = "'{}\\";

/** Whether a text is meant for an intrinsic function. */
export const isIntrinsic = (text: string): boolean => text.startsWith('States.');

/** A call by its text, parsed once. @throws PathSyntaxError */
export function compileIntrinsic(text: string): Intrinsic {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const reader = new TextReader(text);
  const draws: (keyof Draws)[] = [];
  const call = callOf(reader, draws);
  reader.skipSpace();
  if (!reader.done) throw reader.unexpected('the end of the function');
  const intrinsic = { text, draws, call };
  compiled.set(text, intrinsic);
  return intrinsic;
}

type Argument = (sources: PathSources, draws: Draws) => Json;

function callOf(reader: TextReader, draws: (keyof Draws)[]): Argument {
  reader.expect('States.');
  const name = reader.match(/\w+/y) ?? '';
  const run = Object.hasOwn(intrinsicFunctions, name) ? intrinsicFunctions[name] : undefined;
  if (run === undefined) throw new PathSyntaxError(`there is no function 'States.${name}'`);
  reader.skipSpace();
  const args = argumentsOf(reader, { draws, templateFirst: name === 'Format' });
  const drawn = drawing[name];
  if (drawn !== undefined) draws.push(drawn);
  return (sources, given) =>
    run(
      args.map((argument) => argument(sources, given)),
      given,
    );
}

interface Call {
  readonly draws: (keyof Draws)[];
  /** Whether the first argument keeps its escapes: States.Format resolves them with its places. */
  readonly templateFirst: boolean;
}

function argumentsOf(reader: TextReader, { draws, templateFirst }: Call): readonly Argument[] {
  const args: Argument[] = [];
  reader.expect('(');
  reader.skipSpace();
  if (reader.take(')')) return args;
  for (;;) {
    reader.skipSpace();
    args.push(argumentOf(reader, draws, templateFirst && args.length === 0));
    reader.skipSpace();
    if (reader.take(')')) return args;
    reader.expect(',');
  }
}

function argumentOf(reader: TextReader, draws: (keyof Draws)[], keepsEscapes: boolean): Argument {
  if (isIntrinsic(reader.text.slice(reader.at))) return callOf(reader, draws);
  if (reader.next === '$') return pathArgument(reader);
  if (reader.next === "'") {
    const from = reader.at + 1;
    const plain = reader.quoted(escapable) as string;
    const literal = keepsEscapes ? reader.text.slice(from, reader.at - 1) : plain;
    return () => literal;
  }
  const word = reader.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b/y);
  if (word === undefined) throw reader.unexpected('a path, a text in single quotes, a number or a function');
  const literal = JSON.parse(word) as Json;
  return () => literal;
}

function pathArgument(reader: TextReader): Argument {
  const path = compilePath(pathText(reader));
  return (sources) => {
    const value = path.read(sources);
    if (value !== undefined) return value;
    throw new MissingArgument(
      `The JsonPath argument for the field '${path.text}' could not be found in the input '${JSON.stringify(sources.input)}'`,
    );
  };
}

/** The text up to the comma or bracket that ends the argument; those within its own brackets and quotes do not. */
function pathText(reader: TextReader): string {
  const from = reader.at;
  let depth = 0;
  while (!reader.done) {
    if (reader.next === "'" || reader.next === '"') {
      reader.quoted();
      continue;
    }
    if (depth === 0 && (reader.next === ',' || reader.next === ')')) break;
    if ('[('.includes(reader.next)) depth += 1;
    if ('])'.includes(reader.next)) depth -= 1;
    reader.at += 1;
  }
  return reader.text.slice(from, reader.at).trim();
}
