import { describe, expect, it } from 'vitest';
import { DefinitionError } from '../../../src/dsl/ast/definition-error.ts';
import { type Duration, seconds } from '../../../src/dsl/authoring/duration.ts';

describe('a duration', () => {
  it.each<[Duration, number]>([
    ['1 second', 1],
    ['20 seconds', 20],
    ['1 minute', 60],
    ['90 minutes', 5400],
    ['1.5 hours', 5400],
    ['12 hours', 43_200],
    ['1 day', 86_400],
    ['14 days', 1_209_600],
  ])('%s has %d seconds', (words, expected) => {
    expect(seconds(words)).toBe(expected);
  });

  it.each([
    '0 seconds',
    '-1 minutes',
    '0.5 seconds',
    '1 week',
    'soon',
    '5',
    'seconds',
    '1minute',
    '1e20 days',
  ])('refuses %j, saying how to write it', (words) => {
    expect(() => seconds(words as Duration)).toThrow(
      new DefinitionError(
        `a duration must be a positive whole number of seconds, got '${words}'; write for example '20 seconds' or '12 hours'`,
      ),
    );
  });
});
