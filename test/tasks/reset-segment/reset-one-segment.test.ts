import { BatchWriteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../src/tasks/handler.ts';
import type { Item } from '../../../src/tasks/item/item.ts';
import { resetSegmentHandler } from '../../../src/tasks/reset-segment/handler.ts';
import { resetOneSegment } from '../../../src/tasks/reset-segment/reset-one-segment.ts';
import { awsError } from '../../support/lambda-application.ts';
import type { MemoryDynamodb } from './memory-dynamodb.ts';
import {
  KEYS,
  REQUEST,
  TINY,
  invocation,
  passedGate,
  planned,
  resetToTheEnd,
  resetWorld,
} from './reset-world.ts';

const item = (sk: string, value: string): Item => ({
  pk: { S: 'secret-pk' },
  sk: { S: sk },
  value: { S: value },
});
const numbered = (from: number, to: number, value = 'good') =>
  Array.from({ length: to - from }, (_, index) => item(String(from + index), value));

const damaged = () =>
  planned(
    resetWorld({
      live: [...numbered(0, 10), ...numbered(10, 15, 'bad'), ...numbered(90, 95)],
      restored: numbered(0, 20),
    }),
  );

const TAKEN = passedGate('another-run');
const LIFTED = passedGate(REQUEST.run, { freeze: { S: 'lifting' } });

/** An invocation in whose ledger these records appear at its first write that is meant; six seconds pass. */
function changing(
  dynamodb: MemoryDynamodb,
  records: readonly Item[],
  meant: (input: string) => boolean,
): Environment {
  let changed = false;
  const send = async (command: BatchWriteItemCommand): Promise<object> => {
    const writes = command instanceof BatchWriteItemCommand && meant(JSON.stringify(command.input));
    if (!changed && writes) {
      changed = true;
      for (const record of records)
        await dynamodb.client.send(new PutItemCommand({ TableName: 'ledger', Item: record }));
      dynamodb.clock.time += 6_000;
    }
    return dynamodb.client.send(command);
  };
  return { ...invocation(dynamodb), dynamodb: { send } as unknown as Environment['dynamodb'] };
}

describe('resetOneSegment', () => {
  it('says what it did and does nothing when called again', async () => {
    const dynamodb = await damaged();
    const counts = {
      restored: 20,
      live: 20,
      puts: 10,
      deletes: 5,
      unchanged: 10,
      selected: 25,
      leftAlone: 0,
      refused: 0,
      // Ten pages of less than 4 KiB, and ten keys that were looked up.
      readUnits: 20,
      writeUnits: 15,
      indexWriteUnits: 0,
    };
    await expect(resetSegmentHandler(REQUEST, invocation(dynamodb))).resolves.toEqual({ done: true, counts });
    expect(dynamodb.content('orders')).toEqual(dynamodb.content('rewind-orders'));
    const operations = dynamodb.operations.length;
    await expect(resetSegmentHandler(REQUEST, invocation(dynamodb))).resolves.toEqual({ done: true, counts });
    expect(dynamodb.operations.slice(operations)).toEqual(['GetItem']);
  });

  it('compares anew in another run, and finds nothing left to write', async () => {
    const dynamodb = await damaged();
    await resetOneSegment(REQUEST, invocation(dynamodb));
    const writes = dynamodb.writes.length;
    dynamodb.fill('ledger', KEYS, passedGate('another-run'));
    const another = { ...REQUEST, run: 'another-run' };
    await planned(dynamodb, another);
    const again = await resetOneSegment(another, invocation(dynamodb));
    expect(again.counts).toMatchObject({ restored: 20, live: 20, puts: 0, deletes: 0, unchanged: 20 });
    expect(dynamodb.writes).toHaveLength(writes);
  });

  it('applies although the same run planned the same segment before', async () => {
    const dynamodb = await damaged();
    const plan = await resetOneSegment({ ...REQUEST, mode: 'plan' }, invocation(dynamodb));
    expect(dynamodb.writes).toEqual([]);
    const applied = await resetOneSegment(REQUEST, invocation(dynamodb));
    expect(applied).toEqual(plan);
    expect(dynamodb.content('orders')).toEqual(dynamodb.content('rewind-orders'));
  });

  it('stops before its deadline with what it has done so far and goes on from there', async () => {
    const dynamodb = await damaged();
    const environment = invocation(dynamodb, 1.001);
    const first = await resetOneSegment(REQUEST, environment, TINY);
    expect(first.done).toBe(false);
    expect(first.counts.restored).toBeGreaterThan(0);
    expect(first.counts.restored).toBeLessThan(20);
    expect(first.counts.restored).toBe(first.counts.puts + first.counts.unchanged);
    expect(dynamodb.clock.now()).toBeLessThan(environment.deadline);
    const last = await resetToTheEnd(dynamodb, REQUEST, { bounds: TINY, minutes: 1.001 });
    expect(last).toMatchObject({ restored: 20, puts: 10, deletes: 5, unchanged: 10 });
    expect(dynamodb.content('orders')).toEqual(dynamodb.content('rewind-orders'));
  });

  it.each([
    ['puts when the freeze is lifted by force', { kind: 'put', records: LIFTED, words: 'being lifted' }],
    [
      'deletes when the freeze is lifted by force',
      { kind: 'delete', records: LIFTED, words: 'being lifted' },
    ],
    ['puts when another run takes the lock', { kind: 'put', records: TAKEN, words: 'not hold the lock' }],
  ])('refuses within seconds to go on with its %s', async (_what, { kind, records, words }) => {
    const dynamodb = await planned(resetWorld({ live: numbered(0, 60, 'bad'), restored: numbered(0, 30) }));
    const request = kind === 'put' ? 'PutRequest' : 'DeleteRequest';
    const environment = changing(dynamodb, records, (input) => input.includes(request));
    await expect(resetOneSegment(REQUEST, environment, TINY)).rejects.toMatchObject({
      name: 'ResetRefused',
      message: expect.stringContaining(words),
    });
    const written = dynamodb.writes.filter((write) => write.kind === kind);
    expect(written.length).toBeGreaterThan(0);
    expect(written.length).toBeLessThan(30);
  });

  it('asks again before it repeats a write that was throttled', async () => {
    const dynamodb = await planned(resetWorld({ live: [], restored: numbered(0, 30) }));
    const environment = changing(dynamodb, TAKEN, () => true);
    let repetitions = 0;
    const send = async (command: BatchWriteItemCommand): Promise<object> => {
      const answer = await environment.dynamodb.send(command);
      if (!(command instanceof BatchWriteItemCommand)) return answer;
      repetitions += 1;
      throw awsError('ThrottlingException');
    };
    const throttled = { ...environment, dynamodb: { send } as unknown as Environment['dynamodb'] };
    await expect(resetOneSegment(REQUEST, throttled)).rejects.toThrow('not hold the lock');
    // As many requests as are under way at a time, and none of them twice.
    expect(repetitions).toBeLessThan(3);
    expect(dynamodb.clock.now()).toBeLessThan(environment.deadline - 800_000);
  });

  it('asks again when the answer has taken so long that a thaw no longer waits for it', async () => {
    const dynamodb = await planned(resetWorld({ live: [], restored: numbered(0, 400) }));
    const environment = changing(dynamodb, [], () => true);
    let answers = 0;
    let before = 0;
    const send = async (command: GetItemCommand): Promise<object> => {
      const asksForLock = command instanceof GetItemCommand && command.input.Key?.pk?.S === 'lock';
      if (asksForLock && (answers += 1) === 2) {
        // That the incident is being written has been read already.
        before = dynamodb.writes.length;
        for (const Item of LIFTED)
          await dynamodb.client.send(new PutItemCommand({ TableName: 'ledger', Item }));
        dynamodb.clock.time += 240_000;
      }
      return environment.dynamodb.send(command);
    };
    const slow = { ...environment, dynamodb: { send } as unknown as Environment['dynamodb'] };
    await expect(resetOneSegment(REQUEST, slow)).rejects.toThrow('being lifted');
    expect(before).toBeGreaterThan(0);
    expect(dynamodb.writes).toHaveLength(before);
  });

  it('is in the ledger as one that may write, from before its first write until after its last one', async () => {
    const dynamodb = await damaged();
    const active = () =>
      dynamodb.items('ledger').filter(({ sk }) => sk?.S?.startsWith('active#reset#') === true).length;
    const seen: number[] = [];
    const send = async (command: BatchWriteItemCommand): Promise<object> => {
      if (command instanceof BatchWriteItemCommand) seen.push(active());
      return dynamodb.client.send(command);
    };
    const watched = { ...invocation(dynamodb), dynamodb: { send } as unknown as Environment['dynamodb'] };
    await resetOneSegment({ ...REQUEST, mode: 'plan' }, watched);
    expect(dynamodb.operations).not.toContain('DeleteItem');
    await resetOneSegment(REQUEST, watched);
    expect(new Set(seen)).toEqual(new Set([1]));
    expect(active()).toBe(0);
  });

  it('is no longer in the ledger as one that may write when it has failed', async () => {
    const dynamodb = await damaged();
    const environment = changing(dynamodb, TAKEN, () => true);
    await expect(resetOneSegment(REQUEST, environment, TINY)).rejects.toThrow('not hold the lock');
    expect(dynamodb.items('ledger').filter(({ sk }) => sk?.S?.startsWith('active#'))).toEqual([]);
  });

  it('keeps every key it is going to delete until its last put is written', async () => {
    const dynamodb = await planned(resetWorld({ live: numbered(50, 100), restored: numbered(0, 50) }));
    await resetToTheEnd(dynamodb, REQUEST, { bounds: TINY, minutes: 0.5 });
    expect(dynamodb.writes.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 50 }, () => 'put'),
      ...Array.from({ length: 50 }, () => 'delete'),
    ]);
    expect(Math.min(...dynamodb.writes.map(({ left }) => left))).toBe(50);
  });

  it('deletes more keys than one ledger record holds, and leaves none of them in the ledger', async () => {
    const extra = Array.from({ length: 3000 }, (_, index) => item(`${index}-${'x'.repeat(80)}`, 'bad'));
    const dynamodb = await planned(resetWorld({ live: extra, restored: numbered(0, 1) }, { pageSize: 500 }));
    const { counts } = await resetOneSegment(REQUEST, invocation(dynamodb));
    expect(counts).toMatchObject({ deletes: 3000, puts: 1 });
    expect(dynamodb.writes).toHaveLength(3001);
    expect(dynamodb.items('orders')).toEqual(numbered(0, 1));
    expect(dynamodb.operations.filter((operation) => operation === 'DeleteItem').length).toBeGreaterThan(1);
    // The records of the plan and of the reset.
    expect(dynamodb.items('ledger')).toHaveLength(passedGate().length + 2);
  });

  it('answers in time, with nothing concluded, when reads are never processed', async () => {
    const dynamodb = resetWorld({ live: [], restored: numbered(0, 5) }, { trouble: 1 });
    const environment = invocation(dynamodb);
    await expect(resetOneSegment({ ...REQUEST, mode: 'plan' }, environment)).resolves.toMatchObject({
      done: false,
      counts: { restored: 0, live: 0, puts: 0, deletes: 0, unchanged: 0 },
    });
    expect(dynamodb.clock.now()).toBeLessThan(environment.deadline);
    expect(dynamodb.writes).toEqual([]);
  });

  it('lets no key out: neither in its answer nor in an error', async () => {
    const dynamodb = await damaged();
    const answer = await resetOneSegment(REQUEST, invocation(dynamodb, 1.001), TINY);
    expect(JSON.stringify(answer)).not.toContain('secret-pk');
    for (let call = 1; call < 12; call += 1) {
      const world = await planned(
        resetWorld({ live: numbered(0, 9, 'bad'), restored: numbered(0, 9) }, { losses: [call] }),
      );
      const error = await resetOneSegment(REQUEST, invocation(world), TINY).then(
        () => undefined,
        (caught: unknown) => caught as Error,
      );
      expect(error).toMatchObject({ name: 'Lost' });
      expect(`${error?.message} ${error?.stack} ${String(error?.cause)}`).not.toContain('secret-pk');
    }
  });
});
