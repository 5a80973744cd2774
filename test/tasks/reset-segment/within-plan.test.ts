import type { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/tasks/item/item.ts';
import { resetOneSegment } from '../../../src/tasks/reset-segment/reset-one-segment.ts';
import type { ResetRequest } from '../../../src/tasks/reset-segment/reset-request.ts';
import type { MemoryDynamodb } from './memory-dynamodb.ts';
import { KEYS, REQUEST, TINY, invocation, planned, resetWorld } from './reset-world.ts';

const numbered = (from: number, to: number, held = 'good'): Item[] =>
  Array.from({ length: to - from }, (_, index) => ({
    pk: { S: 'secret-pk' },
    sk: { S: String(from + index) },
    value: { S: held },
  }));

/** Three puts and two deletes are planned. */
const agreed = () =>
  planned(
    resetWorld({
      live: [...numbered(0, 17), ...numbered(17, 20, 'bad'), ...numbered(90, 92)],
      restored: numbered(0, 20),
    }),
  );

const write = (dynamodb: MemoryDynamodb, ...written: Item[]): void => {
  const keys = new Set(written.map(({ sk }) => sk?.S));
  const others = dynamodb.items('orders').filter(({ sk }) => !keys.has(sk?.S));
  dynamodb.fill('orders', KEYS, [...others, ...written]);
};

const exceeded = (words: string) => ({ name: 'PlanExceeded', message: expect.stringContaining(words) });
const apply = (dynamodb: MemoryDynamodb, request: Partial<ResetRequest> = {}) =>
  resetOneSegment({ ...REQUEST, ...request }, invocation(dynamodb));

describe('a reset that would change more than was planned', () => {
  it('deletes nothing when somebody has added items since, and says what to do', async () => {
    const dynamodb = await agreed();
    write(dynamodb, ...numbered(100, 400));
    const before = dynamodb.content('orders');
    const refusal = apply(dynamodb);
    await expect(refusal).rejects.toMatchObject(exceeded('orders needs more deletes than the 2 planned'));
    await expect(refusal).rejects.toThrow('something has written to it since');
    await expect(refusal).rejects.toThrow('stays frozen');
    await expect(refusal).rejects.toThrow('start the incident again with the same id');
    await expect(refusal).rejects.not.toThrow('secret-pk');
    expect(dynamodb.content('orders')).toEqual(before);
  });

  it.each([
    ['changed', (dynamodb: MemoryDynamodb) => write(dynamodb, ...numbered(0, 1, 'changed'))],
    [
      'deleted',
      (dynamodb: MemoryDynamodb) =>
        dynamodb.fill(
          'orders',
          KEYS,
          dynamodb.items('orders').filter(({ sk }) => sk?.S !== '0'),
        ),
    ],
  ])('puts nothing back when somebody has %s an item since', async (_how, disturb) => {
    const dynamodb = await agreed();
    disturb(dynamodb);
    await expect(apply(dynamodb)).rejects.toMatchObject(exceeded('more puts than the 3 planned'));
    expect(dynamodb.writes).toEqual([]);
  });

  it('goes on when somebody has altered what has to be put or deleted anyway', async () => {
    const dynamodb = await agreed();
    write(dynamodb, ...numbered(17, 20, 'worse'), ...numbered(90, 92, 'worse'));
    await expect(apply(dynamodb)).resolves.toMatchObject({ done: true, counts: { puts: 3, deletes: 2 } });
  });

  it('refuses again when it is invoked again, until what was written is gone', async () => {
    const dynamodb = await agreed();
    const before = dynamodb.items('orders');
    write(dynamodb, ...numbered(100, 101));
    for (const _attempt of [1, 2])
      await expect(apply(dynamodb)).rejects.toMatchObject(exceeded('more deletes'));
    dynamodb.fill('orders', KEYS, before);
    await expect(apply(dynamodb)).resolves.toMatchObject({ done: true, counts: { puts: 3, deletes: 2 } });
    expect(dynamodb.content('orders')).toEqual(dynamodb.content('rewind-orders'));
  });

  it('keeps to the plan of its own segment', async () => {
    const spread = (held: string): Item[] =>
      numbered(0, 40, held).map((item, index) => ({ ...item, pk: { S: `p${index % 5}` } }));
    const dynamodb = resetWorld({ live: spread('bad'), restored: spread('good') });
    const requests = [0, 1].map((segment) => ({ ...REQUEST, segment, segments: 2 }));
    for (const request of requests) await planned(dynamodb, request);
    write(dynamodb, { pk: { S: 'p0' }, sk: { S: 'added' } });
    const outcomes = await Promise.allSettled(requests.map((request) => apply(dynamodb, request)));
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(dynamodb.writes.map(({ kind }) => kind)).not.toContain('delete');
  });

  it('empties no more of a table than was agreed to', async () => {
    const dynamodb = await planned(resetWorld({ live: numbered(0, 3), restored: [] }));
    write(dynamodb, ...numbered(3, 4));
    await expect(apply(dynamodb)).rejects.toMatchObject(exceeded('more deletes than the 3 planned'));
    expect(dynamodb.items('orders')).toHaveLength(4);
  });

  it('minds only what is selected', async () => {
    const only = { sortKey: { beginsWith: '9' } };
    const request = { ...REQUEST, only };
    const world = async () =>
      planned(
        resetWorld({ live: [...numbered(0, 9), ...numbered(90, 92)], restored: numbered(0, 10) }),
        request,
      );
    const elsewhere = await world();
    write(elsewhere, ...numbered(0, 5, 'changed'), ...numbered(100, 105));
    await expect(apply(elsewhere, request)).resolves.toMatchObject({ counts: { puts: 1, deletes: 2 } });
    const there = await world();
    write(there, ...numbered(92, 93));
    await expect(apply(there, request)).rejects.toMatchObject(exceeded('more deletes than the 2 planned'));
    expect(there.writes).toEqual([]);
  });

  it('has fewer items to put when some have expired since, and goes on', async () => {
    const request = { ...REQUEST, timeToLive: 'until' };
    const dynamodb = resetWorld({ live: [], restored: [] });
    const until = { N: String(dynamodb.clock.now() / 1000 + 60) };
    const restored = numbered(0, 3).map((item) => ({ ...item, until }));
    dynamodb.fill('rewind-orders', KEYS, [...restored, ...numbered(3, 4)]);
    await planned(dynamodb, request);
    dynamodb.clock.time += 120_000;
    const { counts } = await apply(dynamodb, request);
    expect(counts).toMatchObject({ puts: 1, leftAlone: 3 });
  });

  it('deletes nothing when the ledger has more keys listed than were planned', async () => {
    const dynamodb = await agreed();
    const send = async (command: BatchWriteItemCommand): Promise<object> => {
      if (JSON.stringify(command.input).includes('DeleteRequest')) throw new Error('killed');
      return dynamodb.client.send(command);
    };
    const dying = { ...invocation(dynamodb), dynamodb: { send } as unknown as DynamoDBClient };
    await expect(resetOneSegment(REQUEST, dying)).rejects.toThrow('BatchWriteItem');
    const less = dynamodb.items('ledger').map((record) => {
      const counts = record.counts?.M;
      return counts && record.sk?.S?.includes('#plan#')
        ? { ...record, counts: { M: { ...counts, deletes: { N: '1' } } } }
        : record;
    });
    dynamodb.fill('ledger', KEYS, less);
    await expect(apply(dynamodb)).rejects.toMatchObject(exceeded('more deletes than the 1 planned'));
    expect(dynamodb.writes.map(({ kind }) => kind)).toEqual(['put', 'put', 'put']);
  });
});

describe('a reset without its plan', () => {
  it.each<[string, Partial<ResetRequest> | undefined, string]>([
    ['there is none', undefined, 'no finished plan of segment 0; start the incident again'],
    ['only another run has one', { run: 'another-run' }, 'no finished plan of segment 0'],
    ['it was divided otherwise', { segments: 2 }, '2 segments'],
    ['it was for a selection', { only: { partitionKey: { equals: 'p' } } }, 'another selection'],
  ])('is refused, with nothing written, when %s', async (_why, plan, words) => {
    const dynamodb = resetWorld({ live: numbered(90, 92), restored: numbered(0, 3) });
    if (plan) await planned(dynamodb, { ...REQUEST, ...plan });
    await expect(apply(dynamodb)).rejects.toMatchObject({
      name: 'ResetRefused',
      message: expect.stringContaining(words),
    });
    expect(dynamodb.writes).toEqual([]);
  });

  it('is refused when the plan has not come to its end', async () => {
    const dynamodb = resetWorld({ live: numbered(0, 30, 'bad'), restored: numbered(0, 30) });
    const cut = invocation(dynamodb.undisturbed(), 0.5);
    await expect(resetOneSegment({ ...REQUEST, mode: 'plan' }, cut, TINY)).resolves.toMatchObject({
      done: false,
    });
    await expect(apply(dynamodb)).rejects.toThrow('no finished plan of segment 0');
    expect(dynamodb.writes).toEqual([]);
  });
});
