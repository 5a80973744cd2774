import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMachine } from '../../../src/dsl/asl/check-machine.ts';
import { checkText } from '../../../src/dsl/asl/check-text.ts';
import { jsonPathMachine } from './jsonpath-mutants.ts';
import { goodMachine, put } from './mutants.ts';

/** Names that every object answers to, and texts that look like a part of the language. */
const words = [
  'constructor toString __proto__ hasOwnProperty valueOf Task Map JSONata $ $$ $.a[ States.Format( ResultPath',
  'a( [$ States.Array($a(,1) States.constructor() {%$%} {%$n+1%} {%(%} arn:aws:states:::constructor:toString',
  'arn:aws:states:::aws-sdk:constructor:__proto__.sync',
].flatMap((line) => line.split(' '));
const word = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 12 }));
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, -1, 1.5, 1e308),
    word,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(word, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
}));

const placesOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, one]) => [key, ...placesOf(one).map((rest) => `${key}/${rest}`)])
    : [];

const mutated = fc
  .constantFrom(goodMachine, jsonPathMachine)
  .chain((machine) => fc.tuple(fc.constant(machine), fc.constantFrom(...placesOf(machine)), json, word))
  .map(([machine, place, value, key]) => {
    const copy = structuredClone(machine);
    const object = typeof value === 'object' && value !== null && !Array.isArray(value);
    put(place, object ? { ...value, [key]: value } : value)(copy);
    return copy;
  });

describe('checkMachine and checkText', () => {
  it('never throw, whatever JSON they are given', () => {
    fc.assert(
      fc.property(fc.oneof(json, mutated), (value) => {
        expect(() => checkMachine(value)).not.toThrow();
        expect(() => checkText(JSON.stringify(value))).not.toThrow();
      }),
    );
  });

  it('never throw, whatever text it is', () => {
    const whole = JSON.stringify(goodMachine);
    const cut = fc.nat(whole.length).map((end) => whole.slice(0, end));
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 40 }), cut), (text) => {
        expect(() => checkText(text)).not.toThrow();
      }),
    );
  });

  it.each(words)('tell a Type of %j', (Type) => {
    const found = checkText(JSON.stringify({ StartAt: 'A', States: { A: { Type } } }));
    expect(found.some(({ severity }) => severity === 'error')).toBe(true);
  });
});
