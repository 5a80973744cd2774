import type { Json } from '../../../asl/machine.ts';
import { followSteps } from './follow-steps.ts';
import { parseFilter } from './parse-filter.ts';
import { pathFunctions } from './path-functions.ts';
import type { PathArgument, PathStep } from './path-step.ts';
import type { TextReader } from './text-reader.ts';

/** A name behind a dot ends before these; within a filter, before what may follow a path there, too. */
const names = { path: /[^.[(\s]+/y, within: /[^.[\](),\s*=<>!&|'"]+/y };

/**
 * The steps of a path after its root, as far as they go.
 * @param where whether it is a path of its own, or one within a filter or a function.
 * @throws PathSyntaxError
 */
export function parseSteps(reader: TextReader, where: 'path' | 'within' = 'path'): readonly PathStep[] {
  const steps: PathStep[] = [];
  for (;;) {
    if (reader.take('..')) {
      steps.push({ kind: 'descent' });
      if (reader.next !== '[') steps.push(nameOrWildcard(reader, where));
    } else if (reader.take('.')) {
      if (reader.next === '[') continue;
      steps.push(nameOrWildcard(reader, where));
    } else if (reader.next === '[') steps.push(bracket(reader));
    else return steps;
  }
}

function nameOrWildcard(reader: TextReader, where: 'path' | 'within'): PathStep {
  if (reader.take('*')) return { kind: 'wildcard' };
  const name = reader.match(names[where]);
  if (name === undefined) throw reader.unexpected('a name');
  if (!reader.take('(')) return { kind: 'name', name };
  const run = Object.hasOwn(pathFunctions, name) ? pathFunctions[name] : undefined;
  if (run === undefined)
    throw reader.unexpected(`one of the functions ${Object.keys(pathFunctions).join(', ')}`);
  return { kind: 'function', run, args: argumentsOf(reader) };
}

function argumentsOf(reader: TextReader): readonly PathArgument[] {
  const args: PathArgument[] = [];
  reader.skipSpace();
  while (!reader.take(')')) {
    args.push(argument(reader));
    reader.skipSpace();
    reader.take(',');
    reader.skipSpace();
  }
  return args;
}

function argument(reader: TextReader): PathArgument {
  if (reader.take('$')) {
    const steps = parseSteps(reader, 'within');
    return (root) => followSteps(steps, root, root);
  }
  const text = reader.quoted();
  if (text !== undefined) return () => [text];
  const number = reader.match(/-?\d+(\.\d+)?/y);
  if (number === undefined) throw reader.unexpected('a path, a text or a number');
  return () => [Number(number)];
}

function bracket(reader: TextReader): PathStep {
  reader.expect('[');
  reader.skipSpace();
  const step = inBrackets(reader);
  reader.skipSpace();
  reader.expect(']');
  return step;
}

function inBrackets(reader: TextReader): PathStep {
  if (reader.take('*')) return { kind: 'wildcard' };
  if (reader.take('?')) {
    reader.skipSpace();
    reader.expect('(');
    const test = parseFilter(reader, (inner) => parseSteps(inner, 'within'));
    reader.expect(')');
    return { kind: 'filter', test };
  }
  if (reader.next === "'" || reader.next === '"') {
    const names = listOf(reader, () => reader.quoted());
    return names.length === 1 ? { kind: 'name', name: names[0] as string } : { kind: 'names', names };
  }
  const from = integer(reader);
  reader.skipSpace();
  if (reader.take(':')) {
    reader.skipSpace();
    return { kind: 'slice', from, to: integer(reader) };
  }
  if (from === undefined) throw reader.unexpected('an index, a name in quotes, *, or ?(…)');
  reader.take(',');
  const indexes = [from, ...listOf(reader, () => integer(reader))];
  return indexes.length === 1 ? { kind: 'index', index: from } : { kind: 'indexes', indexes };
}

function integer(reader: TextReader): number | undefined {
  const digits = reader.match(/-?\d+/y);
  return digits === undefined ? undefined : Number(digits);
}

function listOf<T extends Json>(reader: TextReader, read: () => T | undefined): readonly T[] {
  const items: T[] = [];
  for (;;) {
    reader.skipSpace();
    const item = read();
    if (item === undefined) return items;
    items.push(item);
    reader.skipSpace();
    if (!reader.take(',')) return items;
  }
}
