import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { Only } from '../../../src/tasks/selection/only.ts';
import { selectionFaults } from '../../../src/tasks/selection/selection-faults.ts';

const orders: TableDescription = {
  TableName: 'orders',
  KeySchema: [
    { AttributeName: 'sk', KeyType: 'RANGE' },
    { AttributeName: 'pk', KeyType: 'HASH' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'N' },
  ],
};
const counters: TableDescription = {
  TableName: 'counters',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'B' }],
};

const faults = (only: unknown, table = orders) => selectionFaults('tables[0].only', Only.parse(only), table);

describe('a selection', () => {
  it.each([
    [{ partitionKey: { beginsWith: 'tenant-a#' }, sortKey: { equals: 7 } }],
    [{ where: [{ attribute: 'upload.id', equals: 'batch-7' }] }],
    [
      {
        where: [
          { attribute: 'n', atLeast: 1, atMost: { N: '1.0' } },
          { attribute: ['a.b'], exists: false },
        ],
      },
    ],
    [{ changedSince: { attribute: 'updatedAt', since: '2026-11-22T03:00:00Z' } }],
  ])('can be meant: %j', (only) => {
    expect(faults(only)).toEqual([]);
  });

  it.each<[unknown, string]>([
    [
      {},
      "tables[0].only: has no condition; give partitionKey, sortKey, where or changedSince, or leave 'only' out",
    ],
    [{ partitionKey: {} }, 'tables[0].only.partitionKey: needs either equals or beginsWith'],
    [{ partitionKey: { equals: 'a', beginsWith: 'a' } }, 'tables[0].only.partitionKey: needs either'],
    [
      { partitionKey: { equals: 7 } },
      'tables[0].only.partitionKey.equals: is a number, but the key \'pk\' holds text; write it as "text"',
    ],
    [
      { sortKey: { equals: '7' } },
      "tables[0].only.sortKey.equals: is text, but the key 'sk' holds a number; write it as a whole number or",
    ],
    [{ sortKey: { beginsWith: 7 } }, 'tables[0].only.sortKey.beginsWith: only text and binaries'],
    [{ partitionKey: { beginsWith: '' } }, 'tables[0].only.partitionKey.beginsWith: is empty'],
    [{ where: [{ attribute: 'a' }] }, 'tables[0].only.where[0]: needs one of'],
    [
      { where: [{ attribute: 'a', exists: false, equals: 1 }] },
      'tables[0].only.where[0]: what does not exist',
    ],
    [
      { where: [{ attribute: 'a..b', exists: true }] },
      'tables[0].only.where[0].attribute: has an empty name',
    ],
    [{ where: [{ attribute: 'a', beginsWith: true }] }, 'tables[0].only.where[0].beginsWith: only text'],
    [{ where: [{ attribute: 'a', atLeast: true }] }, 'tables[0].only.where[0].atLeast: true and false'],
    [{ where: [{ attribute: 'a', atMost: false }] }, 'tables[0].only.where[0].atMost: true and false'],
    [{ where: [{ attribute: 'a', atLeast: 2, atMost: 1 }] }, 'tables[0].only.where[0]: nothing is both'],
    [{ where: [{ attribute: 'a', atLeast: 'b', atMost: 'a' }] }, 'tables[0].only.where[0]: nothing is both'],
    [{ where: [{ attribute: 'a', atLeast: '1', atMost: 2 }] }, 'tables[0].only.where[0]: nothing is both'],
    [
      { changedSince: { attribute: '.a', since: true } },
      'tables[0].only.changedSince.attribute: has an empty',
    ],
    [{ changedSince: { attribute: 'a', since: true } }, 'tables[0].only.changedSince.since: true and false'],
  ])('is refused with place and remedy: %j', (only, words) => {
    expect(faults(only).join('\n')).toContain(words);
  });

  it('is refused for a sort key that the table does not have', () => {
    expect(faults({ sortKey: { equals: 'x' } }, counters)).toEqual([
      'tables[0].only.sortKey: counters has no sort key; leave it out',
    ]);
    expect(faults({ partitionKey: { equals: 'x' } }, counters).join()).toContain(
      'write it as { "B": "base64" }',
    );
  });

  it('tells all its faults at once, and no value', () => {
    const told = faults({
      partitionKey: { equals: 77123 },
      sortKey: { equals: 'secret-person' },
      where: [{ attribute: 'a', atLeast: 'secret-b', atMost: 'secret-a' }],
    });
    expect(told).toHaveLength(3);
    expect(told.join()).not.toMatch(/secret|77123/);
  });
});

describe('the form of a selection', () => {
  it.each([
    [{ partitionkey: { equals: 'a' } }],
    [{ partitionKey: { equals: 'a', atLeast: 'a' } }],
    [{ where: [] }],
    [{ where: [{ attribute: '', equals: 'a' }] }],
    [{ where: [{ attribute: [], equals: 'a' }] }],
    [{ where: [{ equals: 'a' }] }],
    [{ where: [{ attribute: 'a', contains: 'b' }] }],
    [{ where: [{ attribute: 'a', equals: 1.5 }] }],
    [{ where: [{ attribute: 'a', equals: 2 ** 53 }] }],
    [{ where: [{ attribute: 'a', equals: null }] }],
    [{ where: [{ attribute: 'a', equals: { N: '1,5' } }] }],
    [{ where: [{ attribute: 'a', equals: { N: '' } }] }],
    [{ where: [{ attribute: 'a', equals: { B: 'AQ' } }] }],
    [{ where: [{ attribute: 'a', equals: { S: 'a', N: '1' } }] }],
    [{ where: [{ attribute: 'a', equals: { SS: ['a'] } }] }],
    [{ changedSince: { attribute: 'a' } }],
  ])('does not take %j', (only) => {
    expect(Only.safeParse(only).success).toBe(false);
  });
});
