import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoredName } from '../../src/tasks/preflight/restored-name.ts';
import type { Item } from '../../src/tasks/item/item.ts';
import { LEDGER_TABLE, ledgerTable } from '../support/ledger-table.ts';
import { rewindCommand } from '../support/rewind-command.ts';

const { runBeside: status, remove } = rewindCommand('status');
const ledger = ledgerTable();
beforeAll(async () => {
  await ledger.open();
  const now = new Date().toISOString();
  const segment = (number: number, done: boolean): Item => ({
    pk: { S: 'incident#bad-upload' },
    sk: { S: `reset#0123#apply#shop-orders#${number}` },
    restoredTable: { S: 'rewind-shop-orders' },
    segments: { N: '3' },
    done: { BOOL: done },
    live: { M: { pk: { S: 'secret' } } },
    counts: {
      M: {
        restored: { N: '1000' },
        live: { N: '1500' },
        puts: { N: '20' },
        deletes: { N: '3' },
        unchanged: { N: '980' },
      },
    },
    pulse: {
      M: {
        at: { S: now },
        read: { N: '700.5' },
        write: { N: '20' },
        itemsPerSecond: { N: '50' },
        readPerSecond: { N: '14' },
        writePerSecond: { N: '2' },
      },
    },
  });
  const records: Item[] = [
    {
      pk: { S: 'incident#bad-upload' },
      sk: { S: 'incident' },
      state: { S: 'writing' },
      freeze: { S: 'standing' },
      restorePoint: { S: '2026-11-22T11:00:00Z' },
      openedAt: { S: now },
    },
    { pk: { S: 'incident#bad-upload' }, sk: { S: 'reset#0123#apply#shop-orders#0#delete#1#0' } },
    segment(0, true),
    segment(1, false),
    { pk: { S: 'frozen' }, sk: { S: 'half-thawed' }, frozenAt: { S: now } },
    {
      pk: { S: 'lock' },
      sk: { S: 'lock' },
      incidentId: { S: 'bad-upload' },
      executionArn: { S: 'arn:of:execution' },
      acquiredAt: { S: now },
      expiresAt: { S: now },
    },
  ];
  for (const record of records) await ledger.put(record);
});
afterAll(() => {
  remove();
  return ledger.close();
});

const tableNamed = (TableName: string) =>
  new CreateTableCommand({
    TableName,
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  });

const there = () => ['--ledger', LEDGER_TABLE, '--region', 'us-east-1', '--endpoint', ledger.endpoint()];

describe('rewind status', () => {
  it('shows for each table how far it has come and how fast it goes', async () => {
    const { code, stdout } = await status('bad-upload', ...there());
    expect(code).toBe(0);
    expect(stdout).toContain('writing: live tables may be half reset');
    expect(stdout).toContain('freeze         stands');
    expect(stdout).toContain('lock           held by arn:of:execution, since ');
    expect(stdout).toContain('whether that execution still runs could not be seen: ');
    expect(stdout).toContain('shop-orders: being reset, 1 of 3 segments done');
    expect(stdout).toContain('5,000 of about 7,500 items read; 40 puts, 6 deletes, 1,960 unchanged');
    expect(stdout).toContain('1,401 read and 40 write units so far');
    expect(stdout).toContain('now 50 items, 14 read and 2 write units a second; about 50 seconds left');
    expect(stdout).toContain('no restored table is left');
    expect(stdout).not.toContain('secret');
    expect(stdout).not.toContain('approval');
  });

  it('lists the restored tables that still exist, with size and age, and what to do about them', async () => {
    const copy = restoredName({
      table: 'shop-orders',
      incidentId: 'given-up',
      restorePoint: '2026-11-22T11:00:00Z',
      suffix: '-log',
    });
    for (const TableName of [copy, 'rewind-given-up-notes']) await ledger.engine.send(tableNamed(TableName));
    const record: Item = {
      pk: { S: 'incident#given-up' },
      sk: { S: 'incident' },
      state: { S: 'open' },
      restorePoint: { S: '2026-11-22T11:00:00Z' },
      openedAt: { S: '2026-11-22T12:00:00Z' },
    };
    await ledger.put(record);
    const { stdout } = await status('given-up', ...there());
    expect(stdout).toContain('1 restored tables exist, each a full copy of its table:');
    expect(stdout).toContain(`${copy}: of shop-orders, 0.00 GB, less than an hour old`);
    expect(stdout).toContain(
      'the next try of given-up uses them; if there will be none, delete each with: aws',
    );
    expect(stdout).not.toContain('notes');
  });

  it.each([
    ['half-thawed', 'freeze         is being lifted: a part may still be frozen'],
    ['all-thawed', 'freeze         lifted: everything was put back'],
  ])('tells whether anything of %s may still be frozen', async (id, words) => {
    await ledger.put({
      pk: { S: `incident#${id}` },
      sk: { S: 'incident' },
      state: { S: 'open' },
      freeze: { S: 'lifting' },
      restorePoint: { S: '2026-11-22T11:00:00Z' },
      openedAt: { S: '2026-11-22T12:00:00Z' },
    });
    expect((await status(id, ...there())).stdout).toContain(words);
  });

  it('gives the same as JSON', async () => {
    const { stdout } = await status('bad-upload', '--json', ...there());
    expect(JSON.parse(stdout)).toMatchObject({
      copies: [],
      holder: null,
      incidentId: 'bad-upload',
      incident: { state: 'writing', freeze: 'standing' },
      tables: [{ name: 'shop-orders', work: 'apply', segments: { done: 1, all: 3 }, secondsLeft: 50 }],
    });
  });

  it('says when the ledger knows no such incident, and what to check', async () => {
    const { code, stderr } = await status('other', ...there());
    expect(code).toBe(1);
    expect(stderr).toContain(`${LEDGER_TABLE} knows no incident other; check the id`);
  });

  it.each([
    [['BAD', '--ledger', 'shop-ledger'], '3 to 32 lower-case letters, digits and single hyphens'],
    [['bad-upload'], "required option '--ledger <table>' not specified"],
  ])('refuses %j, in words', async (args, words) => {
    const { code, stderr } = await status(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('looks on until the incident is closed', async () => {
    const closed: Item = {
      pk: { S: 'incident#long-ago' },
      sk: { S: 'incident' },
      state: { S: 'closed' },
      restorePoint: { S: '2026-11-22T11:00:00Z' },
      openedAt: { S: '2026-11-22T12:00:00Z' },
    };
    await ledger.put(closed);
    const { code, stdout } = await status('long-ago', '--watch', ...there());
    expect(code).toBe(0);
    expect(stdout).toContain('closed: thawed and reported');
    expect(stdout).toContain('no table is being compared yet');
    expect(stdout).toContain('held by arn:of:execution, for incident bad-upload, since');
  });
});
