import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/tasks/item/item.ts';
import { Only } from '../../../src/tasks/selection/only.ts';
import { Selection } from '../../../src/tasks/selection/selection.ts';

const KEYS = ['pk', 'sk'];
const key = { pk: { S: 'tenant-a' }, sk: { S: 'order#1' } };

const selection = (only: unknown) => new Selection(Only.parse(only), KEYS);
/** Whether an item that both tables hold is selected. */
const selects = (only: unknown, item: Item) => selection(only).selects({ restored: item, live: item });

describe('a condition on keys', () => {
  it.each([
    [{ partitionKey: { equals: 'tenant-a' } }, true],
    [{ partitionKey: { equals: { S: 'tenant-a' } } }, true],
    [{ partitionKey: { equals: 'tenant-' } }, false],
    [{ partitionKey: { beginsWith: 'tenant-' } }, true],
    [{ partitionKey: { beginsWith: 'enant' } }, false],
    [{ sortKey: { beginsWith: 'order#' } }, true],
    [{ sortKey: { beginsWith: 'invoice#' } }, false],
    [{ partitionKey: { equals: 'tenant-a' }, sortKey: { equals: 'order#1' } }, true],
    [{ partitionKey: { equals: 'tenant-a' }, sortKey: { equals: 'order#2' } }, false],
  ])('%j: %s', (only, expected) => {
    expect(selects(only, key)).toBe(expected);
  });

  it('compares number and binary keys by their values', () => {
    const item = { pk: { N: '1.50' }, sk: { B: Buffer.from([1, 2, 3]) } };
    expect(selects({ partitionKey: { equals: { N: '15e-1' } } }, item)).toBe(true);
    expect(selects({ partitionKey: { equals: '1.50' } }, item)).toBe(false);
    expect(selects({ sortKey: { equals: { B: 'AQID' } } }, item)).toBe(true);
    expect(selects({ sortKey: { beginsWith: { B: 'AQI=' } } }, item)).toBe(true);
    expect(selects({ sortKey: { beginsWith: { B: 'AQIDBA==' } } }, item)).toBe(false);
  });
});

describe('a condition on an attribute', () => {
  const item: Item = {
    ...key,
    state: { S: 'OPEN' },
    amount: { N: '12345678901234567890.5' },
    count: { N: '42' },
    paid: { BOOL: true },
    nothing: { NULL: true },
    upload: { M: { id: { S: 'batch-7' }, 'by.whom': { S: 'ann' } } },
    tags: { SS: ['OPEN'] },
  };

  it.each([
    [{ attribute: 'state', equals: 'OPEN' }, true],
    [{ attribute: 'state', equals: 'open' }, false],
    [{ attribute: 'absent', equals: 'OPEN' }, false],
    [{ attribute: 'toString', exists: true }, false],
    [{ attribute: 'upload.id', equals: 'batch-7' }, true],
    [{ attribute: 'upload.id.more', exists: true }, false],
    [{ attribute: ['upload', 'by.whom'], beginsWith: 'an' }, true],
    [{ attribute: 'upload.by.whom', exists: true }, false],
    [{ attribute: 'nothing', exists: true }, true],
    [{ attribute: 'nothing', exists: false }, false],
    [{ attribute: 'absent', exists: false }, true],
    [{ attribute: 'absent', exists: true }, false],
    [{ attribute: 'paid', equals: true }, true],
    [{ attribute: 'paid', equals: false }, false],
    [{ attribute: 'count', equals: 42 }, true],
    [{ attribute: 'count', equals: { N: '4.2e1' } }, true],
    [{ attribute: 'count', atLeast: 9 }, true],
    [{ attribute: 'count', atLeast: 42, atMost: 42 }, true],
    [{ attribute: 'count', atMost: 41 }, false],
    [{ attribute: 'amount', atLeast: { N: '12345678901234567890.5' } }, true],
    [{ attribute: 'amount', atLeast: { N: '12345678901234567890.51' } }, false],
    [{ attribute: 'amount', atMost: { N: '12345678901234567890.49' } }, false],
    [{ attribute: 'state', atLeast: 'OPEN', atMost: 'OPENED' }, true],
    [{ attribute: 'state', atLeast: 'OPENED' }, false],
    [{ attribute: 'state', equals: 'OPEN', exists: true }, true],
  ])('%j: %s', (condition, expected) => {
    expect(selects({ where: [condition] }, item)).toBe(expected);
  });

  it.each([
    [{ attribute: 'count', equals: '42' }],
    [{ attribute: 'count', atLeast: '1' }],
    [{ attribute: 'state', atLeast: 0 }],
    [{ attribute: 'paid', equals: 'true' }],
    [{ attribute: 'tags', equals: 'OPEN' }],
    [{ attribute: 'count', beginsWith: '4' }],
    [{ attribute: 'state', equals: { B: 'T1BFTg==' } }],
  ])('never holds for a value of another type: %j', (condition) => {
    expect(selects({ where: [condition] }, item)).toBe(false);
  });

  it('orders text by its UTF-8 bytes, as DynamoDB does', () => {
    // U+FF61 comes before U+1D11E in UTF-8, and after it in UTF-16.
    const low = { ...key, text: { S: '\uFF61' } };
    expect(selects({ where: [{ attribute: 'text', atMost: '𝄞' }] }, low)).toBe(true);
  });

  it('must hold with all others, on the same item', () => {
    const where = [
      { attribute: 'state', equals: 'OPEN' },
      { attribute: 'count', atLeast: 50 },
    ];
    expect(selects({ where }, item)).toBe(false);
    const more = { ...item, count: { N: '50' } };
    expect(selects({ where }, more)).toBe(true);
    const closed = { ...more, state: { S: 'CLOSED' } };
    expect(selection({ where }).selects({ restored: item, live: closed })).toBe(false);
  });
});

