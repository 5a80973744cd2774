import { BatchWriteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { differences, makeDamagedTables } from '../../bench/reset/damaged-tables.ts';
import { deleteAndCopy } from '../../bench/reset/delete-and-copy.ts';
import { resetCommand } from '../../bench/reset/reset-command.ts';
import { fatesOf } from '../../bench/tables/fate.ts';
import { LIVE, RESTORED } from '../../bench/tables/names.ts';
import { MeteredTables } from '../../bench/tables/metered-tables.ts';
import { runBench } from './run-bench.ts';

const ITEMS = 400;
const DAMAGE = 0.3;

it('resets by both ways, and counts what that takes', { timeout: 120_000 }, async () => {
  const { overwritten, deleted, added, same } = fatesOf(ITEMS, DAMAGE);
  const restored = same + overwritten + deleted;
  const live = same + overwritten + added;
  const numbers = {
    seconds: expect.any(Number),
    calls: expect.any(Number),
    readUnits: expect.any(Number),
    writeUnits: expect.any(Number),
    peakMiB: expect.any(Number),
  };
  const measured = await runBench(resetCommand(), `--items ${ITEMS} --damage ${DAMAGE} --beside 0`);
  const own = {
    name: 'rewind',
    damage: DAMAGE,
    ...numbers,
    counts: { restored, live, puts: overwritten + deleted, deletes: added, unchanged: same },
  };
  const known = {
    name: 'delete-and-copy',
    damage: DAMAGE,
    ...numbers,
    ledgerCalls: 0,
    callsByOperation: { Scan: 2, BatchWriteItem: Math.ceil(live / 25) + Math.ceil(restored / 25) },
  };
  expect(measured).toMatchObject({
    bench: 'reset',
    items: ITEMS,
    rows: [
      { ...own, segments: 1 },
      { ...known, segments: 1 },
    ],
    beside: [],
  });
  const [ours, theirs] = (measured as { rows: { writeUnits: number; calls: number }[] }).rows;
  expect(theirs!.calls).toBe(known.callsByOperation.Scan + known.callsByOperation.BatchWriteItem);
  // An item of up to 1 KB takes one unit, of up to 2 KB two.
  expect(theirs!.writeUnits).toBeGreaterThanOrEqual(live + restored);
  expect(theirs!.writeUnits).toBeLessThanOrEqual(2 * (live + restored));
  expect(ours!.writeUnits).toBeGreaterThanOrEqual(overwritten + deleted + added);
  expect(ours!.writeUnits).toBeLessThan(theirs!.writeUnits / 2);
});

it('counts the differences that damage made', async () => {
  const { engine } = new MeteredTables();
  await makeDamagedTables(engine, { items: ITEMS, damage: DAMAGE });
  const { overwritten, deleted, added } = fatesOf(ITEMS, DAMAGE);
  expect(deleted * added).toBeGreaterThan(0);
  expect(await differences(engine)).toBe(overwritten + deleted + added);
  await engine.close();
});

it('sends again what a batch of the known way left unprocessed', async () => {
  const dynamodb = new DynamoDBClient({ region: 'us-east-1' });
  const mock = mockClient(dynamodb);
  const [a, b] = [{ pk: { S: 'a' } }, { pk: { S: 'b' } }];
  mock.on(ScanCommand, { TableName: LIVE }).resolves({ Items: [] });
  mock.on(ScanCommand, { TableName: RESTORED }).resolves({ Items: [a, b] });
  const put = (...items: object[]) => ({
    RequestItems: { [LIVE]: items.map((Item) => ({ PutRequest: { Item } })) },
  });
  mock
    .on(BatchWriteItemCommand)
    .resolvesOnce({ UnprocessedItems: { [LIVE]: [{ PutRequest: { Item: b } }] } })
    .resolves({});
  await deleteAndCopy(dynamodb, ['pk'], 1);
  const sent = mock.commandCalls(BatchWriteItemCommand).map(({ args: [{ input }] }) => input);
  expect(sent).toEqual([put(a, b), put(b)]);
});
