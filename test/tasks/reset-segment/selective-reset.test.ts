import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTablesHandler } from '../../../src/tasks/compare-tables/handler.ts';
import type { Counts } from '../../../src/tasks/incident.ts';
import type { Item } from '../../../src/tasks/item/item.ts';
import { resetOneSegment } from '../../../src/tasks/reset-segment/reset-one-segment.ts';
import type { Only } from '../../../src/tasks/selection/only.ts';
import { verifyOneSegment } from '../../../src/tasks/verify-segment/verify-one-segment.ts';
import type { MemoryDynamodb } from './memory-dynamodb.ts';
import { REQUEST, TINY, invocation, planned, resetToTheEnd, resetWorld } from './reset-world.ts';

/** What one table holds under a key. */
interface Version {
  readonly tenant: string;
  readonly changed: number;
  readonly value: string;
}

interface Row {
  readonly pk: string;
  readonly sk: number;
  readonly restored: Version | undefined;
  readonly live: Version | undefined;
}

const version: fc.Arbitrary<Version> = fc.record({
  tenant: fc.constantFrom('a', 'b'),
  changed: fc.integer({ min: 8, max: 11 }),
  value: fc.constantFrom('x', 'y'),
});

const row: fc.Arbitrary<Row> = fc
  .record({
    pk: fc.constantFrom('shop', 'shop-2', 'club'),
    sk: fc.integer({ min: 0, max: 25 }),
    restored: fc.option(version, { nil: undefined }),
    live: fc.option(version, { nil: undefined }),
    same: fc.boolean(),
  })
  .map(({ same, ...each }) => (same ? { ...each, live: each.restored } : each))
  .filter(({ restored, live }) => restored !== undefined || live !== undefined);

const rows = fc.uniqueArray(row, { selector: ({ pk, sk }) => `${pk}/${sk}`, maxLength: 40 });

/** Selections, each beside what it means, told of rows rather than of items. */
interface Meaning {
  readonly only: Only;
  readonly belongs: (row: Row, version: Version) => boolean;
  readonly since?: number;
}

const belongings: fc.Arbitrary<Meaning> = fc.constantFrom<Meaning>(
  { only: { partitionKey: { equals: 'shop' } }, belongs: ({ pk }) => pk === 'shop' },
  { only: { partitionKey: { beginsWith: 'shop' } }, belongs: ({ pk }) => pk !== 'club' },
  { only: { sortKey: { beginsWith: '1' } }, belongs: ({ sk }) => String(sk).startsWith('1') },
  {
    only: { where: [{ attribute: 'of.tenant', equals: 'a' }] },
    belongs: (_row, { tenant }) => tenant === 'a',
  },
  {
    only: {
      partitionKey: { equals: 'club' },
      where: [
        { attribute: 'value', equals: 'y' },
        { attribute: 'changed', atMost: { N: '9.5' } },
      ],
    },
    belongs: ({ pk }, { value, changed }) => pk === 'club' && value === 'y' && changed < 10,
  },
);

const meanings: fc.Arbitrary<Meaning> = fc
  .tuple(belongings, fc.option(fc.integer({ min: 9, max: 11 }), { nil: undefined }))
  .map(([meaning, since]) =>
    since === undefined
      ? meaning
      : {
          ...meaning,
          only: { ...meaning.only, changedSince: { attribute: 'changed', since } },
          since,
        },
  );

function isSelected(row: Row, { belongs, since }: Meaning): boolean {
  const versions = [row.restored, row.live].filter((each) => each !== undefined);
  if (!versions.some((each) => belongs(row, each))) return false;
  return since === undefined || row.live === undefined || versions.some(({ changed }) => changed >= since);
}

function itemOf({ pk, sk }: Row, { tenant, changed, value }: Version): Item {
  return {
    pk: { S: pk },
    sk: { S: `${sk}` },
    of: { M: { tenant: { S: tenant } } },
    changed: { N: `${changed}.0` },
    value: { S: value },
  };
}

const itemsOf = (all: readonly Row[], versionOf: (row: Row) => Version | undefined): Item[] =>
  all.flatMap((row) => {
    const held = versionOf(row);
    return held ? [itemOf(row, held)] : [];
  });

/** What the live table must hold after the reset. */
const wanted = (all: readonly Row[], meaning: Meaning) =>
  itemsOf(all, (row) => (isSelected(row, meaning) ? row.restored : row.live));

