import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/tasks/item/item.ts';
import type { ResetRequest } from '../../../src/tasks/reset-segment/reset-request.ts';
import type { MemoryDynamodb } from './memory-dynamodb.ts';
import { KEYS, REQUEST, TINY, passedGate, planned, resetToTheEnd, resetWorld } from './reset-world.ts';

type Value = 'good' | 'bad' | undefined;

/** What both tables hold under one key when the plan is made, and what the live one holds when it is applied. */
interface Row {
  readonly restored: Value;
  readonly live: Value;
  readonly later: Value;
}

const value = fc.constantFrom<Value>('good', 'bad', undefined);
/** Most are left alone by whoever writes between the two. */
const row: fc.Arbitrary<Row> = fc
  .record({ restored: value, live: value, later: value, touched: fc.constantFrom(true, false, false, false) })
  .map(({ touched, ...each }) => ({ ...each, later: touched ? each.later : each.live }));

const itemsOf = (rows: readonly Row[], valueOf: (row: Row) => Value): Item[] =>
  rows.flatMap((each, index) => {
    const held = valueOf(each);
    return held === undefined
      ? []
      : [{ pk: { S: `p${index % 5}` }, sk: { S: `${index}` }, value: { S: held } }];
  });

const scenarios = fc.record({
  rows: fc.array(row, { maxLength: 25 }),
  pageSize: fc.integer({ min: 1, max: 7 }),
  alike: fc.boolean(),
  seed: fc.string({ maxLength: 4 }),
  trouble: fc.constantFrom(0, 0.2, 0.5),
  losses: fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { maxLength: 6 }),
  segments: fc.integer({ min: 1, max: 3 }),
  minutes: fc.constantFrom(0.5, 1.001, 1.01, 15),
});
type Scenario = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

function worldOf({ rows, ...behaviour }: Scenario): MemoryDynamodb {
  const tables = {
    live: itemsOf(rows, ({ live }) => live),
    restored: itemsOf(rows, (each) => each.restored),
  };
  return resetWorld(tables, behaviour);
}

const segmentsOf = ({ segments }: Scenario): ResetRequest[] =>
  Array.from({ length: segments }, (_, segment) => ({ ...REQUEST, segment, segments }));

/** The changes of the live table since so many writes; one that is repeated changes nothing. */
function changesSince(dynamodb: MemoryDynamodb, start: number) {
  const writes = dynamodb.writes.slice(start).filter(({ idle }) => !idle);
  const puts = writes.filter(({ kind }) => kind === 'put').length;
  return { puts, deletes: writes.length - puts };
}

/** Plans all segments, lets somebody write, and applies them. @returns of each what was planned and was done. */
async function applyDisturbed(dynamodb: MemoryDynamodb, scenario: Scenario) {
  const { rows, minutes } = scenario;
  const running = { bounds: TINY, minutes };
  const plans: { readonly puts: number; readonly deletes: number }[] = [];
  for (const request of segmentsOf(scenario)) {
    const plan = { ...request, mode: 'plan' } as const;
    plans.push(await resetToTheEnd(dynamodb.undisturbed(), plan, running));
  }
  dynamodb.fill(
    'orders',
    KEYS,
    itemsOf(rows, ({ later }) => later),
  );
  const segments = [];
  for (const [index, request] of segmentsOf(scenario).entries()) {
    const start = dynamodb.writes.length;
    const refusal = await resetToTheEnd(dynamodb, request, running).then(
      () => undefined,
      (error: Error) => error.name,
    );
    const plan = plans[index] ?? { puts: 0, deletes: 0 };
    segments.push({ plan, refusal, written: changesSince(dynamodb, start) });
  }
  return segments;
}

describe('a reset of any two tables, to the live one of which somebody has written since the plan', () => {
  it('changes no more items of any segment than were planned of it, or refuses', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (drawn) => {
        const scenario: Scenario = { ...drawn, losses: [], trouble: 0 };
        const dynamodb = worldOf(scenario);
        const segments = await applyDisturbed(dynamodb, scenario);
        for (const { plan, refusal, written } of segments) {
          expect(written.puts).toBeLessThanOrEqual(plan.puts);
          expect(written.deletes).toBeLessThanOrEqual(refusal ? 0 : plan.deletes);
          expect([undefined, 'PlanExceeded']).toContain(refusal);
        }
        const isEqual = isDeepStrictEqual(dynamodb.content('orders'), dynamodb.content('rewind-orders'));
        expect(isEqual).toBe(segments.every(({ refusal }) => refusal === undefined));
      }),
      { numRuns: 150 },
    );
  });

  it('deletes no more than were planned either when it is interrupted anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        for (const { plan, refusal, written } of await applyDisturbed(worldOf(scenario), scenario)) {
          expect(written.deletes).toBeLessThanOrEqual(refusal ? 0 : plan.deletes);
          expect([undefined, 'PlanExceeded']).toContain(refusal);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is mended by another run, which plans anew', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const dynamodb = worldOf(scenario);
        await applyDisturbed(dynamodb, scenario);
        dynamodb.fill('ledger', KEYS, passedGate('another-run'));
        for (const request of segmentsOf(scenario)) {
          const again = { ...request, run: 'another-run' };
          await planned(dynamodb, again);
          await resetToTheEnd(dynamodb, again, { bounds: TINY, minutes: scenario.minutes });
        }
        expect(dynamodb.content('orders')).toEqual(dynamodb.content('rewind-orders'));
      }),
      { numRuns: 60 },
    );
  });
});
