import { unreadable } from './unreadable.ts';

/** As DynamoDB itself gives numbers: no sign but a minus, no zero that says nothing, no exponent. */
const PLAIN = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])$/;
const DECIMAL = /^([+-]?)(?=\.?\d)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i;

/** Beyond DynamoDB's own range (1E-130 to 9.9…E+125, HowItWorks.NamingRulesDataTypes), and by far. */
const MOST_ZEROS = 1000;

/**
 * A decimal number written out: `1.50`, `+01.5` and `15E-1` give `1.5`, `1e3` gives `1000`, and every zero
 * gives `0`. Equal for equal numbers only.
 * @throws TaskError `UnreadableItem` for what is no decimal number, or has more than 1000 digits to write out.
 */
export function plainNumber(text: string): string {
  return PLAIN.test(text) ? text : writtenOut(text);
}

function writtenOut(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] = DECIMAL.exec(text) ?? [];
  if (whole + fraction === '') throw unreadable();
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  // How many digits stand before the point.
  const point = digits.length - fraction.length + Number(power);
  if (Math.abs(point) > MOST_ZEROS) throw unreadable();
  const before = point > 0 ? significant.slice(0, point).padEnd(point, '0') : '0';
  const after = point > 0 ? significant.slice(point) : '0'.repeat(-point) + significant;
  return `${sign === '-' ? '-' : ''}${before}${after === '' ? '' : `.${after}`}`;
}
