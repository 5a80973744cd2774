import { describe, expect, it } from 'vitest';
import { boundedLines, Lines } from '../../src/tasks/bounded-lines.ts';

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`);

describe('lines for people', () => {
  it('are all told as long as there are no more than thirty', () => {
    expect(boundedLines(lines(30), 'warnings')).toEqual(lines(30));
  });

  it('are told as far as there is room, with how many there are beyond', () => {
    expect(boundedLines(lines(120), 'warnings')).toEqual([...lines(30), 'and 90 more warnings']);
    expect(boundedLines(lines(3), 'faults', 2)).toEqual([...lines(2), 'and 1 more faults']);
  });

  it('always fit into the state of an execution', () => {
    const told = boundedLines(
      lines(120).map((line) => line.repeat(200)),
      'faults',
    );
    expect(Lines.parse(told)).toEqual(told);
    expect(told[0]).toMatch(/^line 0line 0.*…$/);
  });
});
