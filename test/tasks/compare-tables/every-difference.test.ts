import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { compareTablesHandler } from '../../../src/tasks/compare-tables/handler.ts';
import type { Environment } from '../../../src/tasks/handler.ts';
import type { Item } from '../../../src/tasks/item/item.ts';
import { verifySegmentHandler } from '../../../src/tasks/verify-segment/handler.ts';
import { respelled } from '../item/any-item.ts';
import { REQUEST, invocation, resetWorld } from '../reset-segment/reset-world.ts';
import { changedMaps } from './single-changes.ts';

const bytes = Uint8Array.from([0, 127, 128, 255]);

/** An item with every type, at the top and nested, and numbers of 38 digits. */
const item = (key: string): Item => ({
  pk: { S: `secret-${key}` },
  sk: { N: '12345678901234567890123456789012345678' },
  text: { S: `Grüße ${key} 😀` },
  emptyText: { S: '' },
  fraction: { N: '-12345678901234567890123456789012345678e-78' },
  binary: { B: bytes },
  emptyBinary: { B: Uint8Array.of() },
  yes: { BOOL: true },
  no: { BOOL: false },
  nothing: { NULL: true },
  texts: { SS: ['a', 'ü', ''] },
  numbers: { NS: ['12345678901234567890123456789012345678', '-1', '7'] },
  binaries: { BS: [bytes, Uint8Array.of(1)] },
  map: {
    M: {
      ['__proto__']: { S: 'x' },
      deeper: { M: { numbers: { NS: ['15e-1', '2'] }, binary: { B: bytes } } },
    },
  },
  list: {
    L: [{ S: 'x' }, { N: '1' }, { BOOL: true }, { L: [{ SS: ['y', 'z'] }, { NULL: true }] }, { M: {} }],
  },
});

/** What a verification says when the scans of the two tables bring these items. */
async function verdict(live: readonly Item[], restored: readonly Item[]): Promise<string> {
  const memory = resetWorld({ live: [], restored: [] });
  const environment = invocation(memory);
  const send = async (command: never) =>
    (command as object) instanceof ScanCommand
      ? { Items: (command as ScanCommand).input.TableName === REQUEST.table ? live : restored }
      : memory.client.send(command);
  const dynamodb = { send } as unknown as Environment['dynamodb'];
  for (const table of [REQUEST.table, REQUEST.restoredTable])
    await verifySegmentHandler({ ...REQUEST, table }, { ...environment, dynamodb });
  return compareTablesHandler(REQUEST, { ...environment, dynamodb }).then(
    ({ items }) => `${items} items are equal`,
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

const [a, b, c] = [item('a'), item('b'), item('c')];

describe('a verification', () => {
  it('finds equal what is equal, in whatever order and spelling', async () => {
    expect(await verdict([a, b, c], [respelled(c), respelled(a), respelled(b)])).toBe('3 items are equal');
  });

  it('sees any single bit, element, name or type that has changed, in any type at any depth', async () => {
    const changes = changedMaps(b);
    expect(changes.length).toBeGreaterThan(500);
    const unseen: string[] = [];
    for (const [what, changed] of changes) {
      const said = await verdict([a, changed, c], [a, b, c]);
      if (!said.startsWith('TablesDiffer') || !said.includes('both have 3 items')) unseen.push(what);
    }
    expect(unseen).toEqual([]);
  });

  it.each(Object.keys(a))('sees that two items have exchanged their %s', async (name) => {
    const other: Item = { ...b, ...Object.fromEntries(changedOnce(b)) };
    const exchanged = [
      { ...a, [name]: other[name] as never },
      { ...other, [name]: a[name] as never },
    ];
    expect(await verdict([a, other], [other, a])).toBe('2 items are equal');
    expect(await verdict(exchanged, [a, other])).toMatch(
      /^TablesDiffer.*both have 2 items, but not the same/,
    );
  });

  it.each([
    ['an item that a scan brings twice', [a, b, b], [a, b]],
    ['an item twice in place of another', [a, b, b], [a, b, c]],
    ['an item three times in place of two others', [b, b, b], [a, b, c]],
    ['two items twice, in both ways', [a, a, b], [a, b, b]],
    ['an item too few', [a, b], [a, b, c]],
    ['an item too many', [a, b, c], [a, b]],
    ['an item in place of another', [a, b], [a, c]],
    ['nothing in place of an item', [], [a]],
  ])('sees %s, whichever table has it', async (_, live, restored) => {
    for (const said of [await verdict(live, restored), await verdict(restored, live)]) {
      expect(said).toMatch(/^TablesDiffer: orders is not equal to rewind-orders: (both have )?\d items/);
      expect(said).not.toContain('secret');
      expect(said).not.toContain('Grüße');
    }
  });
});

/** Another value for every attribute but the key. */
function changedOnce(of: Item): [name: string, Item[string]][] {
  return Object.keys(of).flatMap((name) => {
    if (name === 'pk') return [];
    const [, changed] = changedMaps({ [name]: of[name] as never }).at(-1) ?? [];
    return changed?.[name] === undefined ? [] : [[name, changed[name]]];
  });
}
