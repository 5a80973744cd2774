import { type Escape, SPACES, escapeOf, quoted } from './escape.ts';
import { NotPortable } from './not-portable.ts';

/** A `[…]` of a pattern. */
interface CharacterClass {
  readonly text: string;
  readonly length: number;
  readonly wide: boolean;
}

/** Pairs that leave no character out: the usual way to write "anything". */
const ANYTHING = [
  ['s', 'S'],
  ['d', 'D'],
  ['w', 'W'],
] as const;

/**
 * The class that a text begins with. Every character that is no letter or digit is quoted: Java's classes can be
 * nested and intersected, and JSONata's scanner counts brackets even here.
 * @throws NotPortable
 */
export function readClass(rest: string): CharacterClass {
  const negated = rest.startsWith('[^');
  const { members, length } = membersOf(rest, negated ? 2 : 1);
  const escapes = new Set(members.flatMap(({ letter }) => letter ?? []));
  if (members.length === 0 || ANYTHING.some((pair) => pair.every((letter) => escapes.has(letter)))) {
    const all = members.length > 0 !== negated;
    return { text: all ? '[\\s\\S]' : '(?!)', length, wide: all };
  }
  if (escapes.has('S')) throw new NotPortable();
  const text = members.map((member) => member.text).join('');
  const wide = negated || members.some((member) => member.wide);
  return { text: `[${negated ? '^' : ''}${text}]`, length, wide };
}

interface Member {
  readonly text: string;
  readonly wide: boolean;
  /** Of an escaped class: its letter. */
  readonly letter?: string;
}

function membersOf(
  rest: string,
  from: number,
): { readonly members: readonly Member[]; readonly length: number } {
  const members: Member[] = [];
  let at = from;
  while (rest.charAt(at) !== ']') {
    const first = characterAt(rest, at);
    at += first.length;
    const isRange = first.code !== undefined && rest.charAt(at) === '-' && rest.charAt(at + 1) !== ']';
    const last = isRange ? characterAt(rest, at + 1) : undefined;
    if (first.code !== undefined && last?.code !== undefined) {
      members.push({ text: `${quoted(first.code, 'class')}-${quoted(last.code, 'class')}`, wide: false });
      at += 1 + last.length;
    } else members.push(memberOf(first, rest.charAt(at - 1)));
  }
  return { members, length: at + 1 };
}

const memberOf = ({ text, code, wide }: Escape, letter: string): Member =>
  code === undefined
    ? { text: letter === 's' ? SPACES : text, wide, letter }
    : { text: quoted(code, 'class'), wide };

function characterAt(rest: string, at: number): Escape {
  if (rest.startsWith('\\b', at)) return { text: '', length: 2, code: 8, wide: false };
  if (rest.charAt(at) === '\\') return escapeOf(rest.slice(at));
  const code = rest.charCodeAt(at);
  return { text: '', length: 1, code, wide: false };
}
