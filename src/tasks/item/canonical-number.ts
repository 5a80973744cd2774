import { unreadableItem } from './unreadable-item.ts';

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/**
 * The one form that all spellings of a decimal number share: `1.50`, `+01.5` and `15E-1` give `15e-1`, and
 * every zero gives `0`. It works on text alone, because a JavaScript number keeps 17 of DynamoDB's 38 digits.
 * @throws TaskError `UnreadableItem` when the text is not a decimal number.
 */
export function canonicalNumber(text: string): string {
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

/** Whether two number texts mean the same number. */
export function sameNumber(a: string, b: string): boolean {
  return a === b || canonicalNumber(a) === canonicalNumber(b);
}
