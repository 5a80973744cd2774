import { NotPortable } from './not-portable.ts';

/** An escape sequence of a pattern, in words that every engine reads alike. */
export interface Escape {
  readonly text: string;
  /** How many characters of the source it takes. */
  readonly length: number;
  /** The one character that it stands for; undefined for a class of them. */
  readonly code?: number;
  /** Whether it may match half a character. */
  readonly wide: boolean;
}

/** JavaScript's white space; Java's `\s` has six characters of it. */
export const SPACES =
  '\\t\\n\\x0b\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';

const CLASSES: Readonly<Record<string, { readonly text: string; readonly wide: boolean }>> = {
  d: { text: '\\d', wide: false },
  w: { text: '\\w', wide: false },
  D: { text: '\\D', wide: true },
  W: { text: '\\W', wide: true },
  s: { text: `[${SPACES}]`, wide: false },
  S: { text: `[^${SPACES}]`, wide: true },
};

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

/** The escape sequence that a text begins with. @throws NotPortable */
export function escapeOf(rest: string): Escape {
  const letter = rest.charAt(1);
  const known = CLASSES[letter];
  if (known !== undefined) return { ...known, length: 2 };
  const control = CONTROLS[letter];
  if (control !== undefined) return character(control, 2);
  const hexadecimal = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(rest);
  if (hexadecimal)
    return character(Number.parseInt(String(hexadecimal[1] ?? hexadecimal[2]), 16), hexadecimal[0].length);
  if (/^\\0(?!\d)/.test(rest)) return character(0, 2);
  // Any other letter or digit is a reference, a boundary, or means itself here and something else elsewhere.
  if (/[A-Za-z0-9]/.test(letter)) throw new NotPortable();
  return character(letter.charCodeAt(0), 2);
}

function character(code: number, length: number): Escape {
  return { text: quoted(code, 'pattern'), length, code, wide: false };
}

/** What has a meaning of its own between brackets, in JavaScript, in Java or to JSONata's scanner. */
const OF_CLASSES = /[[\](){}^\-&/]/;

/** What has one elsewhere. */
const OF_PATTERNS = /[[\](){}^$.|*+?/]/;

/**
 * One character as itself, anywhere in a pattern. A backslash is written as its code, because JSONata's scanner
 * takes any bracket after one for a quoted bracket.
 * @throws NotPortable for half a character.
 */
export function quoted(code: number, where: 'pattern' | 'class'): string {
  if (code >= 0xd8_00) throw new NotPortable();
  const character = String.fromCharCode(code);
  if ((where === 'class' ? OF_CLASSES : OF_PATTERNS).test(character)) return `\\${character}`;
  if (code >= 0x20 && code < 0x7f && character !== '\\') return character;
  return code <= 0xff
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
