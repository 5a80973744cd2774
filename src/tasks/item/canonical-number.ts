import { unreadableItem } from './unreadable-item.ts';

const ZERO = 0x30;
const NINE = 0x39;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/**
 * The one form that all spellings of a decimal number share: `1.50`, `+01.5` and `15E-1` give `15e-1`, and
 * every zero gives `0`. It works on text alone, because a JavaScript number keeps 17 of DynamoDB's 38 digits.
 * @throws TaskError `UnreadableItem` when the text is not a decimal number.
 */
export function canonicalNumber(text: string): string {
  if (isPlainWhole(text)) return `${text}e0`;
  const match = DECIMAL.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (!match || whole + fraction === '') throw unreadableItem('a number that is not a decimal number');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const exponent =
    BigInt(match[4] ?? 0) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${match[1] === '-' ? '-' : ''}${significant}e${exponent}`;
}

/** Whether a text is digits alone that begin and end with another than 0, as most numbers in keys do. */
function isPlainWhole(text: string): boolean {
  const last = text.length - 1;
  for (let at = 0; at <= last; at += 1) {
    const code = text.charCodeAt(at);
    if (code > NINE || code < ZERO || (code === ZERO && (at === 0 || at === last))) return false;
  }
  return last >= 0;
}

/** Whether two number texts mean the same number. */
export function sameNumber(a: string, b: string): boolean {
  return a === b || canonicalNumber(a) === canonicalNumber(b);
}

/** Negative when `a` is the smaller number, 0 when both are the same, positive when `a` is the larger one. */
export function compareNumbers(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  if (left.sign !== right.sign) return left.sign - right.sign;
  if (left.sign === 0) return 0;
  return left.sign > 0 ? compareMagnitudes(left, right) : compareMagnitudes(right, left);
}

interface Parts {
  /** -1, 0 or 1. */
  readonly sign: number;
  readonly digits: string;
  /** The power of ten of the first digit. */
  readonly magnitude: bigint;
}

function parts(text: string): Parts {
  const canonical = canonicalNumber(text);
  if (canonical === '0') return { sign: 0, digits: '', magnitude: 0n };
  const negative = canonical.startsWith('-');
  const [digits = '', exponent = '0'] = canonical.slice(negative ? 1 : 0).split('e');
  return { sign: negative ? -1 : 1, digits, magnitude: BigInt(exponent) + BigInt(digits.length) };
}

function compareMagnitudes(a: Parts, b: Parts): number {
  if (a.magnitude !== b.magnitude) return a.magnitude < b.magnitude ? -1 : 1;
  // Of equal magnitude, the digits compare like the words of a dictionary.
  return a.digits === b.digits ? 0 : a.digits < b.digits ? -1 : 1;
}
