import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIncident } from '../../src/tasks/ledger/incident-record.ts';
import type { Ledger } from '../../src/tasks/ledger/ledger.ts';
import { putDocument } from '../../src/tasks/ledger/document-record.ts';
import { makeReport } from '../../src/tasks/report/make-report.ts';
import { functionArn } from '../support/lambda-application.ts';
import { incidentRun } from '../support/incident-run.ts';
import { LEDGER_TABLE, ledgerTable } from '../support/ledger-table.ts';
import { rewindCommand } from '../support/rewind-command.ts';

const report = makeReport(
  { ...incidentRun, execution: 'arn:of:<b>execution</b>' },
  {
    functions: (['thawed', 'gone'] as const).map((state) => ({
      name: `shop-${state}`,
      arn: functionArn(`shop-${state}`),
      timeoutSeconds: 60,
      reads: false,
      before: 25,
      state,
      savedAt: '2026-11-22T09:00:30.000Z',
      settledAt: '2026-11-22T11:55:00.000Z',
    })),
    mappings: [],
    pipes: [],
    rules: [],
    schedules: [],
    provisioned: [],
  },
  { openedAt: '2026-11-22T01:00:00.000Z', finishedAt: '2026-11-22T12:00:00.000Z' },
);

const { folder, runBeside: run, remove } = rewindCommand('report');
const ledger = ledgerTable();
beforeAll(async () => {
  await ledger.open();
  const of = (incidentId: string): Ledger => ({
    dynamodb: ledger.engine,
    table: LEDGER_TABLE,
    incidentId,
    now: () => '2026-11-22T12:00:00.000Z',
  });
  await putDocument(of('bad-import'), 'report', report);
  await putDocument(of('drill-1'), 'report', { drillId: 'drill-1' });
  await openIncident(of('under-way'), incidentRun.restorePoint);
});
afterAll(() => {
  remove();
  return ledger.close();
});

const there = () => ['--ledger', LEDGER_TABLE, '--region', 'us-east-1', '--endpoint', ledger.endpoint()];

describe('rewind report', () => {
  it('tells the outcome first, then what is left to do', async () => {
    const { code, stdout } = await run('bad-import', ...there());
    expect(code).toBe(0);
    expect(stdout).toMatch(/^RECOVERED: bad-import, its table is as at 2026-11-22T03:14:07Z, proven/);
    expect(stdout.indexOf('Left to do')).toBeLessThan(stdout.indexOf('Phases'));
    expect(stdout).toContain('stood still  2 h 54 min 30 s, from 2026-11-22T09:00:30.000Z');
    expect(stdout).toContain('not the first run of the incident');
    expect(stdout).toContain(
      'Drain, and proof of quiet: 15 min 1 s, planned 15 min 0 s, from 2026-11-22T09:01:00.000Z',
    );
    expect(stdout).toContain('orders: 3 put, 2 deleted, 7 unchanged; 10 items proven');
  });

  it('writes the whole report as JSON', async () => {
    const file = join(folder, 'report.json');
    await run('bad-import', ...there(), '--json', file);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(report);
  });

  it('writes a page that needs nothing else and takes no text for markup', async () => {
    const file = join(folder, 'report.html');
    await run('bad-import', ...there(), '--html', file);
    const page = readFileSync(file, 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toMatch(/<p class="outcome">\s*RECOVERED: bad-import/);
    expect(page).not.toMatch(/<script|<link|<img|url\(|https?:/);
    expect(page).toContain('arn:of:&#60;b&#62;execution');
    expect(page).toContain('@media print');
    expect(page).toContain('prefers-color-scheme: dark');
    // What is not as it was comes first.
    expect(page).toMatch(/shop-gone<\/td>[^]*NO<\/strong>[^]*shop-thawed<\/td>/);
    // Of three hours the reset began after 33 minutes and took 87.
    expect(page).toMatch(/<td>Reset<\/td>[^]*?style="margin-left: 18\.33%; width: 48\.33%"/);
    for (const { text } of report.followUps) expect(page).toContain(text.replaceAll("'", '&#39;'));
  });

  it.each([
    ['other', `${LEDGER_TABLE} knows no incident other; check the id`],
    [
      'under-way',
      'incident under-way is open, and is reported when it is closed; until then look at: rewind status',
    ],
    ['drill-1', 'what the ledger keeps is no report of a recovery, but of a drill'],
  ])('says why there is none of %s', async (incident, words) => {
    const file = join(folder, 'none.json');
    const { code, stderr } = await run(incident, ...there(), '--json', file);
    expect(code).toBe(1);
    expect(stderr).toContain(words);
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    [['BAD', '--ledger', 'shop-ledger'], '3 to 32 lower-case letters, digits and single hyphens'],
    [['bad-upload'], "required option '--ledger <table>' not specified"],
  ])('refuses %j, in words', async (args, words) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('tells in its help where the schema is', async () => {
    const { stdout } = await run('--help');
    expect(stdout).toContain('--html <file>');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('disasterRecovery/report.schema.json');
  });
});
