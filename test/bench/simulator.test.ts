import { expect, it } from 'vitest';
import { measureSpeed } from '../../bench/simulator/measure-speed.ts';
import { contenders } from '../../bench/simulator/contenders.ts';
import { workloads } from '../../bench/simulator/workloads.ts';
import { simulate } from '../../src/dsl/index.ts';

it.each(workloads)('counts what $shape in $queryLanguage really enters', async (workload) => {
  const { history, output } = await simulate(workload.machine, workload.input);
  expect(output).toEqual(workload.output);
  expect(history.filter(({ type }) => type.endsWith('StateEntered'))).toHaveLength(workload.transitions);
});

it.each(workloads.filter(({ queryLanguage }) => queryLanguage === 'JSONata'))(
  'gives the bare evaluator the expressions of $shape, and no others',
  ({ machine, expressions = [] }) => {
    const text = JSON.stringify(machine);
    // Once around, so neither what begins the loop nor what ends it.
    const looped = [...text.matchAll(/{% (.*?) %}/g)].map(([, source]) => source);
    expect(looped).toEqual(expect.arrayContaining(expressions.map(({ source }) => source)));
    expect(expressions.length).toBeGreaterThanOrEqual(looped.length - 1);
  },
);

const runner = (name: string, run: () => Promise<unknown>) => ({
  name,
  turn: async () => ({ output: await run(), seconds: 1 }),
  end: () => {},
});

it('refuses to compare a contender that gives another output', async () => {
  const [workload] = workloads;
  const once = { turns: 1, warmUp: 0 };
  const wrong = runner('wrong', async () => 'something else');
  await expect(measureSpeed(workload!, [wrong], once)).rejects.toThrow(
    'wrong gives another output for count',
  );
  const right = await Promise.all(
    (['rewind', 'jsonata'] as const).map(async (name) =>
      runner(name, await contenders[name].ready(workload!, '')),
    ),
  );
  expect(await measureSpeed(workload!, right, once)).toMatchObject([
    { name: 'rewind', shape: 'count', queryLanguage: 'JSONata', transitionsPerSecond: workload!.transitions },
    {
      name: 'jsonata',
      shape: 'count',
      queryLanguage: 'JSONata',
      transitionsPerSecond: workload!.transitions,
    },
  ]);
});
