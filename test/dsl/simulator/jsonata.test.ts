import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { machineOf, passing } from './machines.ts';

const valueOf = async (expression: string, input = {}) => {
  const { output, cause } = await simulate(passing(`{% ${expression} %}`), input);
  return cause ?? output;
};

describe('JSONata as Step Functions evaluates it', () => {
  it('replaces a string that wholly is an expression, and leaves everything else as it stands', async () => {
    const { output } = await simulate(
      passing({
        sum: '{% $states.input.a + 1 %}',
        list: ['{% $states.input.a %}', 'x'],
        text: 'a {% 1 %}',
        none: null,
      }),
      { a: 1 },
    );
    expect(output).toEqual({ sum: 2, list: [1, 'x'], text: 'a {% 1 %}', none: null });
  });

  it('fails an expression that gives nothing, in the words of AWS', async () => {
    const result = await simulate(passing({ v: '{% $states.input.missing %}' }), {});
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'Only' (entered at the event id #2). The JSONata expression " +
        "'$states.input.missing' specified for the field 'Output/v' returned nothing (undefined).",
    });
  });

  it('fails an expression that gives a function', async () => {
    expect(await valueOf('function($x){$x}')).toContain('returned an unsupported result type.');
    expect(await valueOf('{"f": $sum}')).toContain('returned an unsupported result type.');
  });

  it('fails an expression that faults, with the code of JSONata', async () => {
    expect(await valueOf('1 + "a"')).toContain('threw an error during evaluation. T2002');
  });

  it('fails an expression that recurs without an end', async () => {
    const nested = await valueOf('($f := function($x) { 1 + $f($x) }; $f(1))');
    expect(nested).toContain('threw an error during evaluation: Stack overflow error: Check for');
    const looping = await valueOf(
      '($even := function($x) { $odd($x) }; $odd := function($x) { $even($x) }; $odd(1))',
    );
    expect(looping).toContain('threw an error during evaluation: Expression evaluation timeout');
  });

  it('fails an expression whose functions are called too often', async () => {
    const nested = await valueOf(
      '$count($map([1..2000], function($i) { $count($map([1..2000], function($j) { $i * $j })) }))',
    );
    expect(nested).toContain('threw an error during evaluation: Expression evaluation timeout');
    const doubled = await valueOf('$count($reduce([1..25], function($list) { $append($list, $list) }, [1]))');
    expect(doubled).toContain('D3050');
    const long = await valueOf(
      '$count($reduce([1..25], function($list, $i) { $append($list, $list) }, [1, 2]))',
    );
    expect(long).toContain('Expression evaluation memory limit exceeded');
  });

  it('lets one recur that has an end', async () => {
    const tail = '($f := function($x, $sum) { $x = 0 ? $sum : $f($x - 1, $sum + $x) }; $f(5000, 0))';
    expect(await valueOf(tail)).toBe(12_502_500);
    expect(await valueOf('($f := function($x) { $x = 0 ? 0 : 1 + $f($x - 1) }; $f(20))')).toBe(20);
  });

  it('keeps null', async () => {
    expect(await valueOf('$states.input', { a: null })).toEqual({ a: null });
  });

  it.each(['1/0', '[1/0]', '{ "a": -1/0 }'])(
    'fails for a number that JSON cannot hold: %s',
    async (source) => {
      expect(await valueOf(source)).toContain('threw an error during evaluation. D1001: Number out of range');
    },
  );

  it('drops what JSONata hangs on its arrays', async () => {
    const output = (await valueOf('$states.input.list.a[]', { list: [{ a: 1 }] })) as unknown as object;
    expect(Object.keys(output)).toEqual(['0']);
  });

  it('has no $eval', async () => {
    expect(await valueOf(`$eval('1')`)).toContain('T1006');
  });

  it.each([
    ['$$.a', '$$'],
    ['$states.input.a ?? 1', '??'],
    ['$states.input.a ?: 1', '?:'],
    ['1 +', 'does not parse'],
  ])('refuses %s, as CreateStateMachine does', async (expression, named) => {
    await expect(valueOf(expression)).rejects.toThrow(named);
  });

  it('does not mistake text or a plain condition for an operator it refuses', async () => {
    expect(await valueOf(`'a ?? b ?: $$' & (true ? '?' : ':')`)).toBe('a ?? b ?: $$?');
  });

  it.each([
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$range(0, 5, 2)', [0, 2, 4]],
    ['$range(3.9, 1, -1)', [3, 2, 1]],
    ['$range(1, 1, 1)', 1],
    [`$hash('a', 'MD5')`, '0cc175b9c0f1b6a831c399e269772661'],
    [`$parse('{"a":[1]}')`, { a: [1] }],
    ['$random(42)', 0.7275636800328681],
  ])('computes %s', async (expression, value) => {
    expect(await valueOf(expression)).toEqual(value);
  });

  it('draws $random() and $uuid() from the seed', async () => {
    const drawn = (seed: number) => simulate(passing(['{% $random() %}', '{% $uuid() %}']), {}, { seed });
    const [first, again, other] = await Promise.all([drawn(1), drawn(1), drawn(2)]);
    expect(first.output).toEqual(again.output);
    expect(first.output).not.toEqual(other.output);
    expect((first.output as string[])[1]).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('reads the virtual clock in $now() and $millis()', async () => {
    const machine = machineOf({
      Pause: { Type: 'Wait', Seconds: 90, Next: 'Tell' },
      Tell: {
        Type: 'Pass',
        Output: ['{% $now() %}', '{% $millis() %}', `{% $now('[H01]:[m01]') %}`],
        End: true,
      },
    });
    const { output } = await simulate(machine, {}, { clock: new VirtualClock(0) });
    expect(output).toEqual(['1970-01-01T00:01:30.000Z', 90_000, '00:01']);
  });
});
