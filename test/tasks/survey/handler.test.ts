import {
  DescribeGlobalTableCommand,
  DescribeKinesisStreamingDestinationCommand,
  DescribeTableCommand,
} from '@aws-sdk/client-dynamodb';
import { GetFunctionCommand, GetPolicyCommand } from '@aws-sdk/client-lambda';
import { ListPipesCommand } from '@aws-sdk/client-pipes';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { ListSchedulesCommand } from '@aws-sdk/client-scheduler';
import { beforeEach, describe, expect, it } from 'vitest';
import { freezeHandler } from '../../../src/tasks/freeze/handler.ts';
import type { RecoverySystem } from '../../../src/tasks/recovery-system.ts';
import { markFrozen, unmarkFrozen } from '../../../src/tasks/ledger/frozen-mark.ts';
import { beginFreeze, beginThaw, markWriting } from '../../../src/tasks/ledger/incident-record.ts';
import { surveyHandler } from '../../../src/tasks/survey/handler.ts';
import { incident, openBadImport } from '../../support/bad-import.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { awsError, functionArn } from '../../support/lambda-application.ts';
import { shop } from '../../support/shop.ts';
import { tableArn, tableDescription } from '../../support/table-description.ts';

const request = { incidentId: 'bad-import', tables: ['orders', 'clients', 'orders'] };

const ledger = freshLedger();
beforeEach(() => {
  for (const name of ['orders', 'clients'])
    ledger.mock
      .on(DescribeTableCommand, { TableName: name })
      .resolves({ Table: tableDescription(name) })
      .on(DescribeKinesisStreamingDestinationCommand, { TableName: name })
      .resolves({ TableName: name, KinesisDataStreamDestinations: [] })
      .on(DescribeGlobalTableCommand, { GlobalTableName: name })
      .rejects(awsError('GlobalTableNotFoundException'));
});

const around = (contents: Partial<Parameters<typeof shop>[1]> = {}) =>
  shop(ledger, {
    functions: { 'shop-a': {} },
    mappings: {
      'uuid-1': { function: 'shop-a', state: 'Enabled' },
      'uuid-2': { function: 'blog-a', state: 'Enabled' },
    },
    ...contents,
  });

const scopeOf = (functions: Partial<RecoverySystem['functions']>) => ({
  functions: { names: [], exclude: [], ...functions },
});