const scenarios = fc.record({
  rows,
  meaning: meanings,
  behaviour: fc.record({
    pageSize: fc.integer({ min: 1, max: 9 }),
    alike: fc.boolean(),
    trouble: fc.constantFrom(0, 0, 0.2),
    losses: fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { maxLength: 4 }),
    seed: fc.string({ maxLength: 4 }),
  }),
  running: fc.record({ bounds: fc.constant(TINY), minutes: fc.constantFrom(0.5, 1.01, 15) }),
  segments: fc.integer({ min: 1, max: 3 }),
});
type Scenario = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

function worldOf({ rows: all, behaviour }: Scenario): MemoryDynamodb {
  return resetWorld(
    { live: itemsOf(all, ({ live }) => live), restored: itemsOf(all, ({ restored }) => restored) },
    behaviour,
  );
}

async function work(dynamodb: MemoryDynamodb, scenario: Scenario, mode: 'plan' | 'apply'): Promise<Counts[]> {
  const { segments, running, meaning } = scenario;
  const counts: Counts[] = [];
  for (let segment = 0; segment < segments; segment += 1) {
    const request = { ...REQUEST, only: meaning.only, mode, segment, segments };
    if (mode === 'apply') await planned(dynamodb, request);
    counts.push(await resetToTheEnd(dynamodb, request, running));
  }
  return counts;
}

/** The live table alone is read again, and held against the plan. */
async function proof(dynamodb: MemoryDynamodb, { segments }: Scenario): Promise<unknown> {
  const run = `${REQUEST.run} proof`;
  for (let segment = 0; segment < segments; segment += 1) {
    const request = { ...REQUEST, run, segment, segments };
    while (!(await verifyOneSegment(request, invocation(dynamodb))).done);
  }
  const plan = { selective: true, run: REQUEST.run };
  return compareTablesHandler({ ...REQUEST, run, plan, segments }, invocation(dynamodb)).catch(
    (error: Error) => error.name,
  );
}

const contentOf = (items: readonly Item[]) => resetWorld({ live: items, restored: [] }).content('orders');
const quiet = (scenario: Scenario): Scenario => ({
  ...scenario,
  behaviour: { ...scenario.behaviour, losses: [] },
});