describe('a pair', () => {
  const of = (tenant: string, changed = '2026-01-01'): Item => ({
    ...key,
    tenant: { S: tenant },
    updatedAt: { S: changed },
  });
  const tenantA = { where: [{ attribute: 'tenant', equals: 'a' }] };

  it('is selected for what it was and for what it has become', () => {
    expect(selection(tenantA).selects({ restored: of('a'), live: of('b') })).toBe(true);
    expect(selection(tenantA).selects({ restored: of('b'), live: of('a') })).toBe(true);
    expect(selection(tenantA).selects({ restored: undefined, live: of('a') })).toBe(true);
    expect(selection(tenantA).selects({ restored: of('a'), live: undefined })).toBe(true);
    expect(selection(tenantA).selects({ restored: of('b'), live: of('b') })).toBe(false);
    expect(selection(tenantA).selects({ restored: undefined, live: of('b') })).toBe(false);
  });

  const changed = { changedSince: { attribute: 'updatedAt', since: '2026-02-01' } };

  it('counts as changed since then by the mark of either item, or when it was deleted', () => {
    const { selects } = {
      selects: (pair: Parameters<Selection['selects']>[0]) => selection(changed).selects(pair),
    };
    expect(selects({ restored: of('a'), live: of('a', '2026-02-01') })).toBe(true);
    expect(selects({ restored: of('a', '2026-03-01'), live: of('a') })).toBe(true);
    expect(selects({ restored: undefined, live: of('a', '2026-02-02') })).toBe(true);
    expect(selects({ restored: of('a'), live: undefined })).toBe(true);
    expect(selects({ restored: of('a'), live: of('a', '2026-01-31') })).toBe(false);
    expect(selects({ restored: undefined, live: of('a') })).toBe(false);
  });

  it('must also belong: what was deleted of another tenant stays deleted', () => {
    const both = selection({ ...tenantA, ...changed });
    expect(both.selects({ restored: of('a'), live: undefined })).toBe(true);
    expect(both.selects({ restored: of('b'), live: undefined })).toBe(false);
    expect(both.selects({ restored: of('b'), live: of('b', '2026-03-01') })).toBe(false);
    // Taken away from the tenant: the restored item belongs, the live one bears the mark.
    expect(both.selects({ restored: of('a'), live: of('b', '2026-03-01') })).toBe(true);
  });
});
