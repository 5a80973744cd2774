import { DescribeTableCommand, UpdateItemCommand, type TableDescription } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  beginFreeze,
  closeIncident,
  beginThaw,
  markVerified,
  markWriting,
  openIncident,
  readIncident,
} from '../../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { dropLock, readLock, takeLock } from '../../../src/tasks/ledger/lock-record.ts';
import { resetRecordKey } from '../../../src/tasks/ledger/segment-progress.ts';
import type { Item } from '../../../src/tasks/item/item.ts';
import { passGateHandler } from '../../../src/tasks/pass-gate/handler.ts';
import { saveSelection } from '../../../src/tasks/ledger/selection-record.ts';
import { selectionMark } from '../../../src/tasks/selection/selection-mark.ts';
import type { Only } from '../../../src/tasks/selection/only.ts';
import { describeOnly } from '../../support/described-tables.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { awsError } from '../../support/lambda-application.ts';
import { tableArn, tableDescription } from '../../support/table-description.ts';
import { NOW, taskEnvironment } from '../../support/task-environment.ts';

const RESTORE_POINT = '2026-11-22T03:14:07Z';
const ordinary = {
  restored: 100,
  live: 100,
  puts: 10,
  deletes: 5,
  unchanged: 90,
  selected: 105,
  leftAlone: 0,
  refused: 0,
  readUnits: 50,
  writeUnits: 30,
  indexWriteUnits: 40,
};
const restoreSummary = {
  SourceTableArn: tableArn('orders'),
  RestoreDateTime: new Date(RESTORE_POINT),
  RestoreInProgress: false,
};

const ledger = freshLedger();
beforeEach(async () => {
  await takeLock(own(), lockOf('run-1'), undefined);
  await openIncident(own(), RESTORE_POINT);
  await beginFreeze(own());
  describeOnly(ledger, ['orders']);
  describes('rewind-orders', { RestoreSummary: restoreSummary });
});

const lockOf = (executionArn: string, incidentId = 'bad-import') => ({
  incidentId,
  executionArn,
  acquiredAt: NOW,
  expiresAt: '2026-12-31T00:00:00Z',
});

/** Gives the lock to another execution. */
async function takeOver(executionArn: string, incidentId?: string): Promise<void> {
  await takeLock(own(), lockOf(executionArn, incidentId), await readLock(own()));
}

const own = () => ledgerOf(taskEnvironment(ledger), 'bad-import');

function describes(name: string, different?: TableDescription) {
  ledger.mock
    .on(DescribeTableCommand, { TableName: name })
    .resolves({ Table: tableDescription(name, different) });
}

const request = (planned: Partial<typeof ordinary> = {}, limits: object = {}) => ({
  incidentId: 'bad-import',
  run: 'run-1',
  restorePoint: RESTORE_POINT,
  limits,
  warnings: ['functions: blog-a goes on'],
  tables: [
    { name: 'orders', restoredName: 'rewind-orders', selection: 'all', planned: { ...ordinary, ...planned } },
  ],
});

async function selective(only: Only, planned: Partial<typeof ordinary>, limits: object = {}) {
  const asked = request(planned, limits);
  await saveSelection(own(), { run: asked.run, table: 'orders' }, only);
  return { ...asked, tables: asked.tables.map((table) => ({ ...table, selection: selectionMark(only) })) };
}

it('only checks before a person is asked, and keeps until when the answer is waited for', async () => {
  const asked = { ...request(), answerWithinHours: 4 };
  const environment = taskEnvironment(ledger);
  expect(await passGateHandler(asked, environment)).toMatchObject({ tables: [{ name: 'orders' }] });
  const incident = await readIncident(own());
  expect(incident).toMatchObject({ state: 'open', answerUntil: '2026-11-22T16:00:00.000Z' });

  await passGateHandler(request(), environment);
  expect(await readIncident(own())).toMatchObject({ state: 'writing', answerUntil: undefined });
});

/** Keeps what a segment's plan has counted. */
function keepPlan(of: { readonly segment: number; readonly run: string }, refusedBy: Item): Promise<void> {
  const { pk, sk } = resetRecordKey({ incidentId: 'bad-import', table: 'orders', mode: 'plan', ...of });
  const reckoning = { M: { refusedBy: { M: refusedBy } } };
  return ledger.put({ pk: { S: pk }, sk: { S: sk }, reckoning });
}