describe('a survey', () => {
  it('refuses a replica of a global table of the legacy version, which could never be proven', async () => {
    ledger.mock.on(DescribeGlobalTableCommand, { GlobalTableName: 'orders' }).resolves({
      GlobalTableDescription: {
        ReplicationGroup: [{ RegionName: 'us-east-1' }, { RegionName: 'eu-west-1' }],
      },
    });
    const { faults } = await surveyHandler(request, around().environment);
    expect(faults).toEqual([
      expect.stringMatching(/^tables: orders is a replica .* version 2017\.11\.29 \(Legacy\).*upgrade it/),
    ]);
  });

  it('knows a table apart whose name a global table of other regions has', async () => {
    ledger.mock.on(DescribeGlobalTableCommand, { GlobalTableName: 'orders' }).resolves({
      GlobalTableDescription: {
        ReplicationGroup: [{ RegionName: 'eu-central-1' }, { RegionName: 'eu-west-1' }],
      },
    });
    expect((await surveyHandler(request, around().environment)).faults).toEqual([]);
  });

  it.each(['UnknownOperationException', 'ValidationException'])(
    'knows that there is no legacy version where DynamoDB answers %s',
    async (name) => {
      ledger.mock.on(DescribeGlobalTableCommand).rejects(awsError(name));
      const { faults, warnings } = await surveyHandler(request, around().environment);
      expect(faults).toEqual([]);
      expect(warnings.filter((line) => line.includes('version of global tables'))).toEqual([]);
    },
  );

  it('asks nothing about a replica of the current version', async () => {
    ledger.mock.on(DescribeTableCommand).callsFake(({ TableName }) => ({
      Table: tableDescription(TableName, { GlobalTableVersion: '2019.11.21' }),
    }));
    expect((await surveyHandler(request, around().environment)).faults).toEqual([]);
    expect(ledger.mock.commandCalls(DescribeGlobalTableCommand)).toEqual([]);
  });

  it('tells of tables whose version it may not see', async () => {
    ledger.mock.on(DescribeGlobalTableCommand).rejects(awsError('AccessDeniedException'));
    const { faults, warnings } = await surveyHandler(request, around().environment);
    expect(faults).toEqual([]);
    expect(warnings).toContainEqual(
      expect.stringMatching(
        /^tables: the version of global tables of orders, clients could not be looked at/,
      ),
    );
  });

  it('tells of durable functions in scope, whose executions outlast the freeze, and of no others', async () => {
    const functions = { 'shop-a': {}, 'shop-flow': { durable: true }, 'blog-flow': { durable: true } };
    const { warnings } = await surveyHandler(request, around({ functions }).environment);
    expect(warnings.filter((line) => line.includes('durable'))).toEqual([
      expect.stringMatching(/^functions: shop-flow are durable: their executions that wait stand still/),
    ]);
  });

  it('tells of functions in scope on Lambda Managed Instances, each once, and of no others', async () => {
    const functions = {
      'shop-a': { versions: [60] },
      'shop-fast': { onManagedInstances: true, versions: [60, 90] },
      'blog-fast': { onManagedInstances: true },
    };
    const { warnings, functions: counted } = await surveyHandler(request, around({ functions }).environment);
    expect(warnings.filter((line) => line.includes('Managed Instances'))).toEqual([
      expect.stringMatching(/^functions: shop-fast run on Lambda Managed Instances, and AWS does not say/),
    ]);
    expect(counted).toBe(2);
  });

  describe('with a topic of the failures', () => {
    const topic = 'arn:aws:sns:us-east-1:123456789012:failures';
    const other = 'arn:aws:sns:us-east-1:123456789012:orders';
    const functions = {
      'shop-a': {},
      'shop-orders': { callers: [other] },
      'shop-chat': { callers: [other, topic] },
      'blog-chat': { callers: [topic] },
    };
    const system = { noticeTopic: topic };
    const ofTopic = (warnings: readonly string[]) => warnings.filter((line) => line.includes('the topic of'));

    it('tells of those in scope that the topic calls, and how they are left out of the freeze', async () => {
      const { warnings } = await surveyHandler(request, around({ functions, system }).environment);
      expect(ofTopic(warnings)).toEqual([
        expect.stringMatching(
          /^functions: the topic of the failures calls arn:aws:lambda:us-east-1:123456789012:function:shop-chat, .*functions.exclude/,
        ),
      ]);
    });

    it('tells nothing once they are left out', async () => {
      const exclude = [functionArn('shop-chat')];
      const left = { ...system, functions: { prefix: 'shop-', names: [], exclude } };
      const { warnings } = await surveyHandler(request, around({ functions, system: left }).environment);
      expect(ofTopic(warnings)).toEqual([]);
    });

    it('says what it may not see, and refuses nothing for it', async () => {
      const { environment, lambda } = around({ functions, system });
      lambda.on(GetPolicyCommand).rejects(awsError('AccessDeniedException'));
      const { warnings, faults } = await surveyHandler(request, environment);
      expect(ofTopic(warnings)).toEqual([
        expect.stringContaining('(lambda:GetPolicy: AccessDeniedException)'),
      ]);
      expect(faults).toEqual([]);
    });

    it('asks no function for its policy when there is none', async () => {
      const { environment, lambda } = around({ functions });
      await surveyHandler(request, environment);
      expect(lambda.commandCalls(GetPolicyCommand)).toEqual([]);
    });
  });

  it('counts what a freeze would stop, and tells what it would not', async () => {
    const functions = { 'shop-a': {}, 'shop-b': { reserved: 0 }, 'shop-c': { reserved: 5 }, 'blog-a': {} };
    await expect(surveyHandler(request, around({ functions }).environment)).resolves.toEqual({
      faults: [],
      warnings: [
        expect.stringMatching(
          /^functions: 1 of this account and region are not in scope and go on \(blog-a\); /,
        ),
        expect.stringMatching(/^functions: 1 in scope has reserved concurrency 0 already \(shop-b\), /),
      ],
      functions: 3,
      alreadyAtZero: 1,
      eventSourceMappings: 1,
      missedSchedules: { names: [], more: 0 },
    });
  });

  it('touches nothing: it lists, gets and describes', async () => {
    const { environment, lambda } = around();
    await surveyHandler(request, environment);
    expect(await ledger.records()).toEqual([]);
    const names = lambda.calls().map(({ args }) => args[0].constructor.name);
    expect(names.filter((name) => !/^(List|Get)/.test(name))).toEqual([]);
  });

  it('does not count a function that this incident itself has frozen as at 0 before', async () => {
    const { environment } = around({
      functions: { 'shop-a': { reserved: 25 }, 'shop-b': { reserved: 0 } },
    });
    await openBadImport(ledger);
    await freezeHandler(incident, environment);
    await expect(surveyHandler(request, environment)).resolves.toMatchObject({
      functions: 2,
      alreadyAtZero: 1,
      warnings: [expect.stringContaining('(shop-b), to which a thaw puts them back')],
    });
  });

  it('names some of many functions that are at 0 before, and counts the others', async () => {
    const functions = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`shop-${String(index).padStart(3, '0')}`, { reserved: 0 }]),
    );
    const { warnings, alreadyAtZero } = await surveyHandler(request, around({ functions }).environment);
    expect(alreadyAtZero).toBe(300);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^functions: 300 in scope have .*shop-000, .*shop-009 and 290 more.*another deployment of Rewind stands.*or they stay at 0$/,
      ),
    ]);
  });

  it('counts a function that this incident has frozen and that has lost its tag since', async () => {
    const { environment, functions } = around({
      functions: { orders: { tags: { app: 'shop' } }, mail: { tags: { app: 'shop' } } },
      system: scopeOf({ tags: [{ key: 'app', value: 'shop' }] }),
    });
    await openBadImport(ledger);
    await freezeHandler(incident, environment);
    functions.set('orders', { reserved: 0 });
    await expect(surveyHandler(request, environment)).resolves.toMatchObject({
      faults: [],
      warnings: [],
      functions: 2,
      alreadyAtZero: 0,
    });
  });

  it('finds a fault in a function that its role may not look at', async () => {
    const { environment, lambda } = around({ functions: { 'shop-a': {}, 'shop-b': {} } });
    lambda.on(GetFunctionCommand, { FunctionName: 'shop-b' }).rejects(awsError('AccessDeniedException'));
    await expect(surveyHandler(request, environment)).resolves.toMatchObject({
      functions: 2,
      faults: [expect.stringContaining("this system's role may not look at shop-b (AccessDenied")],
    });
  });

  it('looks at no table outside the system', async () => {
    const { environment } = around({ system: { tables: [{ name: 'orders', forensicBackup: true }] } });
    await surveyHandler({ ...request, tables: ['orders', 'strangers'] }, environment);
    const asked = ledger.mock.commandCalls(DescribeTableCommand).map(({ args }) => args[0].input.TableName);
    expect(asked).toEqual(['orders']);
  });

  it('finds a fault in a scope without functions, a listed function that is not there, and an own one at 0', async () => {
    const { environment } = around({
      functions: { 'rewind-freeze': { reserved: 0 } },
      system: { ...scopeOf({ prefix: 'shop-', names: ['misspelt'] }), ownFunctions: ['rewind-freeze'] },
    });
    const { faults } = await surveyHandler(request, environment);
    expect(faults).toEqual([
      expect.stringContaining(
        'functions: rewind-freeze belongs to this system and has reserved concurrency 0',
      ),
      expect.stringContaining('functions: none is in scope'),
      expect.stringContaining('functions: misspelt is listed'),
    ]);
  });

  describe('of what the system names and an earlier run has found, but is gone', () => {
    const gone = () =>
      around({
        system: {
          ...scopeOf({
            prefix: 'shop-',
            names: ['mails'],
            tags: [{ key: 'app', value: 'shop' }],
            stacks: ['Mails'],
          }),
          pause: { pipes: ['copies'], rules: ['nightly'] },
        },
      });

    it('warns once tables may be half reset: the application would stay frozen until somebody deploys', async () => {
      const { environment, own } = gone();
      await openBadImport(ledger);
      await beginFreeze(own);
      await markWriting(own, new Map([['orders', 'all']]), 'run');
      const { faults, warnings } = await surveyHandler(request, environment);
      expect(faults).toEqual([]);
      expect(warnings[0]).toMatch(
        /^the recovery system names the function mails, functions with the tag app = shop, functions of the stack Mails, the pipe copies, the rule default\/nightly, gone since/,
      );
    });

    it('warns once tables may be half reset when no function is left of the scope', async () => {
      const { environment, own } = around({ functions: {}, system: scopeOf({ prefix: 'shop-' }) });
      const refused = expect.stringContaining('functions: none is in scope');
      await expect(surveyHandler(request, environment)).resolves.toMatchObject({ faults: [refused] });
      await openBadImport(ledger);
      await beginFreeze(own);
      await markWriting(own, new Map([['orders', 'all']]), 'run');
      const { faults, warnings } = await surveyHandler(request, environment);
      expect(faults).toEqual([]);
      expect(warnings[0]).toContain('the recovery system names functions of which none is left, gone since');
    });

    it('finds faults once a thaw by force is through: the application runs, and would while its tables are reset', async () => {
      const { environment, own } = around({ functions: {}, system: scopeOf({ prefix: 'shop-' }) });
      await openBadImport(ledger);
      await beginFreeze(own);
      await markFrozen(own);
      await markWriting(own, new Map([['orders', 'all']]), 'run');
      await beginThaw(own, true);
      await expect(surveyHandler(request, environment)).resolves.toMatchObject({ faults: [] });
      await unmarkFrozen(own);
      const { faults, warnings } = await surveyHandler(request, environment);
      expect(faults).toEqual([expect.stringContaining('functions: none is in scope')]);
      expect(warnings).not.toContainEqual(expect.stringContaining('gone since'));
    });

    it('asks to take nothing out once tables may be half reset, whatever else is wrong with what is paused', async () => {
      const { environment, own } = around({
        events: { pipes: [{ Name: 'copies', CurrentState: 'UPDATE_FAILED' }] },
        system: { pause: { pipes: ['copies'] } },
      });
      await openBadImport(ledger);
      await beginFreeze(own);
      await markFrozen(own);
      await markWriting(own, new Map([['orders', 'all']]), 'run');
      const { faults } = await surveyHandler(request, environment);
      expect(faults).toEqual([
        expect.stringContaining('take nothing out of the configuration before the incident has ended'),
        expect.stringContaining('the pipe copies is UPDATE_FAILED'),
      ]);
    });

    it('finds faults as long as nothing has been written, and asks for a thaw before a deploy', async () => {
      const { environment, own } = gone();
      await openBadImport(ledger);
      await beginFreeze(own);
      const asked = expect.stringMatching(/before you deploy, .*thaw it with: npx rewind thaw bad-import/);
      const { faults, warnings } = await surveyHandler(request, environment);
      expect(faults).toHaveLength(5);
      expect(faults).not.toContainEqual(asked);
      await markFrozen(own);
      await expect(surveyHandler(request, environment)).resolves.toMatchObject({
        faults: [asked, ...faults],
      });
      expect(warnings).not.toContainEqual(expect.stringContaining('gone since'));
    });
  });
});

