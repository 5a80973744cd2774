import { describe, expect, it } from 'vitest';
import { StateFailure } from '../../src/dsl/simulator/state-failure.ts';
import type { Call } from '../support/call-journal.ts';
import { awsError } from '../support/lambda-application.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { recoveryWorld } from '../support/recovery-world.ts';
import type { Item } from '../support/sensitive-items.ts';

const ledger = freshLedger();

const order = (tenant: string, number: number, more: Item = {}): Item => ({
  pk: { S: tenant },
  sk: { N: `${number}` },
  ...more,
});
const spoilt: Item = { upload: { S: 'batch-7' }, total: { N: '0' } };

/** Both tenants' orders are damaged; one tenant asks for hers, the other one has worked on since. */
const orders = {
  good: [
    ...[1, 2, 3, 4].map((number) => order('ann', number)),
    ...[1, 2, 3, 4].map((number) => order('bob', number)),
  ],
  damaged: [
    // Ann: one as it was, one spoilt, two deleted, one made up.
    order('ann', 1),
    order('ann', 2, spoilt),
    order('ann', 9, spoilt),
    // Bob: one as it was, one spoilt, one changed by himself, one deleted, one made by himself.
    order('bob', 1),
    order('bob', 2, spoilt),
    order('bob', 3, { note: { S: 'his own' } }),
    order('bob', 8),
  ],
};

const annAlone = [
  ...[1, 2, 3, 4].map((number) => order('ann', number)),
  ...orders.damaged.filter(({ pk }) => pk?.S === 'bob'),
];

const world = () =>
  recoveryWorld(ledger, {
    tables: { orders },
    system: { tables: [{ name: 'orders', forensicBackup: false, segments: 2 }] },
  });

const asking = (only: object) => ({ tables: [{ name: 'orders', confirm: 'orders', only: { ...only } }] });
const forAnn = asking({ partitionKey: { equals: 'ann' } });

describe('a recovery of one tenant', () => {
  it('takes back her items and leaves every other one as it is, proven by reading the live table alone', async () => {
    const own = world();
    const { output, status, cause } = await own.run(forAnn);

    expect({ status, cause }).toEqual({ status: 'SUCCEEDED', cause: undefined });
    expect(own.table('orders').items).toEqual(annAlone);
    const counts = { puts: 3, deletes: 1, selected: 5, leftAlone: 4, unchanged: 2, writeUnits: 4 };
    expect(output).toMatchObject({
      tables: [
        {
          name: 'orders',
          selective: true,
          planned: { counts, estimate: { changeShare: 0.5, deleteShare: 0.125 } },
          counts,
          verifiedItems: 8,
        },
      ],
      warnings: [
        'orders: only the selected items were taken back; 4 others differ from the restore point and stay.',
      ],
    });
    const proving = own.journal.first(
      ({ operation, input }) =>
        operation === 'GetItem' && (input.Key as { sk: { S: string } }).sk.S.startsWith('verify#'),
    );
    const readAgain = own.journal.calls.slice(proving).filter(({ operation }) => operation === 'Scan');
    expect(new Set(readAgain.map(({ input }) => input.TableName))).toEqual(new Set(['orders']));
  });

  it.each<[what: string, only: object, expected: readonly Item[]]>([
    [
      'the items of one upload',
      { where: [{ attribute: 'upload', equals: 'batch-7' }] },
      [
        ...[1, 2].map((number) => order('ann', number)),
        order('bob', 1),
        order('bob', 2),
        order('bob', 3, { note: { S: 'his own' } }),
        order('bob', 8),
      ],
    ],
    [
      'what one tenant has lost, and what was marked',
      { partitionKey: { equals: 'bob' }, changedSince: { attribute: 'total', since: 0 } },
      [
        ...orders.damaged.filter(({ pk }) => pk?.S === 'ann'),
        order('bob', 1),
        order('bob', 2),
        order('bob', 3, { note: { S: 'his own' } }),
        order('bob', 4),
        order('bob', 8),
      ],
    ],
  ])('may be one of %s', async (_what, only, expected) => {
    const own = world();
    expect(await own.run(asking(only))).toMatchObject({ status: 'SUCCEEDED' });
    expect(own.table('orders').items).toEqual(expected);
  });

  it('is refused by the gate when its limits, or its selection, are not met, and is undone', async () => {
    const own = world();
    const limited = await own.run({ ...forAnn, limits: { maxChangeShare: 0.4 } });
    expect(limited).toMatchObject({ status: 'FAILED', error: 'GateRefused' });
    expect(limited.cause).toContain('would change 50.0% of the table');
    expect(limited.cause).toContain('[undone: frozen, locked]');
    const nobody = await own.run(asking({ partitionKey: { equals: 'secret-nobody' } }));
    expect(nobody).toMatchObject({ status: 'FAILED', error: 'GateRefused' });
    expect(nobody.cause).toContain('no item of either table is selected');
    expect(nobody.cause).not.toContain('secret');
    expect(own.table('orders').writes).toEqual([]);
  });

  it('is refused before anything is touched when the selection cannot be meant', async () => {
    const own = world();
    const refused = await own.run(asking({ sortKey: { equals: 'secret' } }));
    expect(refused).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
    expect(refused.cause).toContain(
      "tables[0].only.sortKey.equals: is text, but the key 'sk' holds a number",
    );
    expect(refused.cause).not.toContain('secret');
    expect(own.journal.of('PutFunctionConcurrency')).toEqual([]);
    expect(own.table('orders').writes).toEqual([]);
  });

  it.each<[what: string, spoil: (items: readonly Item[]) => Item[]]>([
    [
      'an item that was not selected is altered',
      (items) => items.map((item) => (item.note ? { ...item, note: { S: '' } } : item)),
    ],
    ['an item that was not selected disappears', (items) => items.filter((item) => !item.note)],
    [
      'a selected item is missed',
      (items) =>
        items.map((item) => (item.pk?.S === 'ann' && item.sk?.N === '2' ? order('ann', 2, spoilt) : item)),
    ],
  ])('is not proven when %s meanwhile, and stays frozen', async (_what, spoil) => {
    const own = world();
    own.journal.before = ({ operation, input }) => {
      if (operation === 'PutItem' && isEndOfReset(input))
        own.table('orders').become(spoil(own.table('orders').items), own.clock.now());
    };
    const result = await own.run(forAnn);
    expect(result).toMatchObject({ status: 'FAILED' });
    expect(result.cause).toContain('TablesDiffer');
    expect(result.cause).toContain('orders is not what the plan of its selective reset expects');
    expect(own.functions.get('shop-orders')).toMatchObject({ reserved: 0 });
    own.journal.before = () => {};
    // A second run plans anew on what it finds.
    expect(await own.run(forAnn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(own.table('orders').items.filter(({ pk }) => pk?.S === 'ann')).toEqual(annAlone.slice(0, 4));
  });

  it('by a mark of the damage is completed by a second run, although the reset has left nothing that bears it', async () => {
    const own = world();
    const marked = asking({ where: [{ attribute: 'upload', equals: 'batch-7' }] });
    own.beforeTask = (name) => {
      if (name === 'CompareTables') throw awsError('AccessDeniedException', 'not today');
    };
    expect(await own.run(marked)).toMatchObject({ status: 'FAILED' });
    expect(own.table('orders').items.filter(({ upload }) => upload)).toEqual([]);
    expect(own.functions.get('shop-orders')).toMatchObject({ reserved: 0 });

    own.beforeTask = () => {};
    expect(await own.run(marked)).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        warnings: expect.arrayContaining([
          expect.stringContaining("orders: the incident had begun to reset what 'only' selects"),
        ]),
      },
    });
    expect(own.functions.get('shop-orders')).toEqual({});
  });
});

