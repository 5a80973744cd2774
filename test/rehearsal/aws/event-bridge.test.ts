import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  DeletePipeCommand,
  DescribePipeCommand,
  ListPipesCommand,
  StartPipeCommand,
  StopPipeCommand,
} from '@aws-sdk/client-pipes';
import {
  GetScheduleCommand,
  ListSchedulesCommand,
  type ListSchedulesCommandInput,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { refusalOf, rehearsedAccount } from './rehearsed-account.ts';

describe('EventBridge Pipes', () => {
  it('stops and starts a pipe, and lists it by what it is to be', async () => {
    const { aws, pipes } = await rehearsedAccount();
    aws.eventBridge.pipes.push({ Name: 'mails', CurrentState: 'RUNNING', DesiredState: 'RUNNING' });
    const state = async () => (await pipes.send(new DescribePipeCommand({ Name: 'mails' }))).CurrentState;
    const running = async () =>
      (await pipes.send(new ListPipesCommand({ DesiredState: 'RUNNING' }))).Pipes?.map(({ Name }) => Name);
    expect([await state(), await running()]).toEqual(['RUNNING', ['mails']]);
    await pipes.send(new StopPipeCommand({ Name: 'mails' }));
    expect([await state(), await state(), await running()]).toEqual(['STOPPING', 'STOPPED', []]);
    await pipes.send(new StartPipeCommand({ Name: 'mails' }));
    expect([await state(), await state(), await running()]).toEqual(['STARTING', 'RUNNING', ['mails']]);
  });

  it('lists a hundred at a time', async () => {
    const { aws, pipes } = await rehearsedAccount();
    for (let index = 0; index < 101; index += 1) aws.eventBridge.pipes.push({ Name: `pipe-${index}` });
    const { Pipes: first, NextToken } = await pipes.send(new ListPipesCommand({}));
    const { Pipes: rest, NextToken: end } = await pipes.send(new ListPipesCommand({ NextToken }));
    expect([first?.length, rest?.length, end]).toEqual([100, 1, undefined]);
  });

  it('refuses what there is not', async () => {
    const { pipes } = await rehearsedAccount();
    const { name } = await refusalOf(pipes.send(new StopPipeCommand({ Name: 'mails' })));
    expect(name).toBe('NotFoundException');
    const { message } = await refusalOf(pipes.send(new DeletePipeCommand({ Name: 'mails' })));
    expect(message).toContain('DELETE /v1/pipes/mails');
  });
});

describe('EventBridge', () => {
  it('tells a rule by its bus, with its targets, and switches it', async () => {
    const { aws, events } = await rehearsedAccount();
    aws.eventBridge.rules.push(
      { Name: 'orders', EventBusName: 'shop', State: 'ENABLED', targets: ['arn:of:a:function'] },
      { Name: 'orders', State: 'ENABLED' },
    );
    const { EventBuses } = await events.send(new ListEventBusesCommand({}));
    expect(EventBuses?.map(({ Name }) => Name)).toEqual(['default', 'shop']);
    const onShop = { Name: 'orders', EventBusName: 'shop' };
    await events.send(new DisableRuleCommand(onShop));
    const states = async () => {
      const { Rules } = await events.send(new ListRulesCommand({ EventBusName: 'shop' }));
      const { State } = await events.send(new DescribeRuleCommand({ Name: 'orders' }));
      return [Rules?.map((rule) => rule.State), State];
    };
    expect(await states()).toEqual([['DISABLED'], 'ENABLED']);
    await events.send(new EnableRuleCommand(onShop));
    expect(await states()).toEqual([['ENABLED'], 'ENABLED']);
    const asked = new ListTargetsByRuleCommand({ Rule: 'orders', EventBusName: 'shop' });
    expect((await events.send(asked)).Targets).toEqual([{ Id: '0', Arn: 'arn:of:a:function' }]);
  });

  it('refuses what there is not', async () => {
    const { events } = await rehearsedAccount();
    const { name } = await refusalOf(events.send(new DescribeRuleCommand({ Name: 'orders' })));
    expect(name).toBe('ResourceNotFoundException');
    const { message } = await refusalOf(events.send(new PutEventsCommand({ Entries: [] })));
    expect(message).toContain('EventBridge.PutEvents');
  });
});

describe('EventBridge Scheduler', () => {
  const schedule = {
    Name: 'bills',
    GroupName: 'shop',
    ScheduleExpression: 'rate(1 hour)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: 'arn:of:a:queue', RoleArn: 'arn:aws:iam::000000000000:role/scheduler', Input: '{}' },
  } as const;

  it('replaces all of a schedule by an update, and lists it by its state', async () => {
    const { aws, scheduler } = await rehearsedAccount();
    aws.eventBridge.schedules.push({ ...schedule, State: 'ENABLED', Description: 'hourly' });
    const id = { Name: 'bills', GroupName: 'shop' };
    expect(await scheduler.send(new GetScheduleCommand(id))).toMatchObject({
      ...schedule,
      State: 'ENABLED',
      Description: 'hourly',
      Arn: 'arn:aws:scheduler:us-east-1:000000000000:schedule/shop/bills',
    });
    await scheduler.send(new UpdateScheduleCommand({ ...schedule, State: 'DISABLED' }));
    expect(aws.eventBridge.schedules).toEqual([{ ...schedule, State: 'DISABLED' }]);
    const names = async (asked: ListSchedulesCommandInput) =>
      (await scheduler.send(new ListSchedulesCommand(asked))).Schedules?.map(({ Name }) => Name);
    expect(await names({ State: 'ENABLED' })).toEqual([]);
    expect(await names({ State: 'DISABLED' })).toEqual(['bills']);
    expect(await names({})).toEqual(['bills']);
  });

  it('refuses what there is not in the group', async () => {
    const { aws, scheduler } = await rehearsedAccount();
    aws.eventBridge.schedules.push({ ...schedule });
    const { name } = await refusalOf(scheduler.send(new GetScheduleCommand({ Name: 'bills' })));
    expect(name).toBe('ResourceNotFoundException');
  });
});
