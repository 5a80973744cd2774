import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/tasks/item/item.ts';
import { resetOneSegment } from '../../../src/tasks/reset-segment/reset-one-segment.ts';
import { refusedByFrom } from '../../../src/tasks/reset-segment/reset-progress.ts';
import { indexTakes } from '../../../src/tasks/reset-segment/secondary-index.ts';
import { tableKeys } from '../../../src/tasks/reset-segment/table-keys.ts';
import { REQUEST, TINY, invocation, resetToTheEnd, resetWorld } from './reset-world.ts';

const table: TableDescription = {
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'state', AttributeType: 'S' },
    { AttributeName: 'total', AttributeType: 'N' },
    { AttributeName: 'mark', AttributeType: 'B' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-state',
      KeySchema: [
        { AttributeName: 'total', KeyType: 'RANGE' },
        { AttributeName: 'state', KeyType: 'HASH' },
      ],
    },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'by-mark',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'mark', KeyType: 'RANGE' },
      ],
    },
  ],
};

describe('a secondary index', () => {
  const refusing = (attributes: Item) =>
    tableKeys(table)
      .indexes.filter((index) => !indexTakes(index, { pk: { S: 'p' }, sk: { S: 's' }, ...attributes }))
      .map(({ name }) => name);

  it.each<[what: string, attributes: Item]>([
    ['has none of its key attributes', {}],
    ['has only one of them', { state: { S: 'open' } }],
    ['has all of them', { state: { S: 'open' }, total: { N: '-1.5e99' }, mark: { B: Buffer.from([0]) } }],
    ['has the longest partition key', { state: { S: 'ä'.repeat(1024) } }],
    ['has the longest sort key', { mark: { B: Buffer.alloc(1024) } }],
    ['has odd values elsewhere', { other: { S: '' } }],
  ])('takes an item that %s', (_what, attributes) => {
    expect(refusing(attributes)).toEqual([]);
  });

  it.each<[what: string, attributes: Item, index: string]>([
    ['a number instead of text', { state: { N: '1' } }, 'by-state'],
    ['text instead of a number', { total: { S: '1' } }, 'by-state'],
    ['NULL', { total: { NULL: true } }, 'by-state'],
    ['a set', { mark: { BS: [Buffer.from([1])] } }, 'by-mark'],
    ['empty text', { state: { S: '' } }, 'by-state'],
    ['an empty binary', { mark: { B: Buffer.alloc(0) } }, 'by-mark'],
    ['a partition key of a byte too many', { state: { S: `${'ä'.repeat(1024)}a` } }, 'by-state'],
    ['a sort key of a byte too many', { mark: { B: Buffer.alloc(1025) } }, 'by-mark'],
  ])('refuses %s, whatever else the item lacks', (_what, attributes, index) => {
    expect(refusing(attributes)).toEqual([index]);
  });

  it('knows an attribute only by its own name', () => {
    const index = { name: 'odd', key: [{ name: 'constructor', type: 'S', longest: 2048 } as const] };
    expect(indexTakes(index, {})).toBe(true);
  });
});

const item = (sk: number, more: Item): Item => ({ pk: { S: 'secret-pk' }, sk: { S: String(sk) }, ...more });
const numbers = Array.from({ length: 12 }, (_, sk) => sk);

/** Of twelve restored items, four do not fit the state's index, two of these nor the mark's; half are as they were. */
const world = () => {
  const restored = numbers.map((sk) => {
    if (sk % 3 !== 0) return item(sk, { state: { S: 'open' }, total: { N: String(sk) } });
    return item(sk, { total: { S: 'many' }, ...(sk % 2 === 0 ? { mark: { S: 'x' } } : {}) });
  });
  const live = restored.map((each, sk) => (sk < 6 ? each : { ...each, state: { S: 'spoilt' } }));
  const dynamodb = resetWorld({ restored, live });
  dynamodb.described.set('orders', table);
  return dynamodb;
};

describe('the plan of a segment', () => {
  it.each([true, false])(
    'counts the puts that indexes refuse, by index, and minds no unchanged item (at once: %s)',
    async (atOnce) => {
      const dynamodb = world();
      const request = { ...REQUEST, mode: 'plan' } as const;
      const counts = atOnce
        ? (await resetOneSegment(request, invocation(dynamodb))).counts
        : await resetToTheEnd(dynamodb, request, { bounds: TINY, minutes: 1.001 });
      expect(counts).toMatchObject({ puts: 6, unchanged: 6, refused: 2 });
      const [record] = dynamodb.items('ledger').filter(({ sk }) => sk?.S?.startsWith('reset#'));
      expect(Object.fromEntries(refusedByFrom(record ?? {}))).toEqual({ 'by-state': 2, 'by-mark': 1 });
    },
  );

  it('counts none of what a selection leaves alone', async () => {
    const dynamodb = world();
    const only = { sortKey: { equals: '9' } };
    const { counts } = await resetOneSegment({ ...REQUEST, mode: 'plan', only }, invocation(dynamodb));
    expect(counts).toMatchObject({ puts: 1, leftAlone: 5, refused: 1 });
  });

  it('asks nothing of a table without indexes', async () => {
    const dynamodb = world();
    dynamodb.described.delete('orders');
    const { counts } = await resetOneSegment({ ...REQUEST, mode: 'plan' }, invocation(dynamodb));
    expect(counts).toMatchObject({ puts: 6, refused: 0 });
  });
});
