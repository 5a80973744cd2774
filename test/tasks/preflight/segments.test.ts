import { describe, expect, it } from 'vitest';
import { segmentsFor } from '../../../src/tasks/preflight/segments.ts';

const MEBIBYTE = 1024 * 1024;

describe('the number of segments', () => {
  it.each([
    [0, 1],
    [128 * MEBIBYTE, 1],
    [128 * MEBIBYTE + 1, 2],
    [1024 * MEBIBYTE, 8],
    [1024 * 1024 * MEBIBYTE, 200],
  ])('for %i bytes is %i', (bytes, segments) => {
    expect(segmentsFor(bytes)).toBe(segments);
  });
});
