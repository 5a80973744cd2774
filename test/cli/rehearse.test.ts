import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rewindCommand } from '../support/rewind-command.ts';

const { file, folder, run, remove } = rewindCommand('rehearse');
afterAll(remove);

const TABLE = { name: 'shop-orders', confirm: 'shop-orders' };
const SELECTIVE = { ...TABLE, only: { where: [{ attribute: 'note', equals: 'MIGRATED' }] } };
const request = (...tables: object[]) => ({
  incidentId: 'bad-upload',
  restorePoint: '2026-11-02T01:20:00Z',
  tables,
});

describe('rewind rehearse', () => {
  it('rehearses what a file asks for, some items of one table, behind a write fence', () => {
    const json = join(folder, 'selective.json');
    const asked = file('asked.json', request(SELECTIVE));
    const { status, stdout } = run(
      '--items',
      '200',
      '--damage',
      '0.4',
      '--request',
      asked,
      '--fence',
      '--json',
      json,
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /its container, which is no function, \d+ times by write fences; 0 writes got through/,
    );
    expect(stdout).toMatch(/table +read +put +deleted +unchanged +left alone +items now +equal/);
    expect(stdout).toContain(
      'RECOVERED: every item that was to be taken back is as it was at the restore point',
    );
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      succeeded: true,
      incidentId: 'bad-upload',
      tables: [{ name: 'shop-orders', selective: true, equal: true }],
      policies: [
        { frozen: 'Reports, RewindWriteFence' },
        { frozen: 'none' },
        { frozen: 'none' },
        { frozen: 'none' },
      ],
    });
  });

  it.each<[string, () => string[], string]>([
    [
      'a malformed selection',
      () => ['--request', file('fault.json', request({ ...TABLE, only: { where: [{ equals: 1 }] } }))],
      'tables.0.only.where.0.attribute: Invalid input',
    ],
    [
      'a restore point after the recovery',
      () => ['--request', file('late.json', { ...request(TABLE), restorePoint: '2026-11-02T02:00:00Z' })],
      '2026-11-02T02:00:00Z is in the future',
    ],
    [
      'a table of a file that the application does not have',
      () => ['--request', file('unknown.json', request({ name: 'shop-carts', confirm: 'shop-carts' }))],
      'the rehearsed application has no table shop-carts; it has shop-orders, shop-readings',
    ],
    ['such a table of its own option', () => ['--tables', 'shop-carts'], 'has no table shop-carts'],
    ['a fence on a table that there is not', () => ['--fence', 'shop-carts'], 'has no table shop-carts'],
    [
      'a fence on a table that is not taken back',
      () => ['--tables', 'shop-orders', '--fence', 'shop-orders', 'shop-counters'],
      '--fence shop-counters: only tables that are taken back are fenced',
    ],
    [
      'a file beside other options of the request',
      () => ['--request', file('both.json', request(TABLE)), '--tables', 'shop-orders'],
      '--request has the whole request; leave the other options of it out',
    ],
  ])('refuses %s, in words', (_what, args, words) => {
    const { status, stderr } = run(...args());
    expect(status).toBe(2);
    expect(stderr).toContain(words);
  });
});
