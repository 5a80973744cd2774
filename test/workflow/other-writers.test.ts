import { describe, expect, it } from 'vitest';
import { freshLedger } from '../support/fresh-ledger.ts';
import { awsError, functionArn } from '../support/lambda-application.ts';
import { recoveryWorld, type Disaster } from '../support/recovery-world.ts';
import { sensitiveItems } from '../support/sensitive-items.ts';
import { tableArn } from '../support/table-description.ts';

const ledger = freshLedger();

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
      expect.stringContaining('functions: 1 of this account and region are not in scope and go on (search)'),
      expect.stringContaining('the stream of orders feeds search'),
      expect.stringContaining('clients has replicas (eu-west-1)'),
    ]);
    for (const warning of warnings) expect(world.person.messages[0]?.Message).toContain(`\n${warning}\n`);
    expect(JSON.stringify(await ledger.records())).toContain('the stream of orders feeds search');
  });
});

describe('what EventBridge does meanwhile', () => {
  it('is named in the warnings, and what was missed in the follow-ups', async () => {
    const world = shop({
      events: {
        pipes: [{ Name: 'mails', Source: 'arn:of:a:queue', Target: functionArn('shop-orders') }],
        schedules: [
          { Name: 'nightly', GroupName: 'default', Target: { Arn: functionArn('shop-orders') } },
          {
            Name: 'purge',
            GroupName: 'default',
            Target: { Arn: 'arn:aws:scheduler:::aws-sdk:dynamodb:putItem' },
          },
        ],
      },
    });
    const { status, output } = await world.run();
    expect(status).toBe('SUCCEEDED');
    expect(warningsOf(output)).toEqual([
      expect.stringContaining('the pipes mails (EventBridge Pipes) call functions in scope'),
      expect.stringContaining('the schedules default/nightly (EventBridge Scheduler) start functions'),
      expect.stringContaining('the schedules default/purge (EventBridge Scheduler) call DynamoDB'),
    ]);
    expect(output).toMatchObject({
      followUps: expect.arrayContaining([
        {
          code: 'repeatSchedules',
          text: expect.stringContaining('start frozen functions: default/nightly;'),
        },
      ]),
    });
  });

  it('is not known where it may not be seen, and hinders nothing', async () => {
    const world = shop();
    world.journal.before = ({ operation }) => {
      if (['ListPipes', 'ListSchedules', 'DescribeKinesisStreamingDestination'].includes(operation))
        throw awsError('AccessDeniedException');
    };
    const { status, output } = await world.run();
    expect(status).toBe('SUCCEEDED');
    expect(warningsOf(output)).toEqual([
      expect.stringContaining('the Kinesis streams of orders, clients could not be looked at'),
      expect.stringContaining('pipes (EventBridge Pipes) could not be looked at'),
      expect.stringContaining('schedules (EventBridge Scheduler) could not be looked at'),
    ]);
  });
});

describe('a scope of tags', () => {
  const system = {
    functions: { names: [], tags: [{ key: 'app', value: 'shop' }], stacks: ['ShopStack'], exclude: [] },
  };
  const tagged = () => ({
    orders: { tags: { app: 'shop' }, reserved: 25 },
    mail: { tags: { 'aws:cloudformation:stack-name': 'ShopStack' } },
    blog: {},
  });

  it('is frozen and put back whole, with what has lost its tag or got it meanwhile', async () => {
    const world = shop({ system, functions: tagged() });
    world.beforeTask = (name) => {
      if (name !== 'CheckUndoable') return;
      delete world.functions.get('orders')?.tags;
      Object.assign(world.functions.get('blog') ?? {}, { tags: { app: 'shop' } });
    };
    const { status, output } = await world.run();
    expect(status).toBe('SUCCEEDED');
    const stopped = world.journal
      .of('PutFunctionConcurrency')
      .filter(({ input }) => input.ReservedConcurrentExecutions === 0)
      .map(({ input }) => input.FunctionName);
    expect(stopped).toEqual(['orders', 'mail', 'blog']);
    expect(output).toMatchObject({ functions: 3 });
    expect([...world.functions].map(([name, { reserved }]) => [name, reserved])).toEqual([
      ['orders', 25],
      ['mail', undefined],
      ['blog', undefined],
    ]);
  });

  it('is refused with all other faults when a tag or a stack names nothing', async () => {
    const functions = { orders: { tags: { app: 'shop' } } };
    const result = await shop({ system, functions }).run({ restorePoint: '2026-11-23T00:00:00Z' });
    expect(result).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
    expect(result.cause).toContain('which is in the future');
    expect(result.cause).toContain('functions: the stack ShopStack names nothing');
    expect(await ledger.records()).toEqual([]);
  });

  it('ends a recovery before the first write when it can no longer be seen', async () => {
    const world = shop({ system, functions: tagged() });
    const before = world.settings();
    world.journal.before = ({ operation }) => {
      const asked = world.journal.of('GetResources').length;
      if (operation === 'GetResources' && asked > 4) throw awsError('AccessDeniedException');
    };
    const result = await world.run();
    expect(result).toMatchObject({ status: 'FAILED', error: 'FreezeIncomplete' });
    expect(result.cause).toContain('tag:GetResources AccessDeniedException');
    expect(result.cause).toContain('[undone: frozen, locked]');
    expect(world.settings()).toEqual(before);
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