it('by a mark of the damage has begun nothing before when the answer of its own gate is lost', async () => {
  const own = world();
  let isLost = false;
  own.onTask = (task, passed) => {
    if (task !== 'PassGate' || !('result' in passed) || isLost) return;
    isLost = true;
    throw new StateFailure('Lambda.SdkClientException', 'connection reset');
  };
  const { status, output } = await own.run(asking({ where: [{ attribute: 'upload', equals: 'batch-7' }] }));
  expect([status, isLost]).toEqual(['SUCCEEDED', true]);
  expect(JSON.stringify(output)).not.toContain('had begun');
});

describe('the values of a selection', () => {
  const value = 'secret-tenant';
  const secret = asking({ partitionKey: { equals: value }, where: [{ attribute: 'total', equals: 0 }] });
  const ofSecret = { good: [order(value, 1)], damaged: [order(value, 1, spoilt), order('bob', 1)] };
  const spoiltWorld = () => {
    const own = recoveryWorld(ledger, {
      tables: { orders: ofSecret },
      system: { tables: [{ name: 'orders', forensicBackup: false }] },
    });
    own.journal.before = ({ operation }) => {
      if (operation === 'BatchWriteItem') throw awsError('AccessDeniedException', 'not today');
    };
    return own;
  };
  const attributesWithValue = async () => {
    const attributes = (await ledger.records()).flatMap((record) => Object.entries(record));
    return attributes.filter(([, held]) => JSON.stringify(held).includes(value)).map(([name]) => name);
  };

  it('are in no error after the gate, and in one attribute of the ledger while the run is not over', async () => {
    const own = spoiltWorld();
    const failed = await own.run(secret);
    expect(failed).toMatchObject({ status: 'FAILED' });
    expect(failed.cause).toContain('ResetFailed');
    expect(failed.cause).not.toContain(value);
    expect([...new Set(await attributesWithValue())]).toContain('only');
    own.journal.before = () => {};
    expect(await own.run(secret)).toMatchObject({ status: 'SUCCEEDED' });
    expect(own.table('orders').items).toEqual([order('bob', 1), order(value, 1)]);
  });

  it('are forgotten when a run has been undone', async () => {
    const own = spoiltWorld();
    const undone = await own.run({ ...secret, limits: { maxChangeShare: 0 } });
    expect(undone).toMatchObject({ status: 'FAILED', error: 'GateRefused' });
    expect((await ledger.records()).filter(({ sk }) => sk?.S?.startsWith('selection#'))).toEqual([]);
  });
});

/** The record of the second segment's finished reset. */
function isEndOfReset(input: Call['input']): boolean {
  const { sk, done } = (input.Item ?? {}) as { sk?: { S: string }; done?: { BOOL: boolean } };
  return done?.BOOL === true && sk?.S.endsWith('#apply#orders#1') === true;
}
