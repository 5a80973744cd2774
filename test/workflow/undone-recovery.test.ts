import { describe, expect, it } from 'vitest';
import type { ExecutionResult } from '../../src/dsl/simulator/simulate.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { awsError } from '../support/lambda-application.ts';
import { recoveryWorld, type Disaster, type RecoveryWorld } from '../support/recovery-world.ts';
import { sensitiveItems, type Item } from '../support/sensitive-items.ts';
import { tableArn } from '../support/table-description.ts';

const ledger = freshLedger();

const spoilt = { good: sensitiveItems(10, 15), damaged: sensitiveItems(10, 15, 'spoilt') };
const application: Omit<Disaster, 'tables'> = {
  functions: {
    'shop-orders': { timeout: 60 },
    'shop-mail': { reserved: 25 },
    'shop-closed': { reserved: 0 },
  },
  mappings: { 'uuid-queue': { function: 'shop-mail', state: 'Enabled' } },
};

const shop = (orders: { good: Item[]; damaged: Item[] } = spoilt) =>
  recoveryWorld(ledger, { ...application, tables: { orders, clients: spoilt } });

interface Undone {
  readonly world: RecoveryWorld;
  readonly before: ReturnType<RecoveryWorld['settings']>;
  readonly result: ExecutionResult;
}

async function undone(world: RecoveryWorld, asked = {}): Promise<Undone> {
  const before = world.settings();
  return { world, before, result: await world.run(asked) };
}

/** Frozen in between, but now as if nothing had happened, and free for the next try. */
async function expectUndone({ world, before, result }: Undone): Promise<void> {
  expect(result.status).toBe('FAILED');
  expect(result.cause).toMatch(/ \[undone: frozen, locked\]$/);
  expect(world.journal.of('PutFunctionConcurrency')).not.toEqual([]);
  expect(world.settings()).toEqual(before);
  expect(world.journal.of('BatchWriteItem')).toEqual([]);
  expect(world.table('orders').writes).toEqual([]);
  expect(await ledger.record('lock', 'lock')).toBeUndefined();
  expect(await ledger.record('frozen', 'bad-import')).toBeUndefined();
}

describe('a restore that fails', () => {
  it('is undone when DynamoDB refuses it', async () => {
    const world = shop();
    world.journal.before = ({ operation }) => {
      if (operation === 'RestoreTableToPointInTime')
        throw awsError('InvalidRestoreTimeException', 'no such time');
    };
    const ended = await undone(world);
    await expectUndone(ended);
    expect(ended.result.error).toBe('DynamoDb.InvalidRestoreTimeException');
    expect(ended.result.cause).toContain('no such time');
  });

  it('is undone when the restored table loses its key', async () => {
    const world = shop();
    world.journal.before = ({ operation, input, at }) => {
      const name = String(input.TableName);
      if (operation !== 'DescribeTable' || !name.startsWith('rewind-orders')) return;
      if (at > Date.parse('2026-11-22T12:05:00Z'))
        world.table(name).described.TableStatus = 'INACCESSIBLE_ENCRYPTION_CREDENTIALS';
    };
    const ended = await undone(world);
    await expectUndone(ended);
    expect(ended.result.error).toBe('PollFailed');
    expect(ended.result.cause).toContain('restored: what is waited for has failed');
    expect(ended.result.cause).toMatch(
      /INACCESSIBLE_ENCRYPTION_CREDENTIALS: see that the key .* start again/,
    );
  });

  it('is undone when the restored table never becomes active', async () => {
    const world = shop();
    world.journal.before = ({ operation, input }) => {
      const name = String(input.TableName);
      if (operation === 'DescribeTable' && world.tables.has(name) && name.startsWith('rewind-'))
        world.table(name).described.TableStatus = 'CREATING';
    };
    const ended = await undone(world);
    await expectUndone(ended);
    expect(ended.result.error).toBe('GaveUp');
    expect(ended.result.cause).toContain(
      'is CREATING: DynamoDB is still at it, and the next try takes it over',
    );
    const hours = ended.result.virtualMilliseconds / 3_600_000;
    expect(hours).toBeGreaterThan(11.9);
    expect(hours).toBeLessThan(12.1);
  });

  it('can be tried again under the same incident id, and then succeeds', async () => {
    const world = shop();
    world.journal.before = ({ operation, at }) => {
      if (operation === 'DescribeBackup' && at > Date.parse('2026-11-22T12:03:00Z'))
        throw awsError('BackupNotFoundException', 'it is gone');
    };
    const ended = await undone(world);
    await expectUndone(ended);

    world.journal.before = () => {};
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('orders').items).toEqual(spoilt.good);
    expect(world.settings()).toEqual(ended.before);
    // The second try takes over what the first one has begun.
    expect(world.journal.of('RestoreTableToPointInTime')).toHaveLength(2);
    expect(world.journal.of('DeleteTable')).toHaveLength(2);
  });
});

