import { describe, expect, it } from 'vitest';
import { portablePattern } from '../../../../src/dsl/compiler/guard/pattern/portable-pattern.ts';

const written = ({ source }: RegExp) => portablePattern(source)?.regex;

describe('a pattern is written so that every engine reads it alike', () => {
  it.each([
    ['an end that no line break may follow', /^a$/, '^a(?![\\s\\S])'],
    ['a dot', /./, '[^\\n\\r\\u2028\\u2029]'],
    ['a named group, as a nameless one', /(?<year>\d+)/, '(?:\\d+)'],
    ['a look ahead, as it is', /(?=a)(?!b)(?:c)/, '(?=a)(?!b)(?:c)'],
    ['a vertical tab, which is a class in Java', /\v/, '\\x0b'],
    ['a backslash, by its code', /\\/, '\\x5c'],
    ['a slash, which would end the pattern', /\//, '\\/'],
    ['a brace that is no quantifier', /a{?x}{2}/, 'a\\{?x\\}{2}'],
    ['what is special in a class of Java', /[a&&[b~^-]/, '[a\\&\\&\\[b~\\^\\-]'],
    ['a backspace', /[\b]/, '[\\x08]'],
    ['a class of everything', /[\s\S][^]/, '[\\s\\S][\\s\\S]'],
    ['a class of nothing', new RegExp('[]'), '(?!)'],
    ['a quoted letter of a range', /[\x41-\u005a]/, '[A-Z]'],
    ['a dash after a class', /[\w-.]/, '[\\w\\-.]'],
    ['a tab and other controls', /\t\n/, '\\x09\\x0a'],
    ['letters beyond ASCII', /[à-ö]ß/, '[\\xe0-\\xf6]\\xdf'],
  ])('%s', (_, pattern, expected) => {
    expect(written(pattern)).toBe(expected);
  });

  it('white space, with the characters that Java leaves out', () => {
    expect(written(/\s[^\s,]/)).toMatch(/^\[\\t\\n.*\\ufeff\]\[\^\\t\\n.*\\ufeff,\]$/);
  });

  it.each([
    ['a dot', /^.$/, true],
    ['a class of what it is not', /[^a]/, true],
    ['what is no word character', /\W/, true],
    ['plain characters', /^[a-z]\d\s$/, false],
  ])('and tells whether half a character matters: %s', (_, pattern, expected) => {
    expect(portablePattern(pattern.source)?.countsCharacters).toBe(expected);
  });
});

describe('a pattern is left alone', () => {
  it.each([
    ['for a word boundary, which in Java knows other letters', /\bword\b/],
    ['for a reference back, which in Java fails when its group has matched nothing', /(a)?\1/],
    ['for a look behind, which in Java must be bounded', /(?<=a)b/],
    ['for a character outside the basic plane, which is two here and one there', /😀/],
    ['for a class of what is no white space among others', /[\S,]/],
    ['for a control letter', /\cJ/],
  ])('%s', (_, pattern) => {
    expect(portablePattern(pattern.source)).toBeUndefined();
  });
});
