import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalNumber, compareNumbers, sameNumber } from '../../../src/tasks/item/canonical-number.ts';
import { numberValue } from './any-item.ts';

describe('canonicalNumber', () => {
  it.each([
    ['1', '1.0'],
    ['1', '+01'],
    ['1500', '1.5e3'],
    ['0.015', '15E-3'],
    ['.5', '0.50'],
    ['5.', '5'],
    ['0', '-0'],
    ['0', '0.000e99'],
    ['-0.10', '-1e-1'],
    ['1E+2', '100'],
  ])('takes %s and %s for one number', (a, b) => {
    expect(canonicalNumber(a)).toBe(canonicalNumber(b));
    expect(sameNumber(a, b)).toBe(true);
  });

  it.each([
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345679'],
    ['0.1', '0.10000000000000000000000000000000000001'],
    ['9007199254740993', '9007199254740992'],
    ['1e-130', '0'],
    ['1', '-1'],
    ['1', '10'],
  ])('tells %s from %s', (a, b) => {
    expect(sameNumber(a, b)).toBe(false);
  });

  it('agrees with the numbers’ values for any two of them', () => {
    const decimal = fc.stringMatching(/^-?\d{1,4}(\.\d{0,3})?(e[+-]?\d{1,2})?$/);
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(sameNumber(a, b)).toBe(numberValue(a) === numberValue(b));
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['', '.', 'abc', '1e', '0x1', 'NaN', '--1', '1 '])('refuses %j without quoting it', (text) => {
    const refusal = () => canonicalNumber(text);
    expect(refusal).toThrow(expect.objectContaining({ name: 'UnreadableItem' }));
    expect(refusal).toThrow(
      'an item holds a number that is not a decimal number, which this version cannot handle without loss',
    );
  });
});

describe('compareNumbers', () => {
  it.each([
    ['9', '10'],
    ['-10', '-9'],
    ['-1', '0'],
    ['0', '1e-130'],
    ['1.5', '1.50000000000000000000000000000000000001'],
    ['9007199254740992', '9007199254740993'],
    ['0.99', '1'],
    ['-1e125', '1e-125'],
  ])('takes %s for less than %s', (less, more) => {
    expect(compareNumbers(less, more)).toBeLessThan(0);
    expect(compareNumbers(more, less)).toBeGreaterThan(0);
    expect(compareNumbers(more, more)).toBe(0);
  });

  it('orders any two numbers as their values are ordered', () => {
    const decimal = fc.stringMatching(/^-?\d{1,4}(\.\d{0,3})?(e[+-]?\d{1,2})?$/);
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const difference = BigInt(numberValue(a)) - BigInt(numberValue(b));
        expect(Math.sign(compareNumbers(a, b))).toBe(difference > 0n ? 1 : difference < 0n ? -1 : 0);
      }),
      { numRuns: 1000 },
    );
  });
});