describe('the own functions of the system', () => {
  const ownTold = async (answer: object) => {
    const { environment, lambda } = around({
      functions: { 'shop-a': {}, 'rewind-thaw': {} },
      system: { ...scopeOf({ prefix: 'shop-' }), ownFunctions: ['rewind-thaw'] },
    });
    lambda.on(GetFunctionCommand, { FunctionName: 'rewind-thaw' }).resolves(answer);
    return (await surveyHandler(request, environment)).faults;
  };

  it.each([
    [{ State: 'Pending' }, 'is still being made (Pending); wait until it is Active'],
    [{ State: 'Failed' }, 'cannot be called (Failed); deploy the recovery system again'],
    [{ State: 'Deactivated' }, 'cannot be called (Deactivated)'],
    [{ State: 'Active', LastUpdateStatus: 'InProgress' }, 'is just being updated; wait until that is done'],
    [{ State: 'Active', LastUpdateStatus: 'Failed' }, 'runs the code of an earlier deployment'],
  ])('are a fault as %j', async (Configuration, words) => {
    expect(await ownTold({ Configuration })).toEqual([
      expect.stringContaining(`functions: rewind-thaw belongs to this system and ${words}`),
    ]);
  });

  it.each(['Active', 'Inactive'])('are none that are %s, and up to date', async (State) => {
    expect(await ownTold({ Configuration: { State, LastUpdateStatus: 'Successful' } })).toEqual([]);
  });

  it('are a fault when they are not there', async () => {
    const { environment } = around({
      functions: { 'shop-a': {} },
      system: { ...scopeOf({ prefix: 'shop-' }), ownFunctions: ['rewind-thaw'] },
    });
    expect((await surveyHandler(request, environment)).faults).toEqual([
      'functions: rewind-thaw belongs to this system and does not exist; deploy the recovery system again',
    ]);
  });
});