/** What the gate says in refusing; the ledger must not say that anything is being written. */
async function refusal(asked: object = request()): Promise<string> {
  const error = await passGateHandler(asked, taskEnvironment(ledger)).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  expect(error).toMatchObject({ name: 'GateRefused' });
  expect(await ledger.record('incident#bad-import', 'incident')).not.toHaveProperty('writingAt');
  return error?.message ?? '';
}

describe('the gate', () => {
  it('lets finished restores with a small change pass, and records that writing begins', async () => {
    await expect(passGateHandler(request(), taskEnvironment(ledger))).resolves.toMatchObject({
      passedAt: NOW,
    });
    expect(await ledger.record('incident#bad-import', 'incident')).toMatchObject({
      state: { S: 'writing' },
      writingAt: { S: NOW },
    });
  });

  it('lets no proof count from then on but that of the run that passes it', async () => {
    await passGateHandler(request(), taskEnvironment(ledger));
    expect(await markVerified(own(), 'run-2')).toBe(false);
    expect(await markVerified(own(), 'run-1')).toBe(true);
  });

  it('tells what was planned for each table, and what that is estimated to take', async () => {
    describes('orders', { TableSizeBytes: 2 ** 31, StreamSpecification: { StreamEnabled: true } });
    const { tables } = await passGateHandler(request(), taskEnvironment(ledger));
    expect(tables).toEqual([
      {
        name: 'orders',
        counts: ordinary,
        estimate: {
          changeShare: 0.15,
          deleteShare: 0.05,
          readUnits: 150,
          writeUnits: 30,
          indexWriteUnits: 40,
          streamRecords: 15,
          // Two restored gigabytes; the units cost less than a hundredth of a cent.
          dollars: 0.3001,
          // At the rates that a table on demand begins with.
          readSeconds: 0,
          writeSeconds: 0,
        },
      },
    ]);
  });

  it('reckons with the prices of the system', async () => {
    const environment = taskEnvironment(ledger, {
      system: { prices: { millionWriteUnits: 1_000_000, millionReadUnits: 0, restoredGigabyte: 0 } },
    });
    const { tables } = await passGateHandler(request(), environment);
    expect(tables[0]?.estimate.dollars).toBe(70);
  });

  it('lets the same incident pass again', async () => {
    const environment = taskEnvironment(ledger);
    await passGateHandler(request(), environment);
    environment.clock.advance(1000);
    await passGateHandler(request(), environment);
    expect(await ledger.record('incident#bad-import', 'incident')).toMatchObject({ writingAt: { S: NOW } });
  });

  it('minds neither the order of keys nor attributes that are no keys', async () => {
    const { KeySchema = [], AttributeDefinitions = [] } = tableDescription('any');
    describes('rewind-orders', {
      RestoreSummary: restoreSummary,
      KeySchema: KeySchema.toReversed(),
      AttributeDefinitions: [...AttributeDefinitions, { AttributeName: 'index', AttributeType: 'B' }],
    });
    await expect(passGateHandler(request(), taskEnvironment(ledger))).resolves.toMatchObject({
      passedAt: NOW,
    });
  });
});

describe('the copy of a sensitive table', () => {
  const withKey = (key: string): TableDescription => ({
    SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: key },
  });
  const environment = () =>
    taskEnvironment(ledger, {
      system: {
        tables: [{ name: 'orders', sensitive: true }],
        copyReaders: ['arn:aws:iam::123456789012:role/PlanSegment'],
      },
    });

  it('passes the gate with the key of the live one', async () => {
    describes('orders', withKey('arn:aws:kms:us-east-1:123456789012:key/1'));
    describes('rewind-orders', {
      RestoreSummary: restoreSummary,
      ...withKey('arn:aws:kms:us-east-1:123456789012:key/1'),
    });
    await expect(passGateHandler(request(), environment())).resolves.toBeDefined();
  });

  it.each<[string, TableDescription]>([
    ['another key', withKey('arn:aws:kms:us-east-1:123456789012:key/2')],
    ['a key that AWS owns', {}],
  ])('does not with %s', async (_, described) => {
    describes('orders', withKey('arn:aws:kms:us-east-1:123456789012:key/1'));
    describes('rewind-orders', { RestoreSummary: restoreSummary, ...described });
    await expect(passGateHandler(request(), environment())).rejects.toMatchObject({
      name: 'GateRefused',
      message: expect.stringContaining(
        'rewind-orders is not encrypted with the key of orders, which is sensitive',
      ),
    });
  });
});

