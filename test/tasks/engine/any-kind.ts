import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../src/tasks/item/item.ts';
import type { KeyType } from './table-pair.ts';

const bytes = (...of: number[]): Uint8Array => Uint8Array.from(of);

/** Values of every type, each beside one that differs as little as can be. */
export const NEAR_VALUES: readonly (readonly [AttributeValue, AttributeValue])[] = [
  [{ S: 'ä € 😀 \u0000"\\' }, { S: 'ä € 😁 \u0000"\\' }],
  [{ S: '' }, { S: ' ' }],
  [{ S: '1' }, { N: '1' }],
  [{ N: '12345678901234567890123456789012345678' }, { N: '12345678901234567890123456789012345679' }],
  [{ N: '1E-130' }, { N: '2E-130' }],
  [
    { N: '-9.9999999999999999999999999999999999999E+125' },
    { N: '9.9999999999999999999999999999999999999E+125' },
  ],
  [{ N: '0' }, { N: '0.0000001' }],
  [{ B: bytes(0, 255, 1) }, { B: bytes(0, 255, 3) }],
  [{ B: bytes() }, { B: bytes(0) }],
  [{ BOOL: true }, { BOOL: false }],
  [{ NULL: true }, { S: 'null' }],
  [{ SS: ['a', 'b', 'ä'] }, { SS: ['a', 'b', 'a\u0308'] }],
  [{ NS: ['1', '2.5', '-3E+20'] }, { NS: ['1', '2.5', '-3E+21'] }],
  [{ BS: [bytes(1), bytes(2, 3)] }, { BS: [bytes(1, 2), bytes(3)] }],
  [{ L: [] }, { M: {} }],
  [{ L: [{ N: '1' }, { N: '2' }] }, { L: [{ N: '2' }, { N: '1' }] }],
  [
    { M: { a: { L: [{ M: { ' ': { SS: ['x', 'y'] } } }] } } },
    { M: { a: { L: [{ M: { ' ': { SS: ['x', 'z'] } } }] } } },
  ],
  [
    { L: [{ BS: [bytes(9), bytes(8)] }, { NULL: true }] },
    { L: [{ BS: [bytes(9), bytes(7)] }, { NULL: true }] },
  ],
];

/** The same value with sets and maps written in another order and numbers in other digits. */
export function respelled(value: AttributeValue): AttributeValue {
  if (value.SS) return { SS: value.SS.toReversed() };
  if (value.NS) return { NS: value.NS.toReversed() };
  if (value.BS) return { BS: value.BS.toReversed() };
  if (value.L) return { L: value.L.map(respelled) };
  if (value.M)
    return {
      M: Object.fromEntries(
        Object.entries(value.M)
          .toReversed()
          .map(([name, held]) => [name, respelled(held)]),
      ),
    };
  if (value.N === '0') return { N: '-0.00' };
  return value;
}

/** The key of the item with this number, for a table whose keys have these types. */
export function keyOf(number: number, types: readonly KeyType[]): Item {
  const [pk = 'S', sk] = types;
  return {
    pk: keyValue(pk, sk === undefined ? number : number % 7),
    ...(sk === undefined ? {} : { sk: keyValue(sk, number) }),
  };
}

function keyValue(type: KeyType, number: number): AttributeValue {
  if (type === 'S') return { S: `k-${number}` };
  if (type === 'N') return { N: number % 2 === 0 ? `${number}.50` : `-${number}E-3` };
  return { B: bytes(number >> 8, number & 255) };
}
