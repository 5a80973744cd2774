import { boundedExec } from '../../bounded-exec.ts';
import { aText } from './operands.ts';
import { NOT_DIRECT } from './syntax-node.ts';

/** A function whose second argument is a regular expression that is written out. */
interface PatternFunction {
  readonly compute: (text: string, pattern: RegExp, replacement: unknown) => unknown;
  /** How many arguments it is given here. */
  readonly takes: number;
  /** Whether it gives a sequence, which is nothing when empty, and a single value is itself. */
  readonly isSequence?: boolean;
}

/** Each match from where the last one ended. The package finds fault with one of nothing. */
function matchesIn(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  const own = new RegExp(pattern);
  while (matches.length === 0 || own.lastIndex < text.length) {
    const match = boundedExec(own, text);
    if (match === null) break;
    if (match[0] === '') throw NOT_DIRECT;
    matches.push(match);
  }
  return matches;
}

/** What is between the matches. */
function piecesOf(text: string, pattern: RegExp): readonly string[] {
  let start = 0;
  const pieces = matchesIn(text, pattern).map((match) => {
    const piece = text.slice(start, match.index);
    start = match.index + match[0].length;
    return piece;
  });
  return [...pieces, text.slice(start)];
}

function replaced(text: string, pattern: RegExp, replacement: unknown): string {
  // A `$` stands for what was matched.
  if (aText(replacement).includes('$')) throw NOT_DIRECT;
  return piecesOf(text, pattern).join(aText(replacement));
}

function matched(text: string, pattern: RegExp): readonly unknown[] {
  return matchesIn(text, pattern).map((found) => {
    const [match, ...groups] = found as readonly (string | undefined)[];
    if (groups.includes(undefined)) throw NOT_DIRECT;
    return { match, index: found.index, groups };
  });
}

/** By name. What is missing is evaluated by the package. */
export const patternFunctions: ReadonlyMap<unknown, PatternFunction> = new Map<unknown, PatternFunction>([
  ['contains', { takes: 2, compute: (text, pattern) => boundedExec(new RegExp(pattern), text) !== null }],
  ['match', { takes: 2, compute: matched, isSequence: true }],
  ['replace', { takes: 3, compute: replaced }],
  ['split', { takes: 2, compute: piecesOf }],
]);
