import { describe, expect, it } from 'vitest';
import { Candidates } from '../../../src/tasks/reset-segment/candidates.ts';
import type { Unmatched } from '../../../src/tasks/reset-segment/window.ts';
import { storedItem } from '../../support/stored-items.ts';

/** As many items of about so many bytes, the first of them with this number. */
const unmatched = (count: number, bytes: number, first = 0): Unmatched[] =>
  Array.from({ length: count }, (_, at) => ({
    item: storedItem({ pk: { N: `${first + at}` }, text: { S: 'x'.repeat(bytes) } }, ['pk']),
    arrival: first + at,
  }));

const numbers = (batch: readonly Unmatched[]) => batch.map(({ arrival }) => arrival);

describe('the candidates of one side', () => {
  it('wait until a read can ask for 100 of them, and go in the order in which they came', () => {
    const candidates = new Candidates();
    candidates.add(unmatched(99, 10));
    expect(candidates.next(false)).toEqual([]);
    candidates.add(unmatched(2, 10, 99));
    expect(numbers(candidates.next(false))).toEqual(Array.from({ length: 100 }, (_, at) => at));
    expect(candidates.next(false)).toEqual([]);
    expect(numbers(candidates.next(true))).toEqual([100]);
    expect(candidates.next(true)).toEqual([]);
  });

  it('go sooner when they are large, so that few of them are in memory as objects', () => {
    const candidates = new Candidates();
    candidates.add(unmatched(25, 400 * 1024));
    expect(numbers(candidates.next(false))).toHaveLength(11);
    expect(numbers(candidates.next(false))).toHaveLength(11);
    expect(candidates.next(false)).toEqual([]);
    expect(numbers(candidates.next(true))).toEqual([22, 23, 24]);
  });
});
