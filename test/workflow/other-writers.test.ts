import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ledgerTable, type LedgerTable } from '../support/ledger-table.ts';
import { recoveryWorld, type Disaster } from '../support/recovery-world.ts';
import { sensitiveItems } from '../support/sensitive-items.ts';
import { tableArn } from '../support/table-description.ts';

let ledger: LedgerTable;
beforeAll(async () => {
  ledger = await ledgerTable();
});
beforeEach(() => ledger.reset());
afterAll(() => ledger.close());

const content = { good: sensitiveItems(10, 12), damaged: sensitiveItems(11, 13, 'spoilt') };
const shop = (given: Partial<Disaster> = {}) =>
  recoveryWorld(ledger, { tables: { orders: content, clients: content }, ...given });

const warningsOf = (report: unknown) => (report as { warnings: string[] }).warnings;

describe('who may write although the application is frozen', () => {
  it('is named in the question for approval and in the report, and hinders nothing', async () => {
    const world = shop({
      functions: { 'shop-orders': {}, search: {} },
      mappings: {
        'uuid-search': {
          function: 'search',
          state: 'Enabled',
          source: `${tableArn('orders')}/stream/2026-01-01T00:00:00.000`,
        },
      },
    });
    world.table('clients').described.Replicas = [{ RegionName: 'eu-west-1' }];
    world.person.asked = () =>
      void world.clock.schedule(world.clock.now() + 60_000, () => world.person.answer('Yes'));

    const { status, output } = await world.run({ approval: true });

    expect(status).toBe('SUCCEEDED');
    const warnings = warningsOf(output);
    expect(warnings).toEqual([
      expect.stringContaining('the stream of orders feeds search'),
      expect.stringContaining('clients has replicas (eu-west-1)'),
      expect.stringContaining('functions: 1 of this account and region are not in scope and go on (search)'),
    ]);
    for (const warning of warnings) expect(world.person.messages[0]?.Message).toContain(`\n${warning}\n`);
    expect(JSON.stringify(await ledger.records())).toContain('the stream of orders feeds search');
  });
});

describe('a recovery group', () => {
  const system = { groups: [['orders', 'clients']] };
  const tables = [{ name: 'orders', confirm: 'orders' }];

  it('is taken back whole', async () => {
    const { status, output } = await shop({ system }).run();
    expect(status).toBe('SUCCEEDED');
    expect(warningsOf(output)).toEqual([]);
  });

  it('is not taken back in part, with nothing touched', async () => {
    const result = await shop({ system }).run({ tables });
    expect(result).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
    expect(result.cause).toContain('tables: orders in one recovery group with clients, which the request');
    expect(await ledger.records()).toEqual([]);
  });

  it('is taken back in part when that is forced, and the report says so', async () => {
    const world = shop({ system });
    const { status, output } = await world.run({ tables, forcePartialGroup: true });
    expect(status).toBe('SUCCEEDED');
    expect(warningsOf(output)).toEqual([
      expect.stringContaining('orders in one recovery group with clients, which stay as they are'),
    ]);
    expect(world.table('clients').items).toEqual(content.damaged);
  });

  it('does not concern a table of no group', async () => {
    const world = shop({ system: { groups: [['clients', 'others']] } });
    expect(await world.run({ tables })).toMatchObject({ status: 'SUCCEEDED' });
  });
});
