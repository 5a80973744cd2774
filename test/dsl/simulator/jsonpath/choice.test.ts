import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/dsl/asl/machine.ts';
import { simulate } from '../../../../src/dsl/simulator/simulate.ts';
import { pathMachine } from './path-machine.ts';

const run = (rule: JsonObject, input: Json) =>
  simulate(
    pathMachine({
      Ask: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
      Yes: { Type: 'Pass', Result: true, End: true },
      No: { Type: 'Pass', Result: false, End: true },
    }),
    input,
  );

const holds = async (operator: string, expected: Json, v: Json) =>
  (await run({ Variable: '$.v', [operator]: expected }, { v, other: expected })).output;

describe('comparisons', () => {
  it.each<[string, Json, Json, boolean]>([
    ['BooleanEquals', false, false, true],
    ['BooleanEquals', false, 0, false],
    ['NumericEquals', 1, 1, true],
    ['NumericEquals', 1, '1', false],
    ['NumericLessThan', 2, 1, true],
    ['NumericLessThanEquals', 1, 1, true],
    ['NumericGreaterThan', 1, 1, false],
    ['NumericGreaterThanEquals', 1, 1, true],
    ['StringEquals', 'a', 'a', true],
    ['StringLessThan', 'AB', 'A', true],
    ['StringGreaterThan', 'A ', 'A', false],
    ['StringGreaterThanEquals', 'A', 'AB', true],
    ['TimestampEquals', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', true],
    ['TimestampLessThan', '2026-01-01T00:00:01Z', '2026-01-01T00:00:00.5Z', true],
    ['TimestampGreaterThan', '2026-01-01T00:00:00Z', 'later', false],
  ])('%s %j of %j', async (...row) => {
    const [operator, expected, value, outcome] = row;
    expect(await holds(operator, expected, value)).toBe(outcome);
    const byPath = { Variable: '$.v', [`${operator}Path`]: '$.other' };
    expect((await run(byPath, { v: value, other: expected })).output).toBe(outcome);
  });

  it.each<[string, string, boolean]>([
    ['*.zip', 'a.zip', true],
    ['*.zip', 'a.zipx', false],
    ['a*c*', 'abcd', true],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['a.c', 'abc', false],
  ])('StringMatches %s of %s', async (pattern, value, outcome) => {
    expect(await holds('StringMatches', pattern, value)).toBe(outcome);
  });

  it.each<[string, Json, boolean]>([
    ['IsNull', null, true],
    ['IsNull', 0, false],
    ['IsNumeric', 1.5, true],
    ['IsNumeric', '1', false],
    ['IsString', '', true],
    ['IsBoolean', false, true],
    ['IsTimestamp', '2026-01-01T00:00:00Z', true],
    ['IsTimestamp', '2026-02-30T00:00:00Z', false],
    ['IsTimestamp', '2026-01-01T00:00:00', false],
  ])('%s of %j', async (operator, value, outcome) => {
    expect(await holds(operator, true, value)).toBe(outcome);
    expect(await holds(operator, false, value)).toBe(!outcome);
  });

  it('IsPresent asks for a value that may be missing, and may be null', async () => {
    expect((await run({ Variable: '$.v', IsPresent: true }, { v: null })).output).toBe(true);
    expect((await run({ Variable: '$.v', IsPresent: false }, {})).output).toBe(true);
  });

  it('end the execution when the variable is missing', async () => {
    expect(await run({ Variable: '$.v', NumericEquals: 1 }, {})).toMatchObject({
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'Ask' (entered at the event id #2). " +
        "Invalid path '$.v': The choice state's condition path references an invalid value.",
    });
  });
});

it('And, Or and Not combine rules', async () => {
  const small = { Variable: '$.v', NumericLessThan: 5 };
  const even = { Variable: '$.even', BooleanEquals: true };
  const rule: JsonObject = { Or: [{ And: [small, { Not: even }] }, { Variable: '$.v', NumericEquals: 9 }] };
  expect((await run(rule, { v: 1, even: false })).output).toBe(true);
  expect((await run(rule, { v: 1, even: true })).output).toBe(false);
  expect((await run(rule, { v: 9, even: true })).output).toBe(true);
});

it('reads variables and the context object', async () => {
  expect((await run({ Variable: '$$.State.Name', StringEquals: 'Ask' }, {})).output).toBe(true);
});

it('refuses a rule without an operator', async () => {
  await expect(run({ Variable: '$.v' }, { v: 1 })).rejects.toThrow(
    'SCHEMA_VALIDATION_FAILED: a rule must have exactly one comparison, got none at /States/Ask/Choices[0]',
  );
});
