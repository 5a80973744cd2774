import fc from 'fast-check';
import * as z from 'zod';
import { type Subject, bounds, subject } from './subject.ts';

/** Plain letters, those that patterns and quotes know, and those that engines count or fold differently. */
const LETTERS = 'abZ09 -_é/("\\{$\n\u00a0\u2028\u0085\u017f\u212a😀𝒳';
const letter = fc.constantFrom(...Array.from(LETTERS));
const text = (minLength: number, maxLength: number) =>
  fc.array(letter, { minLength, maxLength }).map((letters) => letters.join(''));

const likely = (...texts: string[]) => fc.oneof(fc.constantFrom(...texts), text(0, 6));

const patterns = fc.constantFrom<readonly [RegExp, ...string[]]>(
  [/^[a-z/()]{2}-\d+$/, 'ab-1', '()-20', 'z/-999', 'ab-1\n'],
  [/^.{2}$/, 'ab', '😀', 'a\u0085', 'a\n', 'a\u2028'],
  [/^[^a]{1,2}$/, 'b', '😀', '\n\n', 'ab'],
  [/^\s+\S$/, ' a', '\u00a0b', '\u2028😀', '\u0085a'],
  [/a|^$/, 'a', '', 'ba', '\n'],
  [/^(?<first>[\w.-]+)\\\(\[$/, 'a.b\\([', 'a\\(['],
  [/^(?=a)(?!ab)[\s\S]*$/, 'a', 'ac\n', 'ab', 'a😀'],
  [/^[\]&&[^{}|-]+$/, ']', '&[', '^{', '}-'],
  [/^a{1,2}{?}?]?$/, 'a', 'aa{}', 'a]', 'aaa'],
  [/^[a-c]x\.$/i, 'ax.', 'CX.', 'dx.', 'AX'],
  [/^k+s$/i, 'ks', 'KS', '\u212as', 'k\u017f'],
  [/^a.b$/s, 'a\nb', 'axb', 'a\u2028b', 'a😀b'],
  [/^\t\x41\u0042[\b\d]$/, '\tAB1', '\tAB\b', 'AB1'],
  [/^[\d\D]$/, 'a', '😀', '\n'],
  [/^[^\W_]-?$/, 'a', '_', 'é', '9-'],
);

/** Schemas of texts. */
export const texts: fc.Arbitrary<Subject> = fc.oneof(
  fc.constant(subject(z.string(), text(0, 8))),
  bounds(0, 8).map(({ low, high }) => subject(z.string().min(low).max(high), text(low, high))),
  patterns.map(([pattern, ...examples]) => subject(z.string().regex(pattern), likely(...examples))),
  patterns.map(([pattern, ...examples]) =>
    subject(z.string().regex(pattern).regex(/^[^b]/).max(4), likely(...examples)),
  ),
  fc.constantFrom(
    subject(z.enum(['plan', 'apply']), fc.constantFrom('plan', 'apply')),
    subject(z.literal('only'), fc.constant('only')),
    subject(
      z.iso.datetime({ offset: true }),
      likely('2026-01-02T03:04:05Z', '2026-02-30T00:00:00Z', '2024-02-29T00:00:00+01:00'),
    ),
    subject(z.iso.date(), likely('2026-01-02', '2026-02-30', '2026-1-2')),
    subject(z.iso.time(), likely('03:04:05', '24:00')),
    subject(z.iso.duration(), likely('PT1H', 'P', 'P1DT2S')),
    subject(z.uuid(), likely('123e4567-e89b-42d3-a456-426614174000', '123e4567')),
    subject(z.email(), likely('a@b.co', 'a..b@c.de', 'a@b')),
    subject(z.ipv4(), likely('10.0.0.1', '256.0.0.1')),
    subject(z.base64(), likely('', 'YQ==', 'YWI=', 'YWJj', 'Y===', 'YQ=', 'Y Q==')),
    subject(z.base64url(), likely('', 'YQ', 'YWI', 'Y', 'a-_b', 'YQ==')),
    subject(z.hex(), likely('', 'ff', 'FFg')),
    subject(z.nanoid(), likely('V1StGXR8_Z5jdHi6B-myT', 'V1')),
    subject(z.string().startsWith('a.').endsWith('b'), likely('a.b', 'a.\nb', 'axb')),
    subject(z.string().includes('$'), likely('$', 'a$b', 'a')),
    subject(z.string().lowercase(), likely('abc', 'Abc', 'é😀')),
    subject(
      z.templateLiteral(['v', z.int(), '.', z.enum(['a', 'b'])]),
      likely('v1.a', 'v-2.b', 'v.a', 'v1.5.a'),
    ),
  ),
);
