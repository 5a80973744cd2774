import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../src/tasks/item/item.ts';

/** An item changed in one place, and what the change is. */
export type Change<T> = readonly [what: string, changed: T];

/** Every way to change a map in one place: a bit, an element, a name, a type. */
export function changedMaps(map: Item, at = ''): Change<Item>[] {
  return Object.entries(map).flatMap(([name, value]): Change<Item>[] => {
    const { [name]: _, ...rest } = map;
    return [
      [`${at}.${name} is gone`, rest],
      [`${at}.${name} has another name`, { ...rest, [`${name}'`]: value }],
      ...within(changedValues(value, `${at}.${name}`), (each) => ({ ...map, [name]: each })),
    ];
  });
}

function changedValues(value: AttributeValue, at: string): Change<AttributeValue>[] {
  const retyped = ofAnotherType(value).map((each): Change<AttributeValue> => [
    `${at} is ${Object.keys(each).join()}`,
    each,
  ]);
  return [...retyped, ...changedContents(value, at)];
}

function changedContents(value: AttributeValue, at: string): Change<AttributeValue>[] {
  if (value.S !== undefined) return within(changedTexts(value.S, at), (S) => ({ S }));
  if (value.N !== undefined) return within(changedNumbers(value.N, at), (N) => ({ N }));
  if (value.B !== undefined) return within(changedBytes(value.B, at), (B) => ({ B }));
  if (value.BOOL !== undefined) return [[`${at} is the opposite`, { BOOL: !value.BOOL }]];
  if (value.M !== undefined) {
    const added: Change<AttributeValue> = [`${at} has one more`, { M: { ...value.M, more: { NULL: true } } }];
    return [added, ...within(changedMaps(value.M, at), (M) => ({ M }))];
  }
  if (value.L !== undefined) return within(changedLists(value.L, at), (L) => ({ L }));
  if (value.SS !== undefined) return within(changedSets(value.SS, at, changedTexts), (SS) => ({ SS }));
  if (value.NS !== undefined) return within(changedSets(value.NS, at, changedNumbers), (NS) => ({ NS }));
  if (value.BS !== undefined) return within(changedSets(value.BS, at, changedBytes), (BS) => ({ BS }));
  return [];
}

/** The same content, as far as it can be, under other types. */
function ofAnotherType(value: AttributeValue): AttributeValue[] {
  if (value.S !== undefined) return [{ B: Buffer.from(value.S) }, { SS: [value.S] }, { NULL: true }];
  if (value.N !== undefined) return [{ S: value.N }, { NS: [value.N] }];
  if (value.B !== undefined) return [{ S: Buffer.from(value.B).toString('base64') }, { BS: [value.B] }];
  if (value.BOOL !== undefined) return [{ S: String(value.BOOL) }, { NULL: true }];
  if (value.NULL !== undefined) return [{ BOOL: true }, { S: '' }];
  if (value.SS !== undefined)
    return [{ L: value.SS.map((S) => ({ S })) }, { BS: value.SS.map((each) => Buffer.from(each)) }];
  if (value.NS !== undefined) return [{ L: value.NS.map((N) => ({ N })) }, { SS: value.NS }];
  if (value.BS !== undefined) return [{ L: value.BS.map((B) => ({ B })) }];
  if (value.L !== undefined) return [{ M: Object.fromEntries(value.L.entries()) }];
  return [{ L: Object.values(value.M ?? {}) }];
}

/** Each bit of its UTF-8 flipped where that leaves text, a byte less and one more. */
function changedTexts(text: string, at: string): Change<string>[] {
  return changedBytes(Buffer.from(text), at).flatMap(([what, bytes]): Change<string>[] => {
    const changed = Buffer.from(bytes).toString();
    return Buffer.from(changed).equals(bytes) ? [[what, changed]] : [];
  });
}

/** Each digit another, the sign another, the point a place further; not for zero. */
function changedNumbers(text: string, at: string): Change<string>[] {
  const digits = Array.from(text, (digit, index) => ({ digit, index })).flatMap(
    ({ digit, index }): Change<string>[] => {
      if (!/\d/.test(digit)) return [];
      const other = String.fromCharCode(digit.charCodeAt(0) ^ 1);
      return [[`${at} has another digit ${index}`, text.slice(0, index) + other + text.slice(index + 1)]];
    },
  );
  return [
    ...digits,
    [`${at} has another sign`, text.startsWith('-') ? text.slice(1) : `-${text}`],
    [`${at} is ten times as much`, text.includes('e') ? text.replace('e', '0e') : `${text}e1`],
  ];
}

function changedBytes(bytes: Uint8Array, at: string): Change<Uint8Array>[] {
  const flipped = Array.from({ length: 8 * bytes.length }, (_, bit): Change<Uint8Array> => {
    const changed = Uint8Array.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return [`${at} has another bit ${bit}`, changed];
  });
  const shorter: Change<Uint8Array>[] = bytes.length > 0 ? [[`${at} is shorter`, bytes.slice(1)]] : [];
  return [...flipped, ...shorter, [`${at} is longer`, Uint8Array.of(...bytes, 0)]];
}

function changedLists(list: AttributeValue[], at: string): Change<AttributeValue[]>[] {
  return list.flatMap((value, index): Change<AttributeValue[]>[] => {
    const [before, after] = [list.slice(0, index), list.slice(index + 1)];
    const next = after[0];
    const swapped = (other: AttributeValue): Change<AttributeValue[]>[] => [
      [`${at}[${index}] has changed places`, [...before, other, value, ...after.slice(1)]],
    ];
    return [
      [`${at}[${index}] is gone`, [...before, ...after]],
      [`${at}[${index}] is there twice`, [...before, value, value, ...after]],
      ...(next ? swapped(next) : []),
      ...within(changedValues(value, `${at}[${index}]`), (each) => [...before, each, ...after]),
    ];
  });
}

function changedSets<T>(
  set: T[],
  at: string,
  changes: (element: T, at: string) => Change<T>[],
): Change<T[]>[] {
  return set.flatMap((element, index): Change<T[]>[] => {
    const rest = set.toSpliced(index, 1);
    return [
      ...(rest.length > 0 ? [[`${at} lacks ${index}`, rest] as const] : []),
      ...within(changes(element, `${at}{${index}}`), (each) => [...rest, each]),
    ];
  });
}

function within<T, Whole>(changes: readonly Change<T>[], whole: (changed: T) => Whole): Change<Whole>[] {
  return changes.map(([what, changed]) => [what, whole(changed)]);
}
