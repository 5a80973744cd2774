import { describe, expect, it } from 'vitest';
import { faultsInWords } from '../../src/tasks/faults-in-words.ts';

/** What `TaskFailed` and `Fail` have room for (Step Functions API, `cause`). */
const LONGEST_CAUSE = 32_768;

describe('faults', () => {
  it('are all told, counted', () => {
    expect(faultsInWords(['no table'])).toBe('1 fault:\n- no table');
    expect(faultsInWords(['no table', 'no time'])).toBe('2 faults:\n- no table\n- no time');
  });

  it('of a hundred tables with long names leave room in a cause, and are counted', () => {
    const words = faultsInWords(
      Array.from({ length: 100 }, (_, index) => `tables[${index}].name: ${'x'.repeat(660)}`),
    );
    const cause = JSON.stringify({ errorMessage: words, trace: [words] });
    expect(cause.length).toBeLessThan(LONGEST_CAUSE);
    expect(words).toMatch(/^100 faults:\n- tables\[0\]/);
    const told = words.match(/\n- tables/g)?.length ?? 0;
    expect(told).toBeGreaterThan(10);
    expect(words).toContain(`\n- and ${100 - told} more, told when these are mended`);
  });

  it('that are too long by themselves are cut short', () => {
    expect(faultsInWords(['x'.repeat(40_000)])).toMatch(/^1 fault:\n- x{1999}…$/);
  });
});
