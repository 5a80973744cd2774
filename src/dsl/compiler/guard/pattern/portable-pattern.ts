import { readClass } from './character-class.ts';
import { escapeOf, quoted } from './escape.ts';
import { NotPortable } from './not-portable.ts';

/** A regular expression that means the same wherever Step Functions' JSONata is evaluated. */
export interface PortablePattern {
  /** What stands between JSONata's slashes. */
  readonly regex: string;
  /** Whether it matters that JavaScript counts a character outside the basic plane as two. */
  readonly countsCharacters: boolean;
}

/** Groups whose meaning is the same everywhere, and a named one, whose name nobody reads here. */
const GROUP = /^\((?:\?[:=!]|\?<[A-Za-z_$][\w$]*>|(?!\?))/;
/** Signs that keep their meaning. */
const OWN = new Set([')', '^', '|', '*', '+', '?']);

const QUANTIFIER = /^\{\d+(?:,\d*)?\}/;

/**
 * A JavaScript pattern (without flags) as one that Java's regular expressions, which Step Functions may evaluate
 * with, and JavaScript's read alike, and that JSONata can quote; undefined when there is none. So `$` is written
 * out (in Java it also stands before a last line break), and so are `.` and `\s`, whose characters differ.
 */
export function portablePattern(source: string): PortablePattern | undefined {
  try {
    return translated(source);
  } catch (fault) {
    if (fault instanceof NotPortable) return undefined;
    throw fault;
  }
}

function translated(source: string): PortablePattern {
  let regex = '';
  let countsCharacters = false;
  for (let at = 0; at < source.length;) {
    const { text, length, wide } = pieceAt(source, at);
    regex += text;
    countsCharacters ||= wide ?? false;
    at += length;
  }
  return { regex, countsCharacters };
}

/** One piece of a pattern, and how many characters of the source it takes. */
interface Piece {
  readonly text: string;
  readonly length: number;
  /** Whether it may match half a character. */
  readonly wide?: boolean;
}

function pieceAt(source: string, at: number): Piece {
  const rest = source.slice(at);
  const character = rest.charAt(0);
  switch (character) {
    case '\\': {
      const { text, length, wide } = escapeOf(rest);
      return { text, length, wide };
    }
    case '[':
      return readClass(rest);
    case '(': {
      const group = GROUP.exec(rest)?.[0];
      if (group === undefined) throw new NotPortable();
      return { text: group.startsWith('(?<') ? '(?:' : group, length: group.length };
    }
    case '.':
      return { text: '[^\\n\\r\\u2028\\u2029]', length: 1, wide: true };
    case '$':
      return { text: '(?![\\s\\S])', length: 1 };
    case '{': {
      const quantifier = QUANTIFIER.exec(rest)?.[0];
      return { text: quantifier ?? '\\{', length: quantifier?.length ?? 1 };
    }
    default:
      return { text: OWN.has(character) ? character : quoted(character.charCodeAt(0), 'pattern'), length: 1 };
  }
}
