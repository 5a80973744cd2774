import { describe, expect, it } from 'vitest';
import { checkText } from '../../../src/dsl/asl/check-text.ts';
import { goodMachine } from './mutants.ts';
import { texts } from './texts.ts';

describe('checkText', () => {
  it.each(texts)('reads $name', ({ text, finds }) => {
    expect(checkText(text).map(({ code, place }) => `${code} ${place}`)).toEqual(finds);
  });

  it('finds nothing in a sound machine, however it is laid out', () => {
    expect(checkText(JSON.stringify(goodMachine))).toEqual([]);
    expect(checkText(JSON.stringify(goodMachine, null, '\t'))).toEqual([]);
  });

  it('tells what it expected and what it got', () => {
    expect(checkText('{"a": 1 "b"}')[0]).toMatchObject({
      severity: 'error',
      awsCode: 'INVALID_JSON_DESCRIPTION',
      problem: `expected ',' or '}', got "\\"b\\"}"`,
    });
  });
});
