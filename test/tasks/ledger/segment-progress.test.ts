import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { ItemCalls } from '../../../src/tasks/item/item-calls.ts';
import {
  SegmentLedger,
  cursorFrom,
  cursorValue,
  resetRecordKey,
  verifyRecordKey,
  verifyRecordsOf,
} from '../../../src/tasks/ledger/segment-progress.ts';
import { MemoryDynamodb } from '../reset-segment/memory-dynamodb.ts';
import { REQUEST, invocation } from '../reset-segment/reset-world.ts';

function mocked() {
  const dynamodb = new DynamoDBClient({ region: 'us-east-1' });
  const mock = mockClient(dynamodb);
  mock.rejects(new Error('an unexpected call'));
  const calls = new ItemCalls({ ...invocation(new MemoryDynamodb()), dynamodb }, 'seed');
  return { mock, ledger: new SegmentLedger(calls, 'ledger') };
}

describe('the key of a segment’s record', () => {
  it('lies with its incident and tells run, mode, table and segment apart', () => {
    const keys = [
      resetRecordKey(REQUEST),
      resetRecordKey({ ...REQUEST, run: 'another' }),
      resetRecordKey({ ...REQUEST, mode: 'plan' }),
      resetRecordKey({ ...REQUEST, table: 'clients' }),
      resetRecordKey({ ...REQUEST, segment: 1 }),
      verifyRecordKey(REQUEST),
      verifyRecordKey({ ...REQUEST, run: 'another' }),
      verifyRecordKey({ ...REQUEST, table: 'clients' }),
      verifyRecordKey({ ...REQUEST, segment: 1 }),
    ];
    expect(new Set(keys.map(({ pk }) => pk))).toEqual(new Set(['incident#inc-1']));
    expect(new Set(keys.map(({ sk }) => sk)).size).toBe(keys.length);
    expect(resetRecordKey(REQUEST).sk).toMatch(/^reset#[0-9a-f]{24}#apply#orders#0$/);
    expect(verifyRecordKey(REQUEST).sk).toMatch(/^verify#[0-9a-f]{24}#orders#0$/);
  });

  it('does not mistake a table for another whose name it begins', () => {
    expect(verifyRecordKey({ ...REQUEST, table: 'orders2' }).sk.startsWith(verifyRecordsOf(REQUEST).sk)).toBe(
      false,
    );
  });
});

describe('a cursor', () => {
  it.each(['start' as const, 'end' as const, { pk: { N: '12345678901234567890123456789012345678' } }])(
    'survives the ledger: %j',
    (cursor) => {
      expect(cursorFrom(cursorValue(cursor))).toEqual(cursor);
    },
  );
});

describe('SegmentLedger', () => {
  const key = { pk: 'p', sk: 's' };

  it('reads with strong consistency', async () => {
    const { mock, ledger } = mocked();
    mock.on(GetItemCommand).resolves({ Item: { done: { BOOL: true } } });
    await expect(ledger.read(key)).resolves.toEqual({ done: { BOOL: true } });
    expect(mock.call(0).args[0].input).toEqual({
      TableName: 'ledger',
      Key: { pk: { S: 'p' }, sk: { S: 's' } },
      ConsistentRead: true,
    });
  });

  it('writes a record in one call', async () => {
    const { mock, ledger } = mocked();
    mock.on(PutItemCommand).resolves({});
    await ledger.write(key, { items: { N: '1' } });
    expect(mock.calls()).toHaveLength(1);
    expect(mock.call(0).args[0].input).toEqual({
      TableName: 'ledger',
      Item: { pk: { S: 'p' }, sk: { S: 's' }, items: { N: '1' } },
    });
  });

  it('reads all pages of a query', async () => {
    const { mock, ledger } = mocked();
    mock
      .on(QueryCommand)
      .resolvesOnce({ Items: [{ a: { S: '1' } }], LastEvaluatedKey: { pk: { S: 'p' } } })
      .resolvesOnce({ Items: [{ a: { S: '2' } }] });
    await expect(ledger.all(key)).resolves.toEqual([{ a: { S: '1' } }, { a: { S: '2' } }]);
    expect(mock.commandCalls(QueryCommand)[1]?.args[0].input).toMatchObject({
      ConsistentRead: true,
      ExclusiveStartKey: { pk: { S: 'p' } },
    });
  });
});
