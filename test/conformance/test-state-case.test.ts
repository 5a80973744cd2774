import { describe, expect, it } from 'vitest';
import { differenceFrom } from '../../conformance/same-as-recorded.ts';
import { testStateDifference, type TestStateCase } from '../../conformance/test-state-case.ts';

describe('a recorded call of TestState', () => {
  const given = (rest: Partial<TestStateCase>): TestStateCase => ({
    id: 'own',
    definition: { Type: 'Pass', Next: 'Then' },
    input: 1,
    expected: { status: 'SUCCEEDED', output: 1, nextState: 'Then' },
    ...rest,
  });

  it('agrees when all of the answer does', async () => {
    expect(await testStateDifference(given({}))).toBeUndefined();
  });

  it('differs by a field that is missing, other or too much', async () => {
    const differing = (expected: TestStateCase['expected']) => testStateDifference(given({ expected }));
    expect(await differing({ status: 'SUCCEEDED', output: 2, nextState: 'Then' })).toBe(
      '/output: expected 2, got 1',
    );
    expect(await differing({ status: 'SUCCEEDED', output: 1 })).toBe(
      '/nextState: expected nothing, got "Then"',
    );
    expect(await differing({ errorCode: 'ValidationException', errorMessage: 'No.' })).toContain(
      '/errorCode: expected',
    );
  });

  it('is held to the code and the text of a refusal, without what the client wrote before it', async () => {
    const refused = (errorMessage: string, errorCode = 'ValidationException') =>
      testStateDifference(given({ mock: {}, expected: { errorCode, errorMessage } }));
    const told = 'A test mock should have only one of the following fields: [result, errorOutput].';
    expect(
      await refused(`An error occurred (ValidationException) when calling the TestState operation: ${told}`),
    ).toBeUndefined();
    expect(await refused('Something else.')).toContain('/message: expected');
    expect(await refused(told, 'InvalidDefinition')).toContain('/code: expected');
  });
});

describe('a value and a recorded one', () => {
  it('agree where the recorder put a placeholder for any text', () => {
    expect(
      differenceFrom({ id: 'a:<uuid:1>', at: 'date' }, { id: 'a:b-c', at: '2026-01-01' }),
    ).toBeUndefined();
    expect(differenceFrom('<a>.b', 'xb')).toBe(': expected "<a>.b", got "xb"');
  });

  it('differ by kind, by length and by members', () => {
    expect(differenceFrom([1], [1, 2])).toBe('/1: expected nothing, got 2');
    expect(differenceFrom([], {})).toBe(': expected [], got {}');
    expect(differenceFrom({ a: null }, {})).toBe('/a: expected null, got nothing');
    expect(differenceFrom('1', 1)).toBe(': expected "1", got 1');
  });
});
