import { DescribePipeCommand } from '@aws-sdk/client-pipes';
import { ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import {
  DescribeGlobalTableCommand,
  DescribeKinesisStreamingDestinationCommand,
  DescribeTableCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { surveyHandler } from '../../../src/tasks/survey/handler.ts';
import type { Pause } from '../../../src/tasks/switches/pause.ts';
import type { EventBridge, TestSchedule } from '../../support/event-bridge.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { awsError, functionArn } from '../../support/lambda-application.ts';
import { shop } from '../../support/shop.ts';
import { tableDescription } from '../../support/table-description.ts';

const request = { incidentId: 'bad-import', tables: ['orders'] };
const ROLE = 'arn:aws:iam::123456789012:role/scheduler';

const ledger = freshLedger();
beforeEach(() => {
  ledger.mock
    .on(DescribeTableCommand)
    .resolves({ Table: tableDescription('orders') })
    .on(DescribeKinesisStreamingDestinationCommand)
    .resolves({ KinesisDataStreamDestinations: [] })
    .on(DescribeGlobalTableCommand)
    .rejects(awsError('GlobalTableNotFoundException'));
});

const around = (events: Partial<EventBridge>, pause?: Pause) =>
  shop(ledger, { functions: { 'shop-a': {} }, events, system: pause === undefined ? {} : { pause } });

const aSchedule = (Name: string, differs: TestSchedule = {}): TestSchedule => ({
  Name,
  GroupName: 'shop',
  ScheduleExpression: 'rate(1 day)',
  Target: { Arn: functionArn('shop-a'), RoleArn: ROLE },
  ...differs,
});

describe('rules of EventBridge', () => {
  const rules = [
    { Name: 'nightly', ScheduleExpression: 'rate(1 day)', targets: [functionArn('shop-a')] },
    { Name: 'orders', EventBusName: 'shop', targets: [`${functionArn('shop-a')}:live`] },
    { Name: 'flow', targets: ['arn:aws:states:us-east-1:123456789012:stateMachine:Import'] },
    { Name: 'hook', targets: ['arn:aws:events:us-east-1:123456789012:api-destination/hook/1'] },
    { Name: 'off', State: 'DISABLED' as const, targets: [functionArn('shop-a')] },
    { Name: 'managed', ManagedBy: 'states.amazonaws.com', targets: [functionArn('shop-a')] },
    { Name: 'bus', targets: ['arn:aws:events:us-east-1:123456789012:event-bus/other'] },
    { Name: 'blog', targets: [functionArn('blog-a')] },
  ];

  it('are told that start functions in scope, by schedule or not, or start what may write by itself', async () => {
    const { environment } = around({ rules });
    const { warnings, missedSchedules } = await surveyHandler(request, environment);
    expect(warnings).toEqual([
      expect.stringContaining('the scheduled rules default/nightly (EventBridge) start functions in scope'),
      expect.stringContaining('the rules shop/orders (EventBridge) start functions in scope'),
      expect.stringMatching(
        /the rules default\/flow, default\/hook \(EventBridge\) start .* \(Step Functions, API destinations\)/,
      ),
    ]);
    expect(missedSchedules).toEqual({ names: ['rule default/nightly'], more: 0 });
  });

  it('that cannot be looked at are told, and hinder nothing', async () => {
    const { environment, eventsMock } = around({ rules });
    eventsMock.on(ListTargetsByRuleCommand).rejects(awsError('AccessDeniedException'));
    await expect(surveyHandler(request, environment)).resolves.toMatchObject({
      faults: [],
      warnings: [expect.stringContaining('rules (EventBridge) could not be looked at (AccessDenied')],
    });
  });

  it('are looked at in a bounded number', async () => {
    const { environment, eventsMock } = around({});
    eventsMock.on(ListRulesCommand).resolves({
      Rules: Array.from({ length: 2500 }, (_, index) => ({ Name: `rule-${index}`, State: 'ENABLED' })),
    });
    eventsMock.on(ListTargetsByRuleCommand).resolves({ Targets: [] });
    await expect(surveyHandler(request, environment)).resolves.toMatchObject({
      warnings: [expect.stringContaining('rules (EventBridge): only the first 2000 were looked at')],
    });
    expect(eventsMock.commandCalls(ListTargetsByRuleCommand)).toHaveLength(2000);
  });
});

describe('what the system names to be paused', () => {
  it('is no fault when it can be, and is warned of no more', async () => {
    const { environment } = around(
      {
        pipes: [{ Name: 'mails', Target: functionArn('shop-a') }],
        rules: [{ Name: 'nightly', ScheduleExpression: 'rate(1 day)', targets: [functionArn('shop-a')] }],
        schedules: [aSchedule('bills'), aSchedule('once', { ScheduleExpression: 'at(2026-12-01T00:00:00)' })],
      },
      {
        pipes: ['mails'],
        rules: ['default/nightly'],
        schedules: ['shop/bills', 'shop/once'],
        scheduleRoles: [ROLE],
      },
    );
    await expect(surveyHandler(request, environment)).resolves.toMatchObject({
      faults: [],
      warnings: [],
      missedSchedules: { names: [], more: 0 },
    });
  });

  it('is a fault when it does not exist, or could not be put back as it was', async () => {
    const { environment, pipesMock } = around(
      {
        pipes: [
          { Name: 'broken', CurrentState: 'UPDATE_FAILED' },
          { Name: 'leaving', CurrentState: 'DELETING' },
        ],
        rules: [
          { Name: 'managed', ManagedBy: 'states.amazonaws.com' },
          { Name: 'audit', State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' },
        ],
        schedules: [
          aSchedule('strange', { Target: { Arn: 'arn:of:a:queue', RoleArn: 'arn:of:another' } }),
          aSchedule('begun', { StartDate: new Date('2026-01-01T00:00:00Z') }),
          aSchedule('begun-off', { StartDate: new Date('2026-01-01T00:00:00Z'), State: 'DISABLED' }),
          aSchedule('secret', { KmsKeyArn: 'arn:of:a:key' }),
        ],
      },
      {
        pipes: ['gone', 'leaving', 'broken', 'hidden'],
        rules: ['gone', 'managed', 'audit'],
        schedules: ['gone', 'shop/strange', 'shop/begun', 'shop/begun-off', 'shop/secret'],
        scheduleRoles: [ROLE],
      },
    );
    pipesMock.on(DescribePipeCommand, { Name: 'hidden' }).rejects(awsError('AccessDeniedException'));
    const { faults } = await surveyHandler(request, environment);
    expect(faults).toEqual([
      expect.stringMatching(/^pause: the pipe broken is UPDATE_FAILED, .* or take it out of pause.pipes/),
      expect.stringContaining('pause: the pipe hidden could not be looked at (AccessDeniedException)'),
      expect.stringContaining('pause: the rule default/managed is managed by states.amazonaws.com'),
      expect.stringContaining('pause: the rule default/audit is ENABLED_WITH_ALL_CLOUDTRAIL'),
      expect.stringContaining(
        'pause: the schedule shop/strange calls its target with the role arn:of:another',
      ),
      expect.stringContaining('pause: the schedule shop/begun has a start date'),
      expect.stringContaining('pause: the schedule shop/secret is encrypted with a customer managed key'),
      'pause: the pipe gone does not exist; correct pause.pipes of the recovery system and deploy',
      expect.stringContaining('pause: the pipe leaving does not exist'),
      expect.stringContaining('pause: the rule default/gone does not exist'),
      expect.stringContaining('pause: the schedule default/gone does not exist'),
    ]);
  });
});
