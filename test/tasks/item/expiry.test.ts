import { describe, expect, it } from 'vitest';
import { hasExpired, mayExpireWithin } from '../../../src/tasks/item/expiry.ts';

const NOW = 1_800_000_000;
const FIVE_YEARS = 5 * 365 * 86_400;
const ttl = { attribute: 'ttl', at: NOW };
const expiring = (N: string) => ({ pk: { S: 'a' }, ttl: { N } });

describe('hasExpired', () => {
  it('says so from the second after the one that the attribute names, for five years', () => {
    expect(hasExpired(expiring(`${NOW - 1}`), ttl)).toBe(true);
    expect(hasExpired(expiring(`${NOW}`), ttl)).toBe(false);
    expect(hasExpired(expiring(`${NOW}`), { ...ttl, at: NOW + 0.25 })).toBe(true);
    expect(hasExpired(expiring(`${NOW - FIVE_YEARS}`), ttl)).toBe(true);
    expect(hasExpired(expiring(`${NOW - FIVE_YEARS - 1}`), ttl)).toBe(false);
  });

  it.each(['1.799999999E9', '+01799999999.0', '17999999990e-1', '1799999999.'])(
    'reads a number in whatever way it is spelled: %s',
    (spelled) => {
      expect(hasExpired(expiring(spelled), ttl)).toBe(true);
    },
  );

  it.each([
    ['a fraction of a second', '1799999999.5'],
    ['a fraction that a JavaScript number would lose', `1799999999.${'0'.repeat(27)}1`],
    ['milliseconds', '1799999999000'],
    ['38 digits', '17999999990000000000000000000000000000'],
    ['a number beyond all', '1e125'],
    ['an exponent without end', `1e${'9'.repeat(40)}`],
    ['nearly nothing', '1e-130'],
    ['0', '0'],
    ['a negative number', '-1799999999'],
    ['what is no number', 'soon'],
    ['nothing', ''],
    ['a lonely point', '.'],
  ])('never says so for %s', (_, N) => {
    expect(hasExpired(expiring(N), ttl)).toBe(false);
  });

  it('never says so for another type, another attribute or one inside another', () => {
    const text = `${NOW - 1}`;
    for (const value of [{ S: text }, { NS: [text] }, { M: { ttl: { N: text } } }, { NULL: true }, undefined])
      expect(hasExpired({ pk: { S: 'a' }, ttl: value }, ttl)).toBe(false);
    expect(hasExpired({ pk: { S: 'a' } }, ttl)).toBe(false);
    expect(hasExpired(expiring(text), { ...ttl, attribute: 'expires' })).toBe(false);
  });

  it('takes the name of what every object has for an attribute like any other', () => {
    for (const attribute of ['__proto__', 'constructor', 'toString']) {
      expect(hasExpired({ pk: { S: 'a' } }, { attribute, at: NOW })).toBe(false);
      const item = JSON.parse(`{"${attribute}":{"N":"${NOW - 1}"}}`) as Record<string, unknown>;
      expect(hasExpired(item, { attribute, at: NOW })).toBe(true);
    }
  });
});

describe('mayExpireWithin', () => {
  it('is true where the item has expired at some moment of the stretch', () => {
    const within = { attribute: 'ttl', from: NOW, to: NOW + 100 };
    for (
      let expiry = NOW - FIVE_YEARS - 3;
      expiry < NOW + 103;
      expiry += expiry === NOW - FIVE_YEARS + 3 ? FIVE_YEARS - 6 : 1
    ) {
      const item = expiring(`${expiry}`);
      const ever = Array.from({ length: 101 }, (_, second) => NOW + second).some((at) =>
        hasExpired(item, { attribute: 'ttl', at }),
      );
      expect(mayExpireWithin(item, within)).toBe(ever);
    }
  });
});
