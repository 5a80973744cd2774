import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTablesHandler } from '../../../src/tasks/compare-tables/handler.ts';
import type { Counts, Found } from '../../../src/tasks/incident.ts';
import type { Item } from '../../../src/tasks/item/item.ts';
import { verifyOneSegment } from '../../../src/tasks/verify-segment/verify-one-segment.ts';
import type { MemoryDynamodb } from './memory-dynamodb.ts';
import { REQUEST, invocation, planned, resetToTheEnd, resetWorld } from './reset-world.ts';

type Fate = 'same' | 'respelled' | 'changed' | 'deleted' | 'added';

const fates = fc.uniqueArray(
  fc.record({
    pk: fc.constantFrom('a', 'b', 'a#b', 'b#', ''),
    sk: fc.integer({ min: 0, max: 30 }),
    fate: fc.constantFrom<Fate>('same', 'respelled', 'changed', 'deleted', 'added'),
  }),
  { selector: ({ pk, sk }) => `${pk}/${sk}`, maxLength: 60 },
);

function tables(of: readonly { pk: string; sk: number; fate: Fate }[]): { live: Item[]; restored: Item[] } {
  const live: Item[] = [];
  const restored: Item[] = [];
  for (const { pk, sk, fate } of of) {
    const key = { pk: { S: `p${pk}` }, sk: { S: `${sk}` } };
    const good = { ...key, n: { N: '1.50' }, tags: { L: [{ SS: ['x', 'y'] }] } };
    const respelled = { ...key, tags: { L: [{ SS: ['y', 'x'] }] }, n: { N: '15e-1' } };
    if (fate !== 'added') restored.push(good);
    if (fate === 'same') live.push(good);
    if (fate === 'respelled') live.push(respelled);
    if (fate === 'changed' || fate === 'added') live.push({ ...good, n: { N: '1.51' } });
  }
  return { live, restored };
}

const behaviours = fc.record({
  pageSize: fc.integer({ min: 1, max: 7 }),
  alike: fc.boolean(),
  trouble: fc.constantFrom(0, 0.2, 0.5),
  losses: fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { maxLength: 6 }),
  seed: fc.string({ maxLength: 4 }),
});

const runnings = fc.record({
  bounds: fc.record({
    window: fc.record({ items: fc.integer({ min: 0, max: 12 }), bytes: fc.constantFrom(60, 300, 100_000) }),
    pagesBetweenSaves: fc.integer({ min: 1, max: 9 }),
    stopMargin: fc.constant(60_000),
  }),
  // 1.001 minutes leave 60 ms, six calls, before the margin begins; 0.5 leave none.
  minutes: fc.constantFrom(0.5, 1.001, 1.01, 15),
});

const scenarios = fc.record({
  fates,
  behaviour: behaviours,
  running: runnings,
  segments: fc.integer({ min: 1, max: 3 }),
  atOnce: fc.boolean(),
});

type Scenario = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

async function resetWholeTable(
  dynamodb: MemoryDynamodb,
  { segments, running, atOnce }: Scenario,
  mode: 'plan' | 'apply',
): Promise<Found> {
  const counts: Counts[] = [];
  const work = Array.from({ length: segments }, (_, segment) => async () => {
    const request = { ...REQUEST, mode, segment, segments };
    if (mode === 'apply') await planned(dynamodb, request);
    counts.push(await resetToTheEnd(dynamodb, request, running));
  });
  if (atOnce) await Promise.all(work.map((run) => run()));
  else for (const run of work) await run();
  const sum = (name: keyof Found) => counts.reduce((total, each) => total + each[name], 0);
  return {
    restored: sum('restored'),
    live: sum('live'),
    puts: sum('puts'),
    deletes: sum('deletes'),
    unchanged: sum('unchanged'),
  };
}

function expected(of: Scenario['fates']): Found {
  const number = (...fates: Fate[]) => of.filter(({ fate }) => fates.includes(fate)).length;
  return {
    restored: number('same', 'respelled', 'changed', 'deleted'),
    live: number('same', 'respelled', 'changed', 'added'),
    puts: number('changed', 'deleted'),
    deletes: number('added'),
    unchanged: number('same', 'respelled'),
  };
}

describe('a reset of any two tables, in any order, interrupted anywhere', () => {
  it('makes the live table equal to the restored one and writes nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const dynamodb = resetWorld(tables(scenario.fates), scenario.behaviour);
        const before = dynamodb.content('rewind-orders');
        const counts = await resetWholeTable(dynamodb, scenario, 'apply');

        expect(dynamodb.content('orders')).toEqual(before);
        expect(dynamodb.content('rewind-orders')).toEqual(before);
        expect(dynamodb.writes.filter(({ table }) => table !== 'orders')).toEqual([]);
        expect(dynamodb.writes.filter(({ kind, idle }) => kind === 'put' && idle)).toEqual([]);

        const { restored, deletes, puts } = expected(scenario.fates);
        expect(counts).toMatchObject({ restored, deletes });
        expect(counts.puts + counts.unchanged).toBe(restored);
        expect(counts.puts).toBeLessThanOrEqual(puts);
        const lost = scenario.behaviour.losses.length > 0 || scenario.behaviour.trouble > 0;
        // A put whose answer was lost counts as unchanged when its pages are read again.
        expect(counts.puts).toBeGreaterThanOrEqual(lost ? 0 : puts);
        expect(dynamodb.items('ledger').filter(({ sk }) => sk?.S?.includes('#delete#'))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('puts every item of a segment before it deletes the first, so no restored table leaves it empty', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (drawn) => {
        const scenario = { ...drawn, segments: 1 };
        const { live, restored } = tables(scenario.fates);
        fc.pre(restored.length > 0);
        const dynamodb = resetWorld({ live, restored }, scenario.behaviour);
        await resetWholeTable(dynamodb, scenario, 'apply');

        const kinds = dynamodb.writes.map(({ kind }) => kind);
        expect(kinds.lastIndexOf('put')).toBeLessThan(
          kinds.includes('delete') ? kinds.indexOf('delete') : kinds.length,
        );
        expect(dynamodb.writes.filter(({ left }) => left === 0)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('plans exactly what it then applies, and plans without writing', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const dynamodb = resetWorld(tables(scenario.fates), scenario.behaviour);
        const counts = await resetWholeTable(dynamodb, scenario, 'plan');

        expect(counts).toEqual(expected(scenario.fates));
        expect(dynamodb.writes).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('is proven by a verification that shares no code with it', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, fc.boolean(), async (scenario, reset) => {
        const dynamodb = resetWorld(tables(scenario.fates), { ...scenario.behaviour, losses: [] });
        if (reset) await resetWholeTable(dynamodb, scenario, 'apply');
        const { segments, running } = scenario;
        for (const table of ['orders', 'rewind-orders'])
          for (let segment = 0; segment < segments; segment += 1) {
            let done = false;
            while (!done)
              ({ done } = await verifyOneSegment(
                { ...REQUEST, table, segment, segments },
                invocation(dynamodb, running.minutes),
                running.bounds,
              ));
          }
        const compared = await compareTablesHandler({ ...REQUEST, segments }, invocation(dynamodb)).catch(
          (error: Error) => error.name,
        );
        const { puts, deletes, restored } = expected(scenario.fates);
        const equal = expect.objectContaining({ items: restored, expired: 0 });
        expect(compared).toEqual(reset || puts + deletes === 0 ? equal : 'TablesDiffer');
      }),
      { numRuns: 200 },
    );
  });
});