describe('a scope of tags and stacks', () => {
  const STACK = 'aws:cloudformation:stack-name';

  it('takes in the functions that have one of them, whatever they are called', async () => {
    const { environment } = around({
      functions: {
        orders: { tags: { app: 'shop' } },
        mail: { tags: { app: 'shop', [STACK]: 'ShopStack' } },
        stock: { tags: { [STACK]: 'ShopStack' } },
        admin: { tags: { app: 'shop-admin' } },
        blog: { tags: { app: 'blog', [STACK]: 'BlogStack' } },
        'status-page': { tags: { app: 'shop' } },
        own: { tags: { app: 'shop' } },
        loner: {},
      },
      system: {
        ...scopeOf({
          tags: [
            { key: 'app', value: 'shop' },
            { key: 'app', value: 'shop-admin' },
          ],
          stacks: ['ShopStack'],
          exclude: [functionArn('status-page')],
        }),
        ownFunctions: ['own'],
      },
    });
    await expect(surveyHandler(request, environment)).resolves.toMatchObject({
      faults: [],
      functions: 4,
      warnings: [expect.stringContaining('functions: 3 of this account')],
    });
  });

  it('asks for twenty values of a key at a time', async () => {
    const names = Array.from({ length: 45 }, (_, index) => `Stack${index}`);
    const functions = Object.fromEntries(names.map((name) => [name, { tags: { [STACK]: name } }]));
    const { environment, tagging } = around({ functions, system: scopeOf({ stacks: names }) });
    await expect(surveyHandler(request, environment)).resolves.toMatchObject({ faults: [], functions: 45 });
    const asked = tagging
      .commandCalls(GetResourcesCommand)
      .map(({ args }) => args[0].input.TagFilters?.[0]?.Values?.length);
    expect([...new Set(asked)]).toEqual([20, 5]);
  });

  it('finds a fault in each that names no function which is still there', async () => {
    const { environment } = around({
      functions: { orders: { tags: { app: 'shop' } } },
      system: scopeOf({
        tags: [
          { key: 'app', value: 'shop' },
          { key: 'App', value: 'shop' },
        ],
        stacks: ['Nested'],
      }),
    });
    const { faults } = await surveyHandler(request, environment);
    expect(faults).toEqual([
      expect.stringContaining('functions: the tag App = shop names nothing'),
      expect.stringContaining('functions: the stack Nested names nothing'),
    ]);
  });

  it('does not count a function that the tagging API still tells of and Lambda does not', async () => {
    const { environment, tagging } = around({ system: scopeOf({ names: ['shop-a'], stacks: ['Gone'] }) });
    tagging.on(GetResourcesCommand).resolves({
      ResourceTagMappingList: [
        { ResourceARN: functionArn('deleted'), Tags: [{ Key: STACK, Value: 'Gone' }] },
      ],
    });
    await expect(surveyHandler(request, environment)).resolves.toMatchObject({
      functions: 1,
      faults: [expect.stringContaining('the stack Gone names nothing')],
    });
  });

  it('finds a fault when the tags cannot be seen, and tells no other of the scope', async () => {
    const { environment, tagging } = around({
      system: scopeOf({ tags: [{ key: 'app', value: 'shop' }] }),
    });
    tagging.on(GetResourcesCommand).rejects(awsError('AccessDeniedException'));
    const { faults } = await surveyHandler(request, environment);
    expect(faults).toEqual([
      expect.stringMatching(/have the tag app of the scope cannot be seen \(tag:GetResources AccessDenied/),
    ]);
  });
});

describe('other writers', () => {
  it('are pipes and schedules, as far as they reach tables or functions in scope', async () => {
    const stream = `${tableArn('orders')}/stream/2026-01-01T00:00:00.000`;
    const { environment } = around({
      events: {
        pipes: [
          { Name: 'search', Source: stream, Target: functionArn('search') },
          {
            Name: 'mails',
            Source: 'arn:aws:sqs:us-east-1:123456789012:mails',
            Target: functionArn('shop-a'),
          },
          { Name: 'enriched', Target: 'arn:of:a:bus', Enrichment: `${functionArn('shop-a')}:live` },
          { Name: 'stopped', DesiredState: 'STOPPED', Target: functionArn('shop-a') },
          { Name: 'unrelated', Target: functionArn('blog') },
        ],
        schedules: [
          { Name: 'nightly', GroupName: 'default', Target: { Arn: functionArn('shop-a') } },
          { Name: 'hourly', GroupName: 'shop', Target: { Arn: `${functionArn('shop-a')}:live` } },
          { Name: 'purge', Target: { Arn: 'arn:aws:scheduler:::aws-sdk:dynamodb:deleteItem' } },
          { Name: 'off', State: 'DISABLED', Target: { Arn: functionArn('shop-a') } },
          { Name: 'other', Target: { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage' } },
        ],
      },
    });
    ledger.mock.on(DescribeKinesisStreamingDestinationCommand, { TableName: 'clients' }).resolves({
      KinesisDataStreamDestinations: [
        { StreamArn: 'arn:aws:kinesis:us-east-1:123456789012:stream/audit', DestinationStatus: 'ACTIVE' },
        { StreamArn: 'arn:aws:kinesis:us-east-1:123456789012:stream/old', DestinationStatus: 'DISABLED' },
      ],
    });
    const { warnings, missedSchedules } = await surveyHandler(request, environment);
    expect(missedSchedules).toEqual({ names: ['default/nightly', 'shop/hourly'], more: 0 });
    expect(warnings).toEqual([
      expect.stringContaining('functions: the pipes mails, enriched (EventBridge Pipes) call functions'),
      expect.stringContaining(
        'functions: the schedules default/nightly, shop/hourly (EventBridge Scheduler)',
      ),
      expect.stringContaining('tables: the schedules default/purge (EventBridge Scheduler) call DynamoDB'),
      expect.stringContaining('the stream of orders feeds the pipes search (EventBridge Pipes)'),
      expect.stringContaining('clients streams to Kinesis (audit)'),
    ]);
  });

  it('that cannot be looked at are told, and hinder nothing', async () => {
    const { environment, pipesMock, schedulerMock } = around();
    const denied = awsError('AccessDeniedException');
    ledger.mock.on(DescribeTableCommand, { TableName: 'clients' }).rejects(denied);
    ledger.mock.on(DescribeKinesisStreamingDestinationCommand, { TableName: 'orders' }).rejects(denied);
    pipesMock.on(ListPipesCommand).rejects(denied);
    schedulerMock.on(ListSchedulesCommand).rejects(awsError('TimeoutError'));
    const { warnings, faults } = await surveyHandler(request, environment);
    expect(faults).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining('the replicas and stream of clients could not be looked at (AccessDenied'),
      expect.stringContaining('the Kinesis streams of orders could not be looked at (AccessDenied'),
      expect.stringContaining('pipes (EventBridge Pipes) could not be looked at (AccessDenied'),
      expect.stringContaining('schedules (EventBridge Scheduler) could not be looked at (TimeoutError)'),
    ]);
  });

  it('are looked for in a bounded number of calls', async () => {
    const { environment, schedulerMock } = around();
    schedulerMock.on(ListSchedulesCommand).resolves({
      Schedules: [{ Name: 'again', GroupName: 'shop' }],
      NextToken: 'more',
    });
    const { warnings } = await surveyHandler(request, environment);
    expect(warnings).toEqual([
      expect.stringContaining('schedules (EventBridge Scheduler): only the first 200 were looked at'),
    ]);
    expect(schedulerMock.commandCalls(ListSchedulesCommand)).toHaveLength(200);
  });
});
