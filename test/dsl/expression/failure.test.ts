import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { referenceTo } from '../../../src/dsl/expression/expression.ts';
import { inWords } from '../../../src/dsl/expression/failure.ts';
import { evaluated } from '../../support/evaluated.ts';

const wordsOf = (Error: string, Cause?: string) => {
  const failure = referenceTo<{ readonly Error: string; readonly Cause: string }>('plain');
  return evaluated(inWords(failure), { plain: Cause === undefined ? { Error } : { Error, Cause } });
};

const lambda = (errorMessage: string) =>
  JSON.stringify({ errorType: 'Refused', errorMessage, trace: ['at x'] });

const child = (Error: string, Cause: string) =>
  JSON.stringify({
    ExecutionArn: 'arn:aws:states:eu-west-1:123456789012:execution:Child:run',
    Input: JSON.stringify({ errorMessage: 'of the input', Error: 'no', Cause: 'no' }),
    InputDetails: { Included: true },
    Error,
    Cause,
    StartDate: 1700000000000,
    Status: 'FAILED',
  });

describe('a failure in words', () => {
  it.each([
    ['of a Node.js function', lambda('no such table')],
    [
      'of a Python function',
      '{"errorMessage": "no such table", "errorType": "Refused", "stackTrace": ["  File \\"x\\""]}',
    ],
    [
      'of a Java function',
      '{"errorMessage":"no such table","errorType":"Refused","cause":{"errorMessage":"inner"}}',
    ],
    ['that lost its end', lambda('no such table').slice(0, -8)],
  ])('is the message %s', async (_what, cause) => {
    expect(await wordsOf('Refused', cause)).toBe('Refused: no such table');
  });

  it('is the first error of a child execution, however deep', async () => {
    expect(await wordsOf('States.TaskFailed', child('Refused', lambda('no')))).toBe('Refused: no');
    const deep = child('States.TaskFailed', child('Refused', lambda('a "quoted" \\ word\nand more')));
    expect(await wordsOf('States.TaskFailed', deep)).toBe('Refused: a "quoted" \\ word\nand more');
  });

  it('of a child that failed without a cause is its name', async () => {
    const without = JSON.stringify({ ExecutionArn: 'x', Error: 'Refused', Status: 'FAILED' });
    expect(await wordsOf('States.TaskFailed', without)).toBe(`Refused: ${without}`);
  });

  it('without a cause is its name', async () => {
    expect(await wordsOf('Refused')).toBe('Refused: ');
  });

  it.each([
    'plain words',
    '{"a" is not a field}',
    '{"errorMessage" is missing}',
    '{"errorMessage": 5}',
    '{"errorMessage": "cut of',
    '{"errorMessage": "a\nline"}',
    '{"errorMessage": "bad \\q escape"}',
    '{"errorMessage": "bad \\u12 escape"}',
    'say {"errorMessage": "x"}',
    '{}',
    '{',
    '[]',
    '',
  ])('leaves as it is what no machine has made: %j', async (cause) => {
    expect(await wordsOf('E', cause)).toBe(`E: ${cause}`);
  });

  it('never fails, whatever the cause', async () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '"',
      ':',
      ',',
      '\\',
      'u',
      '0041',
      '"errorMessage"',
      '"Cause"',
      '"Error"',
      ' ',
      'x',
      '\n',
      '"v"',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 14 }), async (pieces) => {
        expect(await wordsOf('E', `{${pieces.join('')}`)).toContain(': ');
      }),
      { numRuns: 500 },
    );
  });

  it('tells any message of a function, and of a child execution', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (message) => {
        expect(await wordsOf('Refused', lambda(message))).toBe(`Refused: ${message}`);
        expect(await wordsOf('X', child('Refused', lambda(message)))).toBe(`Refused: ${message}`);
      }),
    );
  });
});
