import { describe, expect, it } from 'vitest';
import { flow } from '../../docs/examples.ts';
import { checkClaims } from './check-claims.ts';
import { statementsOf, statementsOfMarkdown } from './statement.ts';

const greeting = async () => flow.returns(({ input }) => input.id);

describe('a claim of an example', () => {
  it('is read from behind or below its statement', () => {
    const code = [
      'const one = begin',
      '  .end();',
      'equals(one, 1); // {% $one = 1 %} → true',
      '// what follows is long',
      'long(',
      '  one,',
      ');',
      '// {% $long($one,',
      '//   2) %}',
      '// → [1]',
      'wrong();',
      '// refuses: it is',
      '// wrong',
    ].join('\n');
    expect(statementsOf(code)).toEqual([
      { code: 'const one = begin\n  .end();' },
      { code: 'equals(one, 1);', jsonata: '{% $one = 1 %}', gives: 'true' },
      { code: '// what follows is long\nlong(\n  one,\n);', jsonata: '{% $long($one,   2) %}', gives: '[1]' },
      { code: 'wrong();', refuses: 'it is wrong' },
    ]);
  });

  it('is the JSON block below its statement, also within a list', () => {
    const page = ['- see', '', '  ```ts', '  one();', '  two();', '  ```', '', '  ```json', '  []', '  ```'];
    expect(statementsOfMarkdown(page.join('\n'))).toEqual([
      { code: 'one();' },
      { code: 'two();', json: '[]' },
    ]);
  });

  it.each([
    { code: 'x', gives: '"o-7"' },
    { code: 'x', jsonata: '{% $input.id %}' },
    { code: 'x', json: '{ "Return": { "Type": "Succeed", "…": "…" } }' },
  ])('holds: %j', async (statement) => {
    await expect(checkClaims(statement, greeting)).resolves.toBeUndefined();
  });

  it.each([
    { code: 'x', gives: '"o-8"' },
    { code: 'x', gives: 'fails with OutOfStock' },
    { code: 'x', jsonata: '{% $input.order %}' },
    { code: 'x', json: '{ "Return": { "Type": "Succeed" } }' },
    { code: 'x', json: '{ "Return": { "Type": "Succeed", "Output": "…", "Comment": "…" } }' },
    { code: 'x', json: '{ "Gone": { "Type": "Succeed" } }' },
    { code: 'x', refuses: 'anything' },
  ])('does not hold: %j', async (statement) => {
    await expect(checkClaims(statement, greeting)).rejects.toThrow(/expected|instead of rejecting/);
  });

  it.each([
    ['[1, "…"]', [1, 2, 3]],
    ['{ "a": "…" }', { a: { b: 1 } }],
    ['{ "a": 1, "…": "…" }', { a: 1, b: 2 }],
  ])('may leave out what is not to the point: %s of %j', async (json, value) => {
    await expect(checkClaims({ code: 'x', json }, async () => value)).resolves.toBeUndefined();
  });

  it.each([
    ['[1, "…"]', [2, 2, 3]],
    ['[1, 2]', [1, 2, 3]],
    ['{ "a": "…" }', { b: 1 }],
    ['{ "a": 1, "…": "…" }', { a: 2, b: 2 }],
  ])('says by that nothing that is not so: %s of %j', async (json, value) => {
    await expect(checkClaims({ code: 'x', json }, async () => value)).rejects.toThrow('expected');
  });
});