describe('a freeze that fails', () => {
  it('for one function is undone for all the others', async () => {
    const world = shop();
    world.journal.before = ({ operation, input }) => {
      if (operation === 'PutFunctionConcurrency' && input.FunctionName === 'shop-orders')
        throw awsError('AccessDeniedException', 'not allowed');
    };
    const ended = await undone(world);
    await expectUndone(ended);
    expect(ended.result.error).toBe('FreezeIncomplete');
    expect(ended.result.cause).toContain('function shop-orders: AccessDeniedException: not allowed');
    const asked = ended.world.journal.of('PutFunctionConcurrency').map(({ input }) => input);
    expect(asked).toContainEqual({ FunctionName: 'shop-mail', ReservedConcurrentExecutions: 0 });
    expect(ended.world.journal.of('RestoreTableToPointInTime')).toEqual([]);
  });

  it('and whose undo fails too says what is still frozen, and keeps the mark that it is', async () => {
    const world = shop();
    world.journal.before = ({ operation, input }) => {
      if (operation === 'PutFunctionConcurrency' && input.FunctionName === 'shop-orders')
        throw awsError('AccessDeniedException', 'not allowed');
      if (operation === 'PutFunctionConcurrency' && input.ReservedConcurrentExecutions === 25)
        throw awsError('InvalidParameterValueException', 'below the minimum');
    };
    const result = await world.run();
    expect(result).toMatchObject({ status: 'FAILED', error: 'FreezeIncomplete' });
    expect(result.cause).toContain('[NOT UNDONE: frozen (ThawIncomplete');
    expect(result.cause).toContain('function shop-mail, to be put back to 25');
    expect(world.functions.get('shop-mail')?.reserved).toBe(0);
    expect(await ledger.record('frozen', 'bad-import')).toBeDefined();
  });
});

describe('the gate', () => {
  it('refuses more deletes than the limit, and all is undone', async () => {
    const orders = { good: sensitiveItems(10, 15), damaged: sensitiveItems(10, 19) };
    const ended = await undone(shop(orders), { limits: { maxDeleteShare: 0.5 } });
    await expectUndone(ended);
    expect(ended.result.error).toBe('GateRefused');
    expect(ended.result.cause).toContain('tables[0].planned: would delete 66.7% of the table');
    expect(ended.world.table('orders').items).toEqual(orders.damaged);
  });

  it('lets the same deletes pass when the limit is raised', async () => {
    const orders = { good: sensitiveItems(10, 15), damaged: sensitiveItems(10, 19) };
    const world = shop(orders);
    expect(await world.run({ limits: { maxDeleteShare: 0.7 } })).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('orders').items).toEqual(orders.good);
  });

  it('refuses an empty restored table, and all is undone', async () => {
    const ended = await undone(shop({ good: [], damaged: sensitiveItems(10, 12) }));
    await expectUndone(ended);
    expect(ended.result.error).toBe('GateRefused');
    expect(ended.result.cause).toContain('the restored table is empty while the live one has 3 items');
  });

  it('lets a table be emptied when that is asked for', async () => {
    const world = shop({ good: [], damaged: sensitiveItems(10, 12) });
    expect(await world.run({ limits: { allowEmpty: true } })).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('orders').items).toEqual([]);
  });

  it('refuses items that an index of today would not let in, names the index, and all is undone', async () => {
    const world = shop();
    const { AttributeDefinitions = [] } = world.table('orders').description;
    world.table('orders').described = {
      AttributeDefinitions: [...AttributeDefinitions, { AttributeName: 'content', AttributeType: 'N' }],
      GlobalSecondaryIndexes: [
        { IndexName: 'by-content', KeySchema: [{ AttributeName: 'content', KeyType: 'HASH' }] },
      ],
    };
    const ended = await undone(world);
    await expectUndone(ended);
    expect(ended.result.error).toBe('GateRefused');
    expect(ended.result.cause).toContain(
      'tables[0].planned: 6 items that would be put do not fit the indexes of orders as they are today ' +
        '(by-content refuses 6)',
    );
    expect(ended.result.cause).not.toMatch(/tables\[1\]|TOP-SECRET/);
  });

  it('refuses a table that was restored to another time, and all is undone', async () => {
    const world = shop();
    world.journal.before = ({ operation, input }) => {
      const name = String(input.TableName);
      const summary = world.tables.get(name)?.described.RestoreSummary;
      if (operation === 'DescribeTable' && name.startsWith('rewind-orders') && summary)
        summary.RestoreDateTime = new Date('2026-11-22T10:00:00Z');
    };
    const ended = await undone(world);
    await expectUndone(ended);
    expect(ended.result.error).toBe('GateRefused');
    expect(ended.result.cause).toContain('was restored to 2026-11-22T10:00:00.000Z, not to');
  });

  it('refuses a table that is a restore of another one, and all is undone', async () => {
    const world = shop();
    world.journal.before = ({ operation, input }) => {
      const name = String(input.TableName);
      const summary = world.tables.get(name)?.described.RestoreSummary;
      if (operation === 'DescribeTable' && name.startsWith('rewind-orders') && summary)
        summary.SourceTableArn = tableArn('clients');
    };
    const ended = await undone(world);
    await expectUndone(ended);
    expect(JSON.stringify(ended.result)).toMatch(/is not a restore of this table|is no restore of orders/);
  });
});
