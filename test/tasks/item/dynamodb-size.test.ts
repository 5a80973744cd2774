import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/tasks/item/item.ts';
import { dynamodbSize } from '../../../src/tasks/item/dynamodb-size.ts';

describe('dynamodbSize', () => {
  it.each<[what: string, item: Item, size: number]>([
    ['nothing', {}, 0],
    ['text by its UTF-8 bytes, its name too', { é: { S: '€𝄞' } }, 2 + 3 + 4],
    ['an empty text', { a: { S: '' } }, 1],
    ['a number by half its digits', { n: { N: '12345' } }, 1 + 3 + 1],
    ['a number of 38 digits', { n: { N: '9'.repeat(38) } }, 1 + 19 + 1],
    ['only the significant digits', { n: { N: '-001200.500e7' } }, 1 + 3 + 1],
    ['zero', { n: { N: '0.00' } }, 1 + 1],
    ['a binary by its bytes', { b: { B: new Uint8Array(7) } }, 1 + 7],
    ['a boolean and a null by one byte each', { t: { BOOL: false }, x: { NULL: true } }, 1 + 1 + 1 + 1],
    ['an empty list and an empty map by three bytes each', { l: { L: [] }, m: { M: {} } }, 1 + 3 + 1 + 3],
    [
      'one byte more for an element of a list',
      { l: { L: [{ S: 'ab' }, { N: '1' }] } },
      1 + 3 + (1 + 2) + (1 + 2),
    ],
    ['one byte more for an entry of a map', { m: { M: { key: { S: 'ab' } } } }, 1 + 3 + (1 + 3 + 2)],
    [
      'sets by their elements alone',
      { s: { SS: ['a', 'bc'] }, n: { NS: ['1', '100'] }, b: { BS: [new Uint8Array(2)] } },
      1 + 3 + (1 + 2 + 2) + (1 + 2),
    ],
  ])('counts %s', (_what, item, size) => {
    expect(dynamodbSize(item)).toBe(size);
  });

  it('refuses a value that it does not know', () => {
    expect(() => dynamodbSize({ a: {} as never })).toThrow('unknown type');
  });
});
