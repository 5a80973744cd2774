import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DigestSum } from '../../../src/tasks/verify-segment/digest-sum.ts';

const digests = fc.array(
  // Words that carry are likely.
  fc
    .array(fc.oneof(fc.constantFrom(0, 1, 0x7f, 0xff), fc.integer({ min: 0, max: 0xff })), {
      minLength: 16,
      maxLength: 16,
    })
    .map((bytes) => String.fromCharCode(...bytes)),
  { maxLength: 20 },
);

function sumOf(all: readonly string[]): DigestSum {
  const sum = new DigestSum();
  for (const digest of all) sum.add(digest);
  return sum;
}

/** All 64 sums, in whole numbers. */
function written(all: readonly string[]): bigint[] {
  const sums = Array.from({ length: 64 }, () => 0n);
  for (const digest of all) {
    const part = digest.charCodeAt(0) % 64;
    const number = BigInt(`0x${Buffer.from(digest, 'latin1').toString('hex')}`);
    sums[part] = ((sums[part] ?? 0n) + number) % (1n << 128n);
  }
  return sums;
}

function read(sum: DigestSum): bigint[] {
  const hex = Buffer.from(sum.bytes).toString('hex');
  return Array.from({ length: 64 }, (_, part) => BigInt(`0x${hex.slice(32 * part, 32 * part + 32)}`));
}

describe('DigestSum', () => {
  it('adds modulo 2^128, in parts', () => {
    fc.assert(
      fc.property(digests, (all) => {
        expect(read(sumOf(all))).toEqual(written(all));
      }),
    );
  });

  it('is the same for any order, and however the digests were divided and written down between', () => {
    fc.assert(
      fc.property(digests, fc.nat(20), (all, cut) => {
        const whole = sumOf(all);
        expect(sumOf(all.toReversed()).bytes).toEqual(whole.bytes);
        const first = new DigestSum(Buffer.from(sumOf(all.slice(0, cut)).bytes));
        first.addSum(sumOf(all.slice(cut)));
        expect(first.bytes).toEqual(whole.bytes);
        expect(first.partsUnlike(whole)).toBe(0);
      }),
    );
  });

  it('shows a duplicate, even one that comes twice', () => {
    const digest = `${'\0'.repeat(15)}\x01`;
    const sums = [[], [digest], [digest, digest], [digest, digest, digest]].map((all) =>
      Buffer.from(sumOf(all).bytes).toString('hex'),
    );
    expect(new Set(sums).size).toBe(4);
  });

  it('finds no more parts unlike than there are digests in one of two sums only', () => {
    fc.assert(
      fc.property(digests, digests, digests, (both, some, others) => {
        const unlike = sumOf([...both, ...some]).partsUnlike(sumOf([...others, ...both]));
        expect(unlike).toBeLessThanOrEqual(some.length + others.length);
      }),
    );
    expect(sumOf(['\x01'.repeat(16), '\x02'.repeat(16)]).partsUnlike(sumOf([]))).toBe(2);
  });
});
