import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/tasks/item/item.ts';
import { resetSegmentHandler } from '../../../src/tasks/reset-segment/handler.ts';
import { resetOneSegment } from '../../../src/tasks/reset-segment/reset-one-segment.ts';
import type { ResetRequest } from '../../../src/tasks/reset-segment/reset-request.ts';
import { type MemoryDynamodb, arnOf } from './memory-dynamodb.ts';
import { KEYS, REQUEST, TINY, invocation, passedGate, planned, resetWorld } from './reset-world.ts';

const items = (count: number): Item[] =>
  Array.from({ length: count }, (_, index) => ({ pk: { S: 'p' }, sk: { S: String(index) } }));
const damaged = () => resetWorld({ live: items(3), restored: items(9) });

describe('a selection that the ledger does not have', () => {
  it('is refused before anything is read', async () => {
    const world = damaged();
    const request = { ...REQUEST, selection: 'a1'.repeat(32) };
    await expect(resetSegmentHandler(request, invocation(world))).rejects.toMatchObject({
      name: 'ResetRefused',
      message: expect.stringContaining('the ledger does not have the selection of this run'),
    });
    expect(world.operations).toEqual(['GetItem']);
  });
});

describe('a reset that is not meant', () => {
  const refusal = (message: string) => ({ name: 'ResetRefused', message: expect.stringContaining(message) });

  async function refused(world: MemoryDynamodb, request: ResetRequest): Promise<unknown> {
    const before = world.content('ledger');
    const error = await resetOneSegment(request, invocation(world)).catch((caught: unknown) => caught);
    expect(world.writes.filter(({ table }) => table !== 'ledger')).toEqual([]);
    expect(world.content('ledger')).toEqual(before);
    return error;
  }

  for (const mode of ['plan', 'apply'] as const) {
    const request = { ...REQUEST, mode };

    it(`refuses a table outside the system (${mode})`, async () => {
      const dynamodb = damaged();
      dynamodb.fill('payments', KEYS, items(3));
      expect(await refused(dynamodb, { ...request, table: 'payments' })).toMatchObject(
        refusal('reset of payments'),
      );
    });

    it(`refuses a source that is not named like a restored table (${mode})`, async () => {
      const dynamodb = damaged();
      dynamodb.fill('copy-of-orders', KEYS);
      dynamodb.described.set('copy-of-orders', { RestoreSummary: { SourceTableArn: arnOf('orders') } });
      expect(await refused(dynamodb, { ...request, restoredTable: 'copy-of-orders' })).toMatchObject(
        refusal('copy-of-orders'),
      );
    });

    it.each([[{ RestoreSummary: { SourceTableArn: arnOf('clients') } }], [{ RestoreSummary: undefined }]])(
      `refuses a source that is no restore of the table: %j (${mode})`,
      async (described) => {
        const dynamodb = damaged();
        dynamodb.described.set('rewind-orders', described);
        expect(await refused(dynamodb, request)).toMatchObject(refusal('not a restore of this table'));
      },
    );

    it.each([
      { RestoreSummary: { SourceTableArn: arnOf('orders'), RestoreInProgress: true } },
      { RestoreSummary: { SourceTableArn: arnOf('orders') }, TableStatus: 'CREATING' },
    ])(`refuses a restore that is not finished: %j (${mode})`, async (described) => {
      const dynamodb = damaged();
      dynamodb.described.set('rewind-orders', described);
      expect(await refused(dynamodb, request)).toMatchObject(refusal('not finished'));
    });

    it.each([
      { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
      {
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'N' },
        ],
      },
    ])(`refuses a restore with other keys: %j (${mode})`, async (described) => {
      const dynamodb = damaged();
      dynamodb.described.set('rewind-orders', {
        RestoreSummary: { SourceTableArn: arnOf('orders') },
        ...described,
      });
      expect(await refused(dynamodb, request)).toMatchObject(refusal('other keys'));
    });
  }

  it('refuses when neither table says what it is', async () => {
    const dynamodb = damaged();
    dynamodb.described.set('orders', { TableArn: undefined });
    dynamodb.described.set('rewind-orders', { TableArn: undefined });
    expect(await refused(dynamodb, REQUEST)).toMatchObject(refusal('not a restore of this table'));
  });

  it.each([
    ['open', "'open'"],
    ['verified', "'verified'"],
    ['closed', 'is closed, its recovery is complete and nothing is left to do'],
  ])('refuses to write while the incident is %s', async (state, words) => {
    const dynamodb = damaged();
    dynamodb.fill('ledger', KEYS, passedGate(REQUEST.run, { state: { S: state } }));
    expect(await refused(dynamodb, REQUEST)).toMatchObject(refusal(words));
    await expect(resetOneSegment({ ...REQUEST, mode: 'plan' }, invocation(dynamodb))).resolves.toMatchObject({
      done: true,
    });
  });

  it('refuses to write while the freeze is being lifted', async () => {
    const dynamodb = damaged();
    dynamodb.fill('ledger', KEYS, passedGate(REQUEST.run, { freeze: { S: 'lifting' } }));
    expect(await refused(dynamodb, REQUEST)).toMatchObject(refusal('being lifted'));
  });

  it('refuses to write for an execution that another run has taken the lock from', async () => {
    const dynamodb = damaged();
    dynamodb.fill('ledger', KEYS, passedGate('another-run'));
    expect(await refused(dynamodb, REQUEST)).toMatchObject(refusal('does not hold the lock'));
  });

  it('refuses to write for an incident that nobody opened', async () => {
    expect(await refused(damaged(), { ...REQUEST, incidentId: 'inc-2' })).toMatchObject(
      refusal('inc-2 is unknown'),
    );
  });

  it('refuses to go on with another division or another source than the run began with', async () => {
    const dynamodb = await planned(damaged());
    await resetOneSegment(REQUEST, invocation(dynamodb, 1.001), TINY);
    const going = (change: Partial<ResetRequest>) =>
      resetOneSegment({ ...REQUEST, ...change }, invocation(dynamodb));
    await expect(going({ segments: 2 })).rejects.toMatchObject(refusal('1 segments'));
    await expect(going({ restoredTable: 'rewind-other' })).rejects.toMatchObject(refusal('rewind-orders'));
  });
});
