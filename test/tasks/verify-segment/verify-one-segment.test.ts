import { ScanCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../src/tasks/handler.ts';
import { verifySegmentHandler } from '../../../src/tasks/verify-segment/handler.ts';
import { verifyOneSegment } from '../../../src/tasks/verify-segment/verify-one-segment.ts';
import type { MemoryDynamodb } from '../reset-segment/memory-dynamodb.ts';
import { REQUEST, invocation, resetWorld } from '../reset-segment/reset-world.ts';

const items = Array.from({ length: 30 }, (_, index) => ({ pk: { S: 'secret-pk' }, sk: { S: `${index}` } }));
const world = () => resetWorld({ live: items, restored: items });
const records = (dynamodb: MemoryDynamodb) =>
  dynamodb.items('ledger').filter(({ sk }) => sk?.S?.startsWith('verify#'));
/** What was found; what it took to find it depends on the way. */
const found = (dynamodb: MemoryDynamodb) =>
  records(dynamodb).map(({ pulse: _pulse, readUnits: _readUnits, ...record }) => record);

describe('verifyOneSegment', () => {
  it('counts a segment and keeps its digest for the comparison', async () => {
    const dynamodb = world();
    await expect(verifySegmentHandler(REQUEST, invocation(dynamodb))).resolves.toEqual({
      done: true,
      items: 30,
    });
    expect(records(dynamodb)).toHaveLength(1);
    expect(records(dynamodb)[0]).toMatchObject({
      cursor: { S: 'end' },
      items: { N: '30' },
      segments: { N: '1' },
      digests: { B: expect.objectContaining({ byteLength: 64 * 16 }) },
      // Eight pages of four small items, a unit each.
      readUnits: { N: '8' },
    });
  });

  it('reaches the same digest in one invocation as in many that were stopped or killed', async () => {
    const whole = world();
    await verifyOneSegment(REQUEST, invocation(whole));
    const pieces = resetWorld({ live: items, restored: items }, { losses: [4, 7, 9], pageSize: 2 });
    const bounds = { pagesBetweenSaves: 2, stopMargin: 60_000 };
    let stops = 0;
    for (let done = false; !done; stops += 1)
      done = await verifyOneSegment(REQUEST, invocation(pieces, 1.001), bounds).then(
        (answer) => answer.done,
        () => false,
      );
    expect(stops).toBeGreaterThan(3);
    expect(found(pieces)).toEqual(found(whole));
  });

  it('reads a live table at its share of the given rate, and a restored one as fast as it gives', async () => {
    const rate = (unitsPerSecond: number) => ({ unitsPerSecond, adaptive: false });
    const paced = { ...REQUEST, atOnce: 2, rates: { read: rate(20), write: rate(10) } };
    const secondsOf = async (table: string) => {
      const dynamodb = world();
      const start = dynamodb.clock.now();
      await verifyOneSegment({ ...paced, table }, invocation(dynamodb));
      const used = dynamodb.uses.reduce((sum, { units }) => sum + units, 0);
      return { used, seconds: (dynamodb.clock.now() - start) / 1000 };
    };
    const live = await secondsOf('orders');
    // The last page is not waited for.
    expect(live.seconds).toBeGreaterThan((live.used - 1) / 10 - 0.1);
    expect((await secondsOf('rewind-orders')).seconds).toBeLessThan(0.2);
  });

  it('reads nothing more once a segment is done', async () => {
    const dynamodb = world();
    await verifyOneSegment(REQUEST, invocation(dynamodb));
    const operations = dynamodb.operations.length;
    await expect(verifyOneSegment(REQUEST, invocation(dynamodb))).resolves.toEqual({ done: true, items: 30 });
    expect(dynamodb.operations.slice(operations)).toEqual(['GetItem']);
  });

  it('begins anew in another run and in another division', async () => {
    const dynamodb = world();
    await verifyOneSegment(REQUEST, invocation(dynamodb));
    const run = await verifyOneSegment({ ...REQUEST, run: 'another' }, invocation(dynamodb));
    expect(run).toEqual({ done: true, items: 30 });
    expect(records(dynamodb)).toHaveLength(2);
    const half = await verifyOneSegment({ ...REQUEST, segments: 2 }, invocation(dynamodb));
    const rest = await verifyOneSegment({ ...REQUEST, segments: 2, segment: 1 }, invocation(dynamodb));
    expect(half.items).toBeLessThan(30);
    expect(half.items + rest.items).toBe(30);
  });

  it('says that it is not done, without an error, when throttling outlasts it', async () => {
    const dynamodb = resetWorld({ live: items, restored: [] }, { trouble: 3 });
    const environment = invocation(dynamodb);
    await expect(verifyOneSegment(REQUEST, environment)).resolves.toEqual({ done: false, items: 0 });
    expect(dynamodb.clock.now()).toBeLessThan(environment.deadline);
  });

  it('asks for the next page before it works on the one that has come', async () => {
    const pages = [[{ pk: { ZZ: 'unreadable' } }], [{ pk: { S: 'b' } }]];
    const asked: number[] = [];
    const dynamodb = {
      send: async (command: object) => {
        if (!(command instanceof ScanCommand)) return {};
        const number = Number(command.input.ExclusiveStartKey?.pk?.N ?? 0);
        asked.push(number);
        // The page that nobody will wait for fails, too.
        if (number > 0) throw Object.assign(new Error('secret-pk'), { name: 'ValidationException' });
        return { Items: pages[number], LastEvaluatedKey: { pk: { N: '1' } } };
      },
    } as unknown as Environment['dynamodb'];
    const verification = verifyOneSegment(REQUEST, { ...invocation(world()), dynamodb });
    await expect(verification).rejects.toMatchObject({ name: 'UnreadableItem' });
    expect(asked).toEqual([0, 1]);
  });

  it('asks for no page that it has no time to work on', async () => {
    const dynamodb = world();
    const bounds = { pagesBetweenSaves: 20, stopMargin: 15 * 60_000 };
    await expect(verifyOneSegment(REQUEST, invocation(dynamodb), bounds)).resolves.toEqual({
      done: false,
      items: 4,
    });
    expect(dynamodb.operations).toEqual(['GetItem', 'Scan', 'PutItem']);
  });

  it('reads on from keys of every type', async () => {
    const keys = [
      { S: 'ü' },
      { N: '12345678901234567890123456789012345678' },
      { B: Uint8Array.from([0, 255]) },
    ];
    const started: unknown[] = [];
    const memory = world();
    const dynamodb = {
      send: async (command: never) => {
        if (!((command as object) instanceof ScanCommand)) return memory.client.send(command);
        started.push((command as ScanCommand).input.ExclusiveStartKey);
        const next = keys[started.length - 1];
        return { Items: [], LastEvaluatedKey: next && { pk: next } };
      },
    } as unknown as Environment['dynamodb'];
    await verifyOneSegment(REQUEST, { ...invocation(memory), dynamodb });
    expect(started).toEqual([undefined, ...keys.map((pk) => ({ pk: pk.B ? { B: Buffer.from(pk.B) } : pk }))]);
  });

  it('comes to the same record wherever and how often it is killed or stopped', async () => {
    const since = new Date(Date.UTC(2026, 0, 1)).toISOString();
    const expiry = { timeToLive: 'ttl', side: 'restored', counterpart: 'orders', since } as const;
    const request = { ...REQUEST, table: 'rewind-orders', expiry };
    const restored = items.map((item, index) => ({
      ...item,
      ...(index % 3 === 0 ? { ttl: { N: `${Date.parse(since) / 1000 - 1}` } } : {}),
    }));
    const tables = { restored, live: restored.filter((_, index) => index % 2 === 0) };
    const whole = resetWorld(tables);
    await verifyOneSegment(request, invocation(whole));
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          losses: fc.uniqueArray(fc.integer({ min: 1, max: 80 }), { maxLength: 12 }),
          trouble: fc.constantFrom(0, 0.3),
          pageSize: fc.integer({ min: 1, max: 12 }),
          seed: fc.string({ maxLength: 3 }),
        }),
        fc.record({ pagesBetweenSaves: fc.integer({ min: 1, max: 5 }), stopMargin: fc.constant(60_000) }),
        fc.constantFrom(0.5, 1.001, 15),
        async (behaviour, bounds, minutes) => {
          const pieces = resetWorld(tables, behaviour);
          let calls = 0;
          for (let done = false; !done && calls < 500; calls += 1)
            done = await verifyOneSegment(request, invocation(pieces, minutes), bounds).then(
              (answer) => answer.done,
              (error: Error) => {
                if (error.name === 'Lost') return false;
                throw error;
              },
            );
          expect(found(pieces)).toEqual(found(whole));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('lets no key out in an error', async () => {
    for (const loss of [1, 2, 3]) {
      const dynamodb = resetWorld({ live: items, restored: [] }, { losses: [loss] });
      const error = await verifyOneSegment(REQUEST, invocation(dynamodb)).then(
        () => undefined,
        (caught: unknown) => caught as Error,
      );
      expect(error).toMatchObject({ name: 'Lost' });
      expect(`${error?.message} ${error?.stack}`).not.toContain('secret-pk');
    }
  });
});
