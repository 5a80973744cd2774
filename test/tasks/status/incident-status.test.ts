import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/tasks/item/item.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { resetOneSegment } from '../../../src/tasks/reset-segment/reset-one-segment.ts';
import { incidentStatus } from '../../../src/tasks/status/incident-status.ts';
import { verifyOneSegment } from '../../../src/tasks/verify-segment/verify-one-segment.ts';
import type { MemoryDynamodb } from '../reset-segment/memory-dynamodb.ts';
import {
  REQUEST,
  TINY,
  invocation,
  planned,
  resetToTheEnd,
  resetWorld,
} from '../reset-segment/reset-world.ts';

const numbered = (from: number, to: number, value = 'good'): Item[] =>
  Array.from({ length: to - from }, (_, index) => ({
    pk: { S: 'secret-pk' },
    sk: { S: String(from + index) },
    value: { S: value },
  }));

/** Forty items restored; live ten are bad and five too many. */
const damaged = () =>
  resetWorld({
    live: [...numbered(0, 30), ...numbered(30, 40, 'bad'), ...numbered(90, 95)],
    restored: numbered(0, 40),
  });

const SEGMENTS = 2;
const whole = { bounds: TINY, minutes: 15 };

async function statusOf(dynamodb: MemoryDynamodb, incidentId = 'inc-1') {
  return incidentStatus(ledgerOf(invocation(dynamodb), incidentId), dynamodb.clock.now());
}

async function plannedWhole(dynamodb: MemoryDynamodb): Promise<void> {
  for (let segment = 0; segment < SEGMENTS; segment += 1)
    await resetToTheEnd(dynamodb, { ...REQUEST, mode: 'plan', segment, segments: SEGMENTS }, whole);
}

describe('the status of an incident', () => {
  it('is nothing when the ledger does not know it', async () => {
    expect(await statusOf(damaged(), 'another')).toBeUndefined();
  });

  it('says how the incident stands and who holds the lock, before any table is read', async () => {
    expect(await statusOf(damaged())).toMatchObject({
      incident: { state: 'writing', freeze: 'standing' },
      lock: { incidentId: 'inc-1', executionArn: REQUEST.run },
      tables: [],
    });
  });

  it('counts what a plan has found, and its units', async () => {
    const dynamodb = damaged();
    await plannedWhole(dynamodb);
    const status = await statusOf(dynamodb);
    expect(status?.tables).toMatchObject([
      {
        name: 'orders',
        work: 'plan',
        segments: { done: 2, all: 2 },
        items: { read: 85, expected: 85 },
        counts: { puts: 10, deletes: 5, unchanged: 30 },
        units: { write: 0 },
        secondsLeft: 0,
      },
    ]);
    const used = dynamodb.uses.filter(({ table }) => table !== 'ledger');
    expect(status?.tables[0]?.units.read).toBe(used.reduce((sum, { units }) => sum + units, 0));
  });

  it('shows a reset on its way, with its rate and the time it still takes by the plan', async () => {
    const dynamodb = damaged();
    await plannedWhole(dynamodb);
    const slow = { ...REQUEST, segment: 0, segments: SEGMENTS };
    const { counts, done } = await resetOneSegment(slow, invocation(dynamodb, 1.001), TINY);
    expect(done).toBe(false);
    const read = counts.restored + counts.live;
    const [table] = (await statusOf(dynamodb))?.tables ?? [];
    expect(table).toMatchObject({
      work: 'apply',
      segments: { done: 0, all: 2 },
      items: { read, expected: 85 },
    });
    expect(table?.perSecond.items).toBeGreaterThan(0);
    expect(table?.perSecond.readUnits).toBeGreaterThan(0);
    expect(table?.secondsLeft).toBe(Math.ceil((85 - read) / (table?.perSecond.items ?? 0)));

    dynamodb.clock.time += 10 * 60_000;
    const [later] = (await statusOf(dynamodb))?.tables ?? [];
    expect(later).toMatchObject({ perSecond: { items: 0 }, secondsLeft: null });
  });

  it('adds up the units of all invocations of a segment', async () => {
    const dynamodb = await planned(damaged());
    await resetToTheEnd(dynamodb, REQUEST, { bounds: TINY, minutes: 1.001 });
    const [table] = (await statusOf(dynamodb))?.tables ?? [];
    expect(table).toMatchObject({
      work: 'apply',
      segments: { done: 1, all: 1 },
      counts: { deletes: 5 },
      units: { write: 15 },
    });
  });

  it('shows a verification of both tables under the name of the live one', async () => {
    const dynamodb = await planned(damaged());
    await resetToTheEnd(dynamodb, REQUEST, whole);
    dynamodb.clock.time += 1000;
    const verified = { ...REQUEST, run: 'verification', segment: 0, segments: 1 };
    await verifyOneSegment(verified, invocation(dynamodb));
    await verifyOneSegment({ ...verified, table: 'rewind-orders' }, invocation(dynamodb));
    const tables = (await statusOf(dynamodb))?.tables;
    expect(tables).toMatchObject([
      {
        name: 'orders',
        work: 'verify',
        segments: { done: 2, all: 2 },
        items: { read: 80, expected: 80 },
        counts: { puts: 10, deletes: 5, unchanged: 30 },
      },
    ]);
    expect(tables?.[0]?.units.read).toBeGreaterThan(0);
  });

  it('tells no key, whatever the ledger holds', async () => {
    const dynamodb = await planned(damaged());
    await resetOneSegment(REQUEST, invocation(dynamodb, 1.001), TINY);
    expect(JSON.stringify(dynamodb.items('ledger'))).toContain('secret-pk');
    expect(JSON.stringify(await statusOf(dynamodb))).not.toContain('secret-pk');
  });
});