describe('the gate refuses', () => {
  it.each<[string, TableDescription, string]>([
    ['is not ACTIVE', { TableStatus: 'CREATING' }, 'is not restored yet (CREATING)'],
    [
      'is still being restored',
      { RestoreSummary: { ...restoreSummary, RestoreInProgress: true } },
      'is not restored yet',
    ],
    [
      'is a restore of another table',
      { RestoreSummary: { ...restoreSummary, SourceTableArn: tableArn('clients') } },
      'rewind-orders is no restore of orders',
    ],
    ['is no restore at all', { RestoreSummary: undefined }, 'rewind-orders is no restore of orders'],
    [
      'was restored to another second',
      { RestoreSummary: { ...restoreSummary, RestoreDateTime: new Date('2026-11-22T03:14:08Z') } },
      'was restored to 2026-11-22T03:14:08.000Z, not to 2026-11-22T03:14:07.000Z',
    ],
    [
      'has another key',
      { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
      'the keys of rewind-orders (pk HASH S) are not those of orders (pk HASH S, sk RANGE N)',
    ],
    [
      'has a key of another type',
      {
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
      },
      'the keys of rewind-orders (pk HASH S, sk RANGE S)',
    ],
  ])('a restored table that %s', async (_, different, expected) => {
    describes('rewind-orders', { RestoreSummary: restoreSummary, ...different });
    expect(await refusal()).toContain(expected);
  });

  it('a live table that cannot be used', async () => {
    describes('orders', { TableStatus: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' });
    expect(await refusal()).toContain('tables[0]: orders is INACCESSIBLE_ENCRYPTION_CREDENTIALS, not ACTIVE');
  });

  it('a live table that gets another index, of which the plan may not have known', async () => {
    describes('orders', {
      TableStatus: 'UPDATING',
      GlobalSecondaryIndexes: [{ IndexName: 'by-state', IndexStatus: 'CREATING' }],
    });
    expect(await refusal()).toContain('tables[0]: orders is UPDATING, not ACTIVE; wait until it is');
  });

  it('no live table to which auto scaling gives more capacity: it stays available', async () => {
    describes('orders', {
      TableStatus: 'UPDATING',
      GlobalSecondaryIndexes: [{ IndexName: 'by-state', IndexStatus: 'UPDATING' }],
    });
    await expect(passGateHandler(request(), taskEnvironment(ledger))).resolves.toMatchObject({
      passedAt: NOW,
    });
  });

  it('tables that do not exist', async () => {
    ledger.mock
      .on(DescribeTableCommand, { TableName: 'rewind-orders' })
      .rejects(awsError('ResourceNotFoundException'));
    expect(await refusal()).toContain('tables[0].restoredName: rewind-orders does not exist');
  });

  it('a table outside the system, and a source that no restore of this system made', async () => {
    const tables = [
      { name: 'elsewhere', restoredName: 'rewind-orders', selection: 'all', planned: ordinary },
      { name: 'orders', restoredName: 'copy-of-orders', selection: 'all', planned: ordinary },
    ];
    const message = await refusal({ ...request(), tables });
    expect(message).toContain('tables[0].name: elsewhere is not under protection');
    expect(message).toContain('tables[1].restoredName: copy-of-orders was not made by a restore');
    expect(ledger.mock.commandCalls(DescribeTableCommand)).toEqual([]);
  });

  it('an empty restored table over a live one with items, unless that is allowed', async () => {
    const empty = { restored: 0, live: 40, puts: 0, deletes: 40, unchanged: 0 };
    expect(await refusal(request(empty))).toContain(
      'tables[0].planned: the restored table is empty while the live one has 40 items',
    );
    await expect(
      passGateHandler(request(empty, { allowEmpty: true }), taskEnvironment(ledger)),
    ).resolves.toMatchObject({ passedAt: NOW });
  });

  it('to delete more than half of a table unless told, with the figures', async () => {
    const half = { restored: 100, live: 150, puts: 0, deletes: 50, unchanged: 100 };
    const more = { ...half, live: 151, deletes: 51 };
    const message = await refusal(request(more));
    expect(message).toContain(
      'would delete 51.0% of the table, more than limits.maxDeleteShare (50.0%) allows',
    );
    expect(message).toContain('51 deletes for 100 restored and 151 live items');
    expect(message).toContain(
      '30 write units, up to 40 more for indexes, 0 stream records, about $0.00 in all',
    );
    await expect(passGateHandler(request(half), taskEnvironment(ledger))).resolves.toMatchObject({
      passedAt: NOW,
    });
    await expect(
      passGateHandler(request(more, { maxDeleteShare: 0.51 }), taskEnvironment(ledger)),
    ).resolves.toMatchObject({ passedAt: NOW });
  });

  it('to change more than the limit', async () => {
    expect(await refusal(request({ puts: 8, deletes: 3 }, { maxChangeShare: 0.1 }))).toContain(
      'would change 11.0% of the table, more than limits.maxChangeShare (10.0%) allows',
    );
  });

  it('a selection beyond the limits, which are shares of the whole table, with what it leaves alone', async () => {
    const planned = { puts: 10, deletes: 15, selected: 30, leftAlone: 7 };
    const limits = { maxChangeShare: 0.2, maxDeleteShare: 0.1 };
    const message = await refusal(
      await selective({ where: [{ attribute: 'a', exists: true }] }, planned, limits),
    );
    expect(message).toContain('would change 25.0% of the table, more than limits.maxChangeShare (20.0%)');
    expect(message).toContain('would delete 15.0% of the table, more than limits.maxDeleteShare (10.0%)');
    expect(message).toContain('live items, 30 selected, 7 others differ and stay; ');
  });

  it('a selection that selects nothing', async () => {
    const none = { puts: 0, deletes: 0, selected: 0, leftAlone: 15 };
    expect(await refusal(await selective({ partitionKey: { equals: 'secret' } }, none))).toMatch(
      /tables\[0\].planned: no item of either table is selected; check .* 'only', or leave the table out$/,
    );
  });

  it('to delete all that keys select, unless that is allowed', async () => {
    const all = { puts: 0, deletes: 4, selected: 4 };
    const byKey = { partitionKey: { equals: 'secret' } };
    expect(await refusal(await selective(byKey, all))).toContain(
      'tables[0].planned: the restored table has none of the 4 selected items of the live one',
    );
    for (const allowed of [
      () => selective(byKey, all, { allowEmpty: true }),
      () => selective(byKey, { ...all, selected: 5 }),
      // What a bad upload has marked as its own may all have to go.
      () => selective({ where: [{ attribute: 'upload', equals: 'secret' }] }, all),
      () => selective({ ...byKey, changedSince: { attribute: 'at', since: 1 } }, all),
    ])
      await expect(passGateHandler(await allowed(), taskEnvironment(ledger))).resolves.toMatchObject({
        passedAt: NOW,
      });
  });

  it('items that an index does not let in, with the index and how many of all segments it refuses', async () => {
    const segments: readonly Item[] = [
      { 'by-total': { N: '2' }, 'by-state': { N: '1' } },
      {},
      { 'by-total': { N: '3' } },
    ];
    for (const [segment, refusedBy] of segments.entries())
      await keepPlan({ segment, run: 'run-1' }, refusedBy);
    await keepPlan({ segment: 0, run: 'another-run' }, { 'by-total': { N: '90' } });
    expect(await refusal(request({ refused: 5 }))).toBe(
      'this run has written no live table; 1 fault:\n- tables[0].planned: 5 items that would be put do not fit the indexes of ' +
        'orders as they are today (by-state refuses 1, by-total refuses 5): an attribute that the index is keyed by ' +
        'has another type, is empty or is too long; delete these indexes and create them again after the recovery, ' +
        'or choose another restore point',
    );
  });

  it('no number of deletes when the limit is the whole table', async () => {
    const tripled = { restored: 100, live: 300, puts: 0, deletes: 200, unchanged: 100 };
    await expect(
      passGateHandler(request(tripled, { maxDeleteShare: 1 }), taskEnvironment(ledger)),
    ).resolves.toMatchObject({ passedAt: NOW });
  });

  it('all that is wrong with all tables at once', async () => {
    describes('orders', { TableStatus: 'ARCHIVED' });
    const message = await refusal(request({ deletes: 99 }, { maxChangeShare: 0.2 }));
    expect(message).toContain('orders is ARCHIVED');
    expect(message).toContain('would change 100.0%');
    expect(message).toContain('would delete 99.0%');
  });

  it('an incident that was never opened', async () => {
    expect(await refusal({ ...request(), incidentId: 'never-opened' })).toContain(
      'never-opened is unknown to the ledger; start it',
    );
  });

  it('an incident whose freeze is being lifted, or was never made', async () => {
    await beginThaw(own(), false);
    expect(await refusal()).toContain('the freeze of bad-import does not stand');
    await openIncident(ledgerOf(taskEnvironment(ledger), 'not-frozen'), RESTORE_POINT);
    expect(await refusal({ ...request(), incidentId: 'not-frozen' })).toContain(
      'the freeze of not-frozen does not stand',
    );
  });

  it.each([
    ['to pass', {}],
    ['before it asks', { answerWithinHours: 4 }],
  ])('a thaw that begins while it looks at the tables %s', async (_when, more) => {
    ledger.mock.on(DescribeTableCommand, { TableName: 'orders' }).callsFake(async () => {
      await beginThaw(own(), false);
      return { Table: tableDescription('orders') };
    });
    expect(await refusal({ ...request(), ...more })).toContain('the freeze of bad-import no longer stands');
  });

  it('another restore point than the incident was opened for', async () => {
    const other = { ...request(), restorePoint: '2026-11-22T03:00:00Z' };
    expect(await refusal(other)).toContain('restorePoint: bad-import was opened for 2026-11-22T03:14:07Z');
  });

  it('while another incident has the lock', async () => {
    await takeOver('run-1', 'other-thing');
    expect(await refusal()).toContain('lock: incident other-thing has taken it');
  });

  it('for an earlier run that is redriven, and which tables the later one has begun to write stands', async () => {
    await takeOver('run-2');
    const written = new Map([
      ['orders', 'all'],
      ['clients', 'all'],
    ]);
    await markWriting(own(), written, 'run');
    await expect(passGateHandler(request(), taskEnvironment(ledger))).rejects.toMatchObject({
      name: 'GateRefused',
      message: expect.stringContaining('lock: this execution does not hold the lock of bad-import; start'),
    });
    expect((await readIncident(own()))?.written).toEqual(Object.fromEntries(written));
  });

  it('an execution that has given the lock back', async () => {
    await dropLock(own(), 'run-1');
    expect(await refusal()).toContain('lock: this execution does not hold the lock of bad-import');
  });

  it.each([
    ['to pass', {}],
    ['before it asks', { answerWithinHours: 4 }],
  ])('a run that loses the lock while it looks at the tables %s', async (_when, more) => {
    ledger.mock.on(DescribeTableCommand, { TableName: 'orders' }).callsFake(async () => {
      await takeOver('run-2');
      return { Table: tableDescription('orders') };
    });
    expect(await refusal({ ...request(), ...more })).toContain('lock: this execution does not hold the lock');
    expect(await readIncident(own())).toMatchObject({ state: 'open', answerUntil: undefined });
  });

  it.each([
    ['to pass', {}],
    ['before it asks', { answerWithinHours: 4 }],
  ])('a call %s that comes when the tables are proven, whose proof stands', async (_when, more) => {
    await markWriting(own(), new Map(), 'run');
    await markVerified(own(), 'run');
    await expect(passGateHandler({ ...request(), ...more }, taskEnvironment(ledger))).rejects.toMatchObject({
      name: 'GateRefused',
    });
    expect(await readIncident(own())).toMatchObject({ state: 'verified', answerUntil: undefined });
    expect(await beginThaw(own(), false)).toBe(true);
  });

  it.each([
    ['being thawed', () => beginThaw(own(), false), 'the thaw of bad-import has begun'],
    [
      'closed',
      () => closeIncident(own()),
      'bad-import is closed, its recovery is complete and nothing is left to do; for another one use a new incident id',
    ],
  ])('an incident that is %s, without a write', async (_, happens, expected) => {
    await markWriting(own(), new Map(), 'run');
    await markVerified(own(), 'run');
    await happens();
    const updates = ledger.mock.commandCalls(UpdateItemCommand).length;
    await expect(passGateHandler(request(), taskEnvironment(ledger))).rejects.toMatchObject({
      name: 'GateRefused',
      message: expect.stringContaining(expected),
    });
    expect(ledger.mock.commandCalls(UpdateItemCommand)).toHaveLength(updates);
  });
});
