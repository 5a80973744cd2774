import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainNumber } from '../../../src/tasks/verify-segment/plain-number.ts';
import { numberValue } from '../item/any-item.ts';

const decimal = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    fc.stringMatching(/^\d{0,38}$/),
    fc.stringMatching(/^(\.\d{0,38})?$/),
    fc.constantFrom('', 'e', 'E'),
    fc.integer({ min: -130, max: 125 }),
  )
  .filter(([, whole, fraction]) => /\d/.test(whole + fraction))
  .map(([sign, whole, fraction, e, power]) => `${sign}${whole}${fraction}${e === '' ? '' : `${e}${power}`}`);

/** As `numberValue` reads it, where a sign may stand before a point. */
const valueOf = (text: string) => numberValue(text.replace(/^([+-]?)\./, '$10.'));

describe('plainNumber', () => {
  it('gives two decimals the same text exactly when they are the same number', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(valueOf(plainNumber(a))).toBe(valueOf(a));
        expect(plainNumber(a) === plainNumber(b)).toBe(valueOf(a) === valueOf(b));
        expect(plainNumber(plainNumber(a))).toBe(plainNumber(a));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['1.50', '1.5'],
    ['+01.5', '1.5'],
    ['15E-1', '1.5'],
    ['-.5', '-0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['-100', '-100'],
    ['-0.0', '0'],
    ['0e999999999999', '0'],
    ['1E-130', `0.${'0'.repeat(129)}1`],
    ['9.9999999999999999999999999999999999999E+125', `${'9'.repeat(38)}${'0'.repeat(88)}`],
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
  ])('writes %s as %s', (text, plain) => {
    expect(plainNumber(text)).toBe(plain);
  });

  it.each([
    '',
    '.',
    '-',
    '1e',
    'e5',
    '1,5',
    '0x10',
    'Infinity',
    'NaN',
    ' 1',
    '1 ',
    '1.2.3',
    '--1',
    '1e2000',
    '1e-2000',
  ])('refuses %j', (text) => {
    expect(() => plainNumber(text)).toThrow(expect.objectContaining({ name: 'UnreadableItem' }));
  });
});