describe('a selective reset of any two tables, by any selection, interrupted anywhere', () => {
  it('makes the selected keys equal to the restored ones, and leaves every other item byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const { rows: all, meaning } = scenario;
        const dynamodb = worldOf(scenario);
        await work(dynamodb, scenario, 'apply');
        expect(dynamodb.content('orders')).toEqual(contentOf(wanted(all, meaning)));
        const selected = all.filter((each) => isSelected(each, meaning));
        const keys = selected.map(({ pk, sk }) => JSON.stringify({ pk: { S: pk }, sk: { S: `${sk}` } }));
        for (const write of dynamodb.writes) {
          expect(write.table).toBe('orders');
          expect(keys).toContain(write.key);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('plans without writing what it then does, and tells what it leaves alone', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const { rows: all, meaning } = scenario;
        const dynamodb = worldOf(scenario);
        const counts = await work(dynamodb, scenario, 'plan');
        expect(dynamodb.writes).toEqual([]);
        const sum = (name: keyof Counts) => counts.reduce((total, each) => total + each[name], 0);
        const differing = all.filter(
          ({ restored, live }) => JSON.stringify(restored) !== JSON.stringify(live),
        );
        const selected = all.filter((each) => isSelected(each, meaning));
        const changing = differing.filter((each) => isSelected(each, meaning));
        expect({
          puts: sum('puts'),
          deletes: sum('deletes'),
          selected: sum('selected'),
          leftAlone: sum('leftAlone'),
          unchanged: sum('unchanged'),
          writeUnits: sum('writeUnits'),
        }).toEqual({
          puts: changing.filter(({ restored }) => restored !== undefined).length,
          deletes: changing.filter(({ restored }) => restored === undefined).length,
          selected: selected.length,
          leftAlone: differing.length - changing.length,
          unchanged: all.length - differing.length,
          writeUnits: changing.length,
        });
      }),
      { numRuns: 200 },
    );
  });

  it('is proven by reading the live table alone', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (drawn) => {
        const scenario = quiet(drawn);
        const dynamodb = worldOf(scenario);
        await work(dynamodb, scenario, 'plan');
        await work(dynamodb, scenario, 'apply');
        const items = wanted(scenario.rows, scenario.meaning).length;
        expect(await proof(dynamodb, scenario)).toMatchObject({ items });
      }),
      { numRuns: 200 },
    );
  });

  it('is not proven when anything else is altered in between, or anything that is selected is missed', async () => {
    await fc.assert(
      fc.asyncProperty(
        scenarios,
        fc.nat(),
        fc.constantFrom('value', 'gone', 'new'),
        async (drawn, at, how) => {
          const scenario = quiet(drawn);
          const { rows: all, meaning } = scenario;
          const dynamodb = worldOf(scenario);
          await work(dynamodb, scenario, 'plan');
          const right = wanted(all, meaning);
          fc.pre(how === 'new' || right.length > 0);
          // Selected or not: an item of the end result is another one, is missing, or is one too many.
          const index = at % Math.max(1, right.length);
          const wrong =
            how === 'new'
              ? [...right, { pk: { S: 'stranger' }, sk: { S: '0' } }]
              : how === 'gone'
                ? right.filter((_, each) => each !== index)
                : right.map((item, each) => (each === index ? { ...item, value: { S: 'z' } } : item));
          dynamodb.fill('orders', ['pk', 'sk'], wrong);
          expect(await proof(dynamodb, scenario)).toBe('TablesDiffer');
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is not proven before it is applied, unless there is nothing to do', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (drawn) => {
        const scenario = quiet(drawn);
        const dynamodb = worldOf(scenario);
        const counts = await work(dynamodb, scenario, 'plan');
        const changes = counts.some(({ puts, deletes }) => puts + deletes > 0);
        const items = scenario.rows.filter(({ live }) => live !== undefined).length;
        const proven = expect.objectContaining({ items });
        expect(await proof(dynamodb, scenario)).toEqual(changes ? 'TablesDiffer' : proven);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a selective reset', () => {
  const only: Only = { partitionKey: { equals: 'secret-tenant' } };
  const world = () =>
    resetWorld({
      live: [{ pk: { S: 'secret-tenant' }, sk: { S: '1' } }],
      restored: [{ pk: { S: 'other' }, sk: { S: '1' } }],
    });

  it('is not gone on with under another selection, whose values are not told', async () => {
    const dynamodb = await planned(world(), { ...REQUEST, only });
    await resetOneSegment({ ...REQUEST, only }, invocation(dynamodb));
    const others = [undefined, { partitionKey: { equals: 'secret-other' } }];
    for (const another of others) {
      const refusal = resetOneSegment({ ...REQUEST, only: another }, invocation(dynamodb));
      await expect(refusal).rejects.toMatchObject({
        name: 'ResetRefused',
        message: expect.stringContaining('began it with another selection'),
      });
      await expect(refusal).rejects.not.toThrow('secret');
    }
    expect(JSON.stringify(dynamodb.items('ledger'))).not.toContain('secret-other');
  });

  it.each<[string, Only]>([
    ['has no condition', {}],
    ['is a number', { partitionKey: { equals: 7 } }],
  ])('is refused before anything is read when its selection %s', async (words, faulty) => {
    const dynamodb = world();
    await expect(resetOneSegment({ ...REQUEST, only: faulty }, invocation(dynamodb))).rejects.toMatchObject({
      name: 'ResetRefused',
      message: expect.stringContaining(words),
    });
    expect(dynamodb.operations).not.toContain('Scan');
  });

  it('is not proven by the plan of another run, of another division, or of a whole table', async () => {
    const scenario = { segments: 1 } as Scenario;
    const unproven = async (plan: Partial<typeof REQUEST> & { only?: Only | undefined }) => {
      const dynamodb = world();
      await resetToTheEnd(
        dynamodb,
        { ...REQUEST, only, mode: 'plan', ...plan },
        { bounds: TINY, minutes: 15 },
      );
      return proof(dynamodb, scenario);
    };
    expect(await unproven({ run: 'another' })).toBe('TablesDiffer');
    expect(await unproven({ segments: 2 })).toBe('TablesDiffer');
    expect(await unproven({ only: undefined })).toBe('TablesDiffer');
  });
});
