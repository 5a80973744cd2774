import { describe, expect, it } from 'vitest';
import { divisionOf } from '../../../src/tasks/preflight/segments.ts';

const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;
const TEBIBYTE = 1024 * GIBIBYTE;

describe('the number of segments', () => {
  it.each([
    [0, 1],
    [128 * MEBIBYTE, 1],
    [128 * MEBIBYTE + 1, 2],
    [GIBIBYTE, 8],
    [TEBIBYTE, 200],
    [10 * TEBIBYTE, 299],
    [1024 * TEBIBYTE, 1000],
  ])('for %i bytes is %i', (bytes, segments) => {
    expect(divisionOf({ bytes, ceilings: {} }).segments).toBe(segments);
  });

  it('is the stated one, whatever the size', () => {
    expect(divisionOf({ bytes: TEBIBYTE, ceilings: {}, segments: 7 })).toMatchObject({
      segments: 7,
      atOnce: 7,
    });
  });

  it('leaves no child more than about an hour of reading at a low rate', () => {
    const { segments, atOnce } = divisionOf({ bytes: 100 * GIBIBYTE, ceilings: { read: 25 } });
    expect(atOnce).toBe(1);
    const units = (100 * GIBIBYTE) / segments / 4096;
    expect(units / 25).toBeLessThanOrEqual(3600);
    expect(segments).toBe(292);
  });
});

describe('the children at a time', () => {
  it.each([
    [{}, 100],
    [{ read: 10_000_000, write: 10_000_000 }, 100],
    [{ read: 5_000 }, 10],
    [{ read: 5_000, write: 400 }, 4],
    [{ write: 10 }, 1],
  ])('of a large table with %j are %i', (ceilings, atOnce) => {
    expect(divisionOf({ bytes: TEBIBYTE, ceilings }).atOnce).toBe(atOnce);
  });

  it('are no more than there are segments', () => {
    expect(divisionOf({ bytes: GIBIBYTE, ceilings: {} }).atOnce).toBe(8);
  });
});

describe('the order of the segments', () => {
  const orderOf = (segments: number) => {
    const { stride } = divisionOf({ bytes: 0, ceilings: {}, segments });
    return Array.from({ length: segments }, (_, child) => (child * stride) % segments);
  };

  it('has each segment once, however many they are', () => {
    for (let segments = 1; segments <= 1000; segments += 1)
      expect(new Set(orderOf(segments)).size).toBe(segments);
  });

  it.each([16, 99, 200, 512, 1000])('keeps those apart that work together, of %i', (segments) => {
    const order = orderOf(segments);
    const together = Math.min(100, Math.ceil(segments / 4));
    const gaps = order.flatMap((segment, child) =>
      order.slice(child + 1, child + together).map((other) => {
        const ahead = (other - segment + segments) % segments;
        return Math.min(ahead, segments - ahead);
      }),
    );
    expect(Math.min(...gaps)).toBeGreaterThan(1);
  });
});
