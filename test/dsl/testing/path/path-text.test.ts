import { expect, it } from 'vitest';
import { pathText } from '../../../../src/dsl/testing/path/path-text.ts';

it.each<[what: string, path: readonly string[], text: string]>([
  ['no state', [], 'nowhere'],
  ['states', ['A', 'B'], 'A → B'],
  ['a state again and again', ['A', 'B', 'B', 'B', 'C'], 'A → B × 3 → C'],
  ['a round', ['A', 'B', 'C', 'B', 'C', 'B', 'D'], 'A → (B → C) × 2 → B → D'],
  ['a round at the end', ['A', 'B', 'A', 'B'], '(A → B) × 2'],
])('tells a path of %s', (_what, path, text) => {
  expect(pathText(path)).toBe(text);
});

it('breaks long lines', () => {
  const name = (letter: string) => letter.repeat(40);
  expect(pathText(['a', 'b', 'c', 'd'].map(name), '    ')).toBe(
    `${name('a')} → ${name('b')}\n    → ${name('c')} → ${name('d')}`,
  );
});
