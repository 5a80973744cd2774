import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/rehearsal/progress.ts';
import { rehearse } from '../../src/rehearsal/rehearse.ts';
import { type Asked, rehearsedRequest } from '../../src/rehearsal/rehearsed-request.ts';

const small = { seed: 3, items: 300, damage: 0.2 };

describe('a rehearsal', () => {
  it('takes a damaged application back, byte for byte, and proves it', async () => {
    const told: Progress[] = [];
    const report = await rehearse({ ...small, onProgress: (progress) => told.push(progress) });
    expect(report).toMatchObject({ succeeded: true, status: 'SUCCEEDED', frozen: true });
    expect(report.tables.map(({ name, equal }) => [name, equal])).toEqual([
      ['shop-orders', true],
      ['shop-readings', true],
      ['shop-documents', true],
      ['shop-counters', true],
    ]);
    const changed = report.tables.reduce((sum, table) => sum + table.puts + table.deletes, 0);
    expect(report.writesByRecovery).toBe(changed);
    expect(changed).toBeLessThan(300);
    expect(report.application.refused).toBeGreaterThan(0);
    expect(report.application.writesWhileFrozen).toBe(0);
    expect(told.map(({ phase, text }) => `${phase}: ${text}`)).toEqual(
      expect.arrayContaining([
        'freeze: at rest: 40 functions, 12 event-source mappings, 2 pipes, 3 rules, 2 schedules',
        'thaw: put back: 40 functions, 12 event-source mappings, 2 pipes, 3 rules, 2 schedules',
      ]),
    );
    expect([...new Set(told.map(({ phase }) => phase))]).toEqual([
      'install',
      'damage',
      'preflight',
      'freeze',
      'prepare',
      'restore',
      'gate',
      'reset',
      'verify',
      'thaw',
      'clean up',
    ]);
  });

  it('freezes every function of the application, a former 0 included, and puts each back', async () => {
    const { functions, eventSourceMappings } = await rehearse(small);
    const own = functions.filter(({ name }) => name.startsWith('shop-rewind-'));
    const application = functions.filter(
      ({ name }) => name.startsWith('shop-') && !name.startsWith('shop-rewind-'),
    );
    expect(application).toHaveLength(40);
    for (const { frozen, before, after } of application) {
      expect(frozen).toBe('0');
      expect(after).toBe(before);
    }
    expect(new Set(application.map(({ before }) => before))).toContain('0');
    expect(new Set(application.map(({ before }) => before))).toContain('none');
    for (const { frozen, before } of own) expect(frozen).toBe(before);
    expect(functions.find(({ name }) => name === 'billing-invoice')).toMatchObject({
      frozen: '3',
      after: '3',
    });
    expect(eventSourceMappings.map(({ frozen }) => frozen)).toEqual(Array(12).fill('Disabled'));
    expect(eventSourceMappings.filter(({ after }) => after === 'Disabled')).toHaveLength(3);
  });

  it('pauses the pipes, rules and schedules of the application, and puts back those that were on', async () => {
    const request = rehearsedRequest({ tables: ['shop-counters'] });
    const { succeeded, pipes, rules, schedules } = await rehearse({ ...small, request });
    expect(succeeded).toBe(true);
    const told = [...pipes, ...rules, ...schedules].map(({ name, before, frozen, after, equal }) => {
      expect([after, equal]).toEqual([before, true]);
      return [name, before, frozen];
    });
    expect(told).toEqual([
      ['shop-mails', 'RUNNING', 'STOPPED'],
      ['shop-archive', 'STOPPED', 'STOPPED'],
      ['billing-ledger', 'RUNNING', 'RUNNING'],
      ['default/shop-nightly', 'ENABLED', 'DISABLED'],
      ['shop-bus/orders', 'ENABLED', 'DISABLED'],
      ['shop-bus/returns', 'DISABLED', 'DISABLED'],
      ['default/billing-nightly', 'ENABLED', 'ENABLED'],
      ['shop/bills', 'ENABLED', 'DISABLED'],
      ['shop/stocktaking', 'DISABLED', 'DISABLED'],
      ['billing/bills', 'ENABLED', 'ENABLED'],
    ]);
  });

  it('gives the same run for the same seed, and another for another', async () => {
    const lasting = async (seed: number) => {
      const { damage, tables, virtualSeconds } = await rehearse({ ...small, seed });
      return { damage, tables, virtualSeconds };
    };
    const first = await lasting(5);
    expect(await lasting(5)).toEqual(first);
    expect((await lasting(6)).damage).not.toEqual(first.damage);
  });

  it.each([0, 1])('recovers from a damage of %d', async (damage) => {
    await expect(rehearse({ ...small, damage })).resolves.toMatchObject({ succeeded: true });
  });

  it('takes back only the tables that are asked for', async () => {
    const report = await rehearse({ ...small, request: rehearsedRequest({ tables: ['shop-counters'] }) });
    expect(report.succeeded).toBe(true);
    expect(report.tables.map(({ name }) => name)).toEqual(['shop-counters']);
  });

  it('takes back only the selected items of a table, and proves that every other one stays as it was', async () => {
    const only = { where: [{ attribute: 'note', equals: 'MIGRATED' }] };
    const whole = rehearsedRequest({ tables: ['shop-orders', 'shop-counters'] });
    const [orders, counters] = whole.tables;
    const tables = [{ ...orders!, only }, counters!];
    const report = await rehearse({ ...small, damage: 0.4, request: { ...whole, tables } });
    expect(report).toMatchObject({ succeeded: true });
    expect(report.tables).toMatchObject([
      { name: 'shop-orders', selective: true, equal: true, deletes: 0 },
      { name: 'shop-counters', selective: false, equal: true, leftAlone: 0 },
    ]);
    // What the bad upload deleted and added bears no mark, and stays deleted and added.
    expect(report.tables[0]?.puts).toBeGreaterThan(0);
    expect(report.tables[0]?.leftAlone).toBeGreaterThan(0);
  });

  it('fences tables, so that what no freeze stops cannot write either, and puts each policy back to the letter', async () => {
    const request = rehearsedRequest({ tables: ['shop-orders', 'shop-counters', 'shop-readings'] });
    const report = await rehearse({ ...small, request, fenced: ['shop-orders', 'shop-counters'] });
    expect(report).toMatchObject({ succeeded: true, application: { writesWhileFrozen: 0 } });
    expect(report.application.refusedByFences).toBeGreaterThan(10);
    expect(report.policies).toEqual([
      {
        name: 'shop-orders',
        before: 'Reports',
        frozen: 'Reports, RewindWriteFence',
        after: 'Reports',
        equal: true,
      },
      { name: 'shop-readings', before: 'none', frozen: 'none', after: 'none', equal: true },
      { name: 'shop-documents', before: 'none', frozen: 'none', after: 'none', equal: true },
      { name: 'shop-counters', before: 'none', frozen: 'RewindWriteFence', after: 'none', equal: true },
    ]);
  });

  it.each<[string, Asked, RegExp]>([
    ['an unparseable restore point', { restorePoint: 'yesterday' }, /input.restorePoint must be a second/],
    ['a day that does not exist', { restorePoint: '2026-02-30T00:00:00Z' }, /restorePoint/],
    ['a restore point before the window', { restorePoint: '2026-11-01T00:00:00Z' }, /outside what can be/],
    ['a restore point in the future', { restorePoint: '2027-11-01T00:00:00Z' }, /restorePoint/],
    ['a wrong confirmation', { confirm: 'shop-orders' }, /tables\[1\].confirm/],
    ['an unknown table', { tables: ['shop-nothing'] }, /shop-nothing is not under protection/],
    ['no tables', { tables: [] }, /input.tables must have at least 1/],
    ['a malformed incident id', { incidentId: 'Bad!' }, /input.incidentId must be/],
  ])('refuses %s before anything is touched', async (_what, asked, words) => {
    const report = await rehearse({ ...small, items: 50, request: rehearsedRequest(asked) });
    expect(report).toMatchObject({ succeeded: false, status: 'FAILED', frozen: false, writesByRecovery: 0 });
    expect(report.cause).toMatch(words);
    expect(report.functions.every(({ before, after }) => before === after)).toBe(true);
  });
});
