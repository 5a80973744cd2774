import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/dsl/asl/machine.ts';
import { simulate } from '../../../../src/dsl/simulator/simulate.ts';
import { calling, pathMachine } from './path-machine.ts';

const run = (source: string, input: Json = {}) =>
  simulate(pathMachine({ Only: { Type: 'Pass', Parameters: { 'v.$': source }, End: true } }), input);

const valueOf = async (source: string, input?: Json) => {
  const { output, cause } = await run(source, input);
  return output === undefined ? cause : (output as JsonObject)['v'];
};

describe('intrinsic functions', () => {
  it.each<[string, unknown, Json?]>([
    ["States.Array('a', 1, $.b, null, true)", ['a', 1, 2, null, true], { b: 2 }],
    ['States.Array()', []],
    ['States.ArrayPartition($.l, 2)', [[1, 2], [3]], { l: [1, 2, 3] }],
    ['States.ArrayContains($.l, $.v)', true, { l: [{ a: [1] }], v: { a: [1] } }],
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
    ['States.ArrayRange(1, 0, 1)', []],
    ['States.ArrayGetItem($.l, 1)', 'b', { l: ['a', 'b'] }],
    ['States.ArrayLength($.l)', 2, { l: [1, 2] }],
    ['States.ArrayUnique($.l)', [1, 'a', [1]], { l: [1, 'a', 1, [1], [1], 'a'] }],
    ["States.Base64Encode('Data to encode')", 'RGF0YSB0byBlbmNvZGU='],
    ["States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", 'Data to encode'],
    ["States.Hash('a', 'MD5')", '0cc175b9c0f1b6a831c399e269772661'],
    ["States.Hash($.o, 'SHA-1')", '9f89c740ceb46d7418c924a78ac57941d5e96520', { o: { a: 1 } }],
    ['States.JsonMerge($.a, $.b, false)', { x: 1, y: { z: 2 } }, { a: { x: 1, y: 1 }, b: { y: { z: 2 } } }],
    ['States.StringToJson(\'{"a":[1]}\')', { a: [1] }],
    ["States.StringToJson(' ')", null],
    ['States.JsonToString($.o)', '{"a":[1,"b"]}', { o: { a: [1, 'b'] } }],
    ['States.MathAdd(1, -3)', -2],
    // As java.util.Random(42) draws them: its first nextInt() is -1170105035.
    ['States.MathRandom(0, 100, 42)', 30],
    ['States.MathRandom(1, 65, 42)', 47],
    ['States.MathAdd(1.49, 1.5)', 3],
    ['States.MathAdd(-1.49, -1.5)', -2],
    ["States.StringSplit('a.b+c..d', '.+')", ['a', 'b', 'c', 'd']],
    ["States.Format('{} and {}', $.a, 2)", 'one and 2', { a: 'one' }],
    ["States.Format('\\{\\} {}', 1)", '{} 1'],
    [
      "States.Format('it\\'s {}', $.o)",
      "it's {a=[1, null], b={c=x}}",
      { o: { a: [1, null], b: { c: 'x' } } },
    ],
    ["States.Format('{} {} {}', 1.5, 1e-7, 12345678.5)", '1.5 1.0E-7 1.23456785E7'],
    ["States.Format($.t, 'x')", 'a x', { t: 'a {}' }],
    ["States.ArrayGetItem(States.StringSplit('a-b', '-'), States.MathAdd(2, -1))", 'b'],
    ["States.ArrayLength($.l[?(@.a == ',)')])", 1, { l: [{ a: ',)' }, {}] }],
  ])('%s', async (source, expected, input) => {
    expect(await valueOf(source, input)).toEqual(expected);
  });

  it('draw from the seed', async () => {
    const value = (await valueOf(
      'States.Array(States.UUID(), States.MathRandom(5, 7), States.UUID())',
    )) as Json[];
    expect(value[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(value[2]).not.toBe(value[0]);
    expect([5, 6]).toContain(value[1]);
    expect(await valueOf('States.MathRandom(1, 1000, 42)')).toBe(
      await valueOf('States.MathRandom(1, 1000, 42)'),
    );
  });

  it.each([
    ['States.ArrayGetItem($.l, 7)', 'The index is out of bounds'],
    ['States.MathAdd($.l, 7)', 'Argument 1 must be a number, but was [1]'],
    ["States.StringToJson('{')", 'Invalid JSON: {'],
    ["States.Format('{} {}', 1)", 'The number of arguments does not match'],
    ["States.Hash('a', 'MD6')", 'The algorithm must be one of'],
    ['States.ArrayRange(1, 5000, 1)', 'The array must not have more than 1000 elements'],
  ])('%s fails the state', async (source, why) => {
    const { error, cause } = await run(source, { l: [1] });
    expect(error).toBe('States.IntrinsicFailure');
    expect(cause).toContain(`The function '${source}' had the following error: ${why}`);
  });

  it('end the execution when an argument is not there', async () => {
    const { error, cause } = await run("States.Format('{}', $.nope)", { l: [1] });
    expect(error).toBe('States.Runtime');
    expect(cause).toContain(
      `had the following error: The JsonPath argument for the field '$.nope' could not be found in the input '{"l":[1]}'`,
    );
  });

  it('fail so that a Catch sees it', async () => {
    const Catch = [{ ErrorEquals: ['States.IntrinsicFailure'], ResultPath: '$.caught', Next: 'After' }];
    const caught = await simulate(
      pathMachine({
        Only: { ...calling, Parameters: { 'at.$': 'States.ArrayGetItem($.l, 7)' }, Catch },
        After: { Type: 'Pass', OutputPath: '$.caught.Error', End: true },
      }),
      { l: [1] },
    );
    expect(caught).toMatchObject({ status: 'SUCCEEDED', output: 'States.IntrinsicFailure' });
  });

  it.each(['States.Nope()', "States.Format('a'", 'States.Format(a)', 'States.UUID() x'])(
    'refuses %s, as CreateStateMachine does',
    async (source) => {
      await expect(run(source)).rejects.toThrow('SCHEMA_VALIDATION_FAILED: ');
    },
  );
});
