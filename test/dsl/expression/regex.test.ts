import { describe, expect, it } from 'vitest';
import { DefinitionError } from '../../../src/dsl/ast/definition-error.ts';
import { referenceTo } from '../../../src/dsl/expression/expression.ts';
import { regexOf } from '../../../src/dsl/expression/regex.ts';
import { matches, replace } from '../../../src/dsl/expression/text.ts';
import { evaluated } from '../../support/evaluated.ts';

const text = referenceTo<string>('text');

describe('a regular expression', () => {
  it.each<[pattern: RegExp, text: string]>([
    [/^a\/b$/, 'a/b'],
    [/[a-z]{2}\d/, 'ab1'],
    [/^x$/im, 'y\nX'],
    [/\x28\x5b/, '(['],
    [/\$\{x\}/, '${x}'],
    [/(a|b)c/, 'bc'],
    [/\${2}/, '$$'],
    [/[${}]x/, '$x'],
  ])('%s is found in %j, and not in its absence', async (pattern, found) => {
    expect(await evaluated(matches(text, pattern), { text: found })).toBe(true);
    expect(await evaluated(matches(text, pattern), { text: '-' })).toBe(false);
  });

  it.each<[what: string, pattern: RegExp, problem: string]>([
    ['flags that JSONata does not know', /a/s, 'has flags that JSONata does not know; use only i, m and g'],
    ['one that fits the empty text', /a*/, 'fits the empty text, which JSONata refuses'],
    [
      'a bracket that its scanner counts',
      /[(]/,
      'JSONata cannot read the regular expression /[(]/; write brackets',
    ],
  ])('refuses %s', (_what, pattern, problem) => {
    expect(() => matches(text, pattern)).toThrow(DefinitionError);
    expect(() => matches(text, pattern)).toThrow(problem);
  });

  it.each([/\${Name}/, /[${}]/])('%s is written so that a deployment does not replace it', (pattern) => {
    expect(regexOf(pattern).parts.join()).not.toContain('${');
  });

  it('refuses to replace the empty text', () => {
    expect(() => replace(text, '', 'x')).toThrow("replace() needs a text to look for, got ''");
  });
});
