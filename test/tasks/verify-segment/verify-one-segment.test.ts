import { describe, expect, it } from 'vitest';
import { verifySegmentHandler } from '../../../src/tasks/verify-segment/handler.ts';
import { verifyOneSegment } from '../../../src/tasks/verify-segment/verify-one-segment.ts';
import type { MemoryDynamodb } from '../reset-segment/memory-dynamodb.ts';
import { REQUEST, invocation, resetWorld } from '../reset-segment/reset-world.ts';

const items = Array.from({ length: 30 }, (_, index) => ({ pk: { S: 'secret-pk' }, sk: { S: `${index}` } }));
const world = () => resetWorld({ live: items, restored: items });
const records = (dynamodb: MemoryDynamodb) =>
  dynamodb.items('ledger').filter(({ sk }) => sk?.S?.startsWith('verify#'));

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
      digest: { S: expect.stringMatching(/^[0-9a-f]{32}$/) },
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
    const content = (of: MemoryDynamodb) => records(of).map((record) => ({ ...record, pulse: undefined }));
    expect(content(pieces)).toEqual(content(whole));
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
