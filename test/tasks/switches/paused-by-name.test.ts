import { DescribePipeCommand, StartPipeCommand, StopPipeCommand } from '@aws-sdk/client-pipes';
import { DescribeRuleCommand, EnableRuleCommand } from '@aws-sdk/client-eventbridge';
import { UpdateScheduleCommand } from '@aws-sdk/client-scheduler';
import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { freezeHandler } from '../../../src/tasks/freeze/handler.ts';
import type { Pause } from '../../../src/tasks/switches/pause.ts';
import { thawHandler } from '../../../src/tasks/thaw/handler.ts';
import { incident, openBadImport, sweep } from '../../support/bad-import.ts';
import { type EventBridge, eventBridgeSettings, type TestSchedule } from '../../support/event-bridge.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { awsError } from '../../support/lambda-application.ts';
import { shop } from '../../support/shop.ts';

const ROLE = 'arn:aws:iam::123456789012:role/scheduler';

const ledger = freshLedger();
beforeEach(() => openBadImport(ledger));

const aSchedule = (differs: TestSchedule = {}): TestSchedule => ({
  Name: 'nightly',
  GroupName: 'shop',
  State: 'ENABLED',
  ScheduleExpression: 'cron(0 3 * * ? *)',
  ScheduleExpressionTimezone: 'Europe/Berlin',
  Description: 'bills',
  KmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/1',
  FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 },
  ActionAfterCompletion: 'NONE',
  Target: { Arn: 'arn:of:a:queue', RoleArn: ROLE, Input: '{"pk":"secret-customer"}' },
  ...differs,
});

const PAUSE: Pause = {
  pipes: ['mails', 'asleep'],
  rules: ['nightly', 'shop/orders'],
  schedules: ['shop/nightly'],
  scheduleRoles: [ROLE],
};

const ORDINARY = (): EventBridge => ({
  pipes: [
    { Name: 'mails', CurrentState: 'RUNNING' },
    { Name: 'asleep', CurrentState: 'STOPPED' },
    { Name: 'other', CurrentState: 'RUNNING' },
  ],
  rules: [
    { Name: 'nightly', State: 'ENABLED', ScheduleExpression: 'rate(1 day)' },
    { Name: 'orders', EventBusName: 'shop', State: 'ENABLED' },
    { Name: 'orders', State: 'ENABLED' },
  ],
  schedules: [aSchedule(), aSchedule({ GroupName: 'default' })],
});

function pausedShop(given: Partial<EventBridge> = {}, pause = PAUSE) {
  const { events: state, ...others } = shop(ledger, {
    functions: { 'shop-a': {} },
    events: { ...ORDINARY(), ...given },
    system: { pause },
    deadlineInMinutes: 120,
  });
  return { ...others, state, settings: () => eventBridgeSettings(state) };
}

function enable(
  { Name, EventBusName }: { Name: string; EventBusName: string },
  { rules }: EventBridge,
): void {
  const rule = rules.find((one) => one.Name === Name && (one.EventBusName ?? 'default') === EventBusName);
  if (rule) rule.State = 'ENABLED';
}

const record = (key: string) => ledger.record('incident#bad-import', key);

describe('a freeze', () => {
  it('pauses what the system names before a function stops, and nothing else of its kind', async () => {
    const { state, environment, lambda } = pausedShop();
    lambda.on(PutFunctionConcurrencyCommand).callsFake(() => {
      expect(state.pipes[0]?.CurrentState).toBe('STOPPED');
      expect([state.rules[0]?.State, state.schedules[0]?.State]).toEqual(['DISABLED', 'DISABLED']);
      return { ReservedConcurrentExecutions: 0 };
    });
    await expect(freezeHandler(incident, environment)).resolves.toMatchObject({
      pipes: 2,
      rules: 2,
      schedules: 1,
      changed: 5,
    });
    expect(state.pipes.map(({ CurrentState }) => CurrentState)).toEqual(['STOPPED', 'STOPPED', 'RUNNING']);
    expect(state.rules.map(({ State }) => State)).toEqual(['DISABLED', 'DISABLED', 'ENABLED']);
    expect(state.schedules.map(({ State }) => State)).toEqual(['DISABLED', 'ENABLED']);
    expect(await record('pipe#asleep')).toMatchObject({ enabledBefore: { BOOL: false } });
    expect(await record('rule#default/nightly')).toMatchObject({ enabledBefore: { BOOL: true } });
    expect(await record('rule#shop/orders')).toMatchObject({ enabledBefore: { BOOL: true } });
  });

  it('changes the state of a schedule alone, and keeps nothing else of it', async () => {
    const { state, environment } = pausedShop();
    await freezeHandler(incident, environment);
    expect(state.schedules[0]).toEqual(aSchedule({ State: 'DISABLED' }));
    expect(JSON.stringify(await ledger.records())).not.toContain('secret-customer');
  });

  it('does not save again what a second one finds, and switches off again what somebody has switched on', async () => {
    const { state, environment } = pausedShop();
    await freezeHandler(incident, environment);
    await expect(freezeHandler(incident, environment)).resolves.toMatchObject({ changed: 0 });
    if (state.rules[0]) state.rules[0].State = 'ENABLED';
    const since = new Date(environment.clock.now()).toISOString();
    environment.clock.advance(60_000);
    await expect(freezeHandler(sweep, environment)).resolves.toMatchObject({ changed: 1 });
    expect(state.rules[0]?.State).toBe('DISABLED');
    expect(await record('rule#default/nightly')).toMatchObject({ enabledBefore: { BOOL: true } });
    // The sweep that did it may have died before it told.
    await expect(freezeHandler({ ...sweep, since }, environment)).resolves.toMatchObject({ changed: 1 });
  });

  it('names what it could not pause, and goes on with the others', async () => {
    const { state, environment, pipesMock, eventsMock } = pausedShop();
    pipesMock.on(StopPipeCommand).rejects(awsError('AccessDeniedException', 'not allowed'));
    eventsMock.on(DescribeRuleCommand, { Name: 'nightly' }).rejects(awsError('AccessDeniedException'));
    await expect(freezeHandler(incident, environment)).rejects.toMatchObject({
      name: 'FreezeIncomplete',
      message: expect.stringMatching(
        /rule default\/nightly: Error: it could not be looked at: AccessDenied.*pipe mails: AccessDeniedException: not allowed/,
      ),
    });
    expect(state.schedules[0]?.State).toBe('DISABLED');
    expect(await record('function#shop-a')).toBeDefined();
  });

  it('waits for a pipe that is being changed, and repeats what is throttled', async () => {
    const { state, environment, pipesMock } = pausedShop();
    let looks = 0;
    pipesMock.on(DescribePipeCommand, { Name: 'mails' }).callsFake(() => {
      looks += 1;
      if (looks === 2) throw awsError('ThrottlingException');
      return { CurrentState: looks < 4 ? 'UPDATING' : (state.pipes[0]?.CurrentState ?? '') };
    });
    pipesMock.on(StopPipeCommand).callsFake(() => {
      if (state.pipes[0]) state.pipes[0].CurrentState = 'STOPPED';
      return {};
    });
    await expect(freezeHandler(incident, environment)).resolves.toMatchObject({ pipes: 2 });
    expect(await record('pipe#mails')).toMatchObject({ enabledBefore: { BOOL: true } });
  });

  it('never tells what EventBridge Scheduler says of a schedule that it refuses', async () => {
    const { environment, schedulerMock } = pausedShop();
    schedulerMock
      .on(UpdateScheduleCommand)
      .rejects(awsError('ValidationException', 'Value \'{"pk":"secret-customer"}\' failed'));
    const frozen = await freezeHandler(incident, environment).catch(({ name, message }: Error) => ({
      name,
      message,
    }));
    expect(frozen).toMatchObject({
      // It would not take it another time either.
      name: 'FreezeRefused',
      message: expect.stringContaining(
        'schedule shop/nightly: Error: EventBridge Scheduler does not take the schedule',
      ),
    });
    expect(JSON.stringify(frozen)).not.toContain('secret-customer');
  });
});

describe('a thaw', () => {
  it('puts back all to the letter, once the functions are back', async () => {
    const { state, environment, settings, lambda } = pausedShop();
    const before = settings();
    await freezeHandler(incident, environment);
    lambda.on(DeleteFunctionConcurrencyCommand).callsFake(() => {
      expect(state.pipes[0]?.CurrentState).toBe('STOPPED');
      lambda.on(GetFunctionCommand).resolves({});
      return {};
    });
    await expect(thawHandler(incident, environment)).resolves.toMatchObject({
      pipes: 2,
      rules: 2,
      schedules: 1,
      warnings: [],
    });
    const [mails, ...others] = before.pipes;
    expect(settings()).toEqual({ ...before, pipes: [{ ...mails, DesiredState: 'RUNNING' }, ...others] });
    expect(await record('pipe#mails')).toMatchObject({ state: { S: 'thawed' } });
    await expect(thawHandler(incident, environment)).resolves.toMatchObject({ pipes: 2, schedules: 1 });
  });

  it('puts back last what starts work', async () => {
    const { state, environment, pipesMock, eventsMock } = pausedShop();
    await freezeHandler(incident, environment);
    const seen: unknown[] = [];
    pipesMock.on(StartPipeCommand).callsFake(() => {
      seen.push(state.rules[0]?.State, state.schedules[0]?.State);
      if (state.pipes[0]) state.pipes[0].CurrentState = 'RUNNING';
      return {};
    });
    eventsMock.on(EnableRuleCommand).callsFake((asked) => {
      seen.push(state.pipes[0]?.CurrentState);
      enable(asked, state);
      return {};
    });
    await thawHandler(incident, environment);
    expect(seen).toEqual(['DISABLED', 'DISABLED', 'RUNNING', 'RUNNING']);
  });

  it('goes on past what it cannot put back, and does the rest when it is run again', async () => {
    const { state, environment, pipesMock, eventsMock } = pausedShop();
    await freezeHandler(incident, environment);
    pipesMock.on(StartPipeCommand).resolves({});
    let allowed = false;
    eventsMock.on(EnableRuleCommand).callsFake((asked) => {
      if (!allowed) throw awsError('AccessDeniedException', 'not allowed');
      enable(asked, state);
      return {};
    });
    await expect(thawHandler(incident, environment)).rejects.toMatchObject({
      name: 'ThawIncomplete',
      message: expect.stringMatching(
        /^as they were: functions 1, .*pipe mails: still STOPPED, to be RUNNING.*rule .*: AccessDeniedException: not allowed/,
      ),
    });
    expect(state.schedules[0]?.State).toBe('ENABLED');
    allowed = true;
    // Somebody has started the pipe by hand.
    if (state.pipes[0]) state.pipes[0].CurrentState = 'RUNNING';
    await expect(thawHandler(incident, environment)).resolves.toMatchObject({ pipes: 2, rules: 2 });
    expect(state.rules.map(({ State }) => State)).toEqual(['ENABLED', 'ENABLED', 'ENABLED']);
  });

  it('passes over what was deleted meanwhile', async () => {
    const { state, environment } = pausedShop();
    await freezeHandler(incident, environment);
    state.pipes.splice(0, 1);
    state.rules.splice(0, 1);
    state.schedules.splice(0, 1);
    await expect(thawHandler(incident, environment)).resolves.toMatchObject({
      pipes: 1,
      rules: 1,
      schedules: 0,
    });
    expect(await record('schedule#shop/nightly')).toMatchObject({ state: { S: 'gone' } });
  });

  it('works from the ledger, whatever the system names by then', async () => {
    const { state, environment } = pausedShop();
    await freezeHandler(incident, environment);
    const { pause: _pause, ...system } = environment.system;
    await thawHandler(incident, { ...environment, system });
    expect(state.pipes[0]?.CurrentState).toBe('RUNNING');
    expect(state.schedules[0]).toEqual(aSchedule());
  });

  it('keeps what somebody has changed of a schedule during the recovery', async () => {
    const { state, environment } = pausedShop();
    await freezeHandler(incident, environment);
    if (state.schedules[0]) state.schedules[0].ScheduleExpression = 'rate(2 hours)';
    await thawHandler(incident, environment);
    expect(state.schedules[0]).toEqual(aSchedule({ ScheduleExpression: 'rate(2 hours)' }));
  });

  it.each([
    ['whose only time has passed', { ScheduleExpression: 'at(2026-11-22T13:30:00)' }],
    ['whose end has passed', { EndDate: new Date('2026-11-22T12:30:00Z') }],
  ])('leaves off a schedule %s, and says so each time', async (_what, differs) => {
    const { state, environment, schedulerMock } = pausedShop({ schedules: [aSchedule(differs)] });
    await freezeHandler(incident, environment);
    environment.clock.advance(45 * 60_000);
    schedulerMock.resetHistory();
    const warnings = [expect.stringContaining('schedule shop/nightly is left off')];
    await expect(thawHandler(incident, environment)).resolves.toMatchObject({ schedules: 0, warnings });
    await expect(thawHandler(incident, environment)).resolves.toMatchObject({ schedules: 0, warnings });
    expect(state.schedules[0]?.State).toBe('DISABLED');
    expect(schedulerMock.commandCalls(UpdateScheduleCommand)).toEqual([]);
    expect(await record('schedule#shop/nightly')).toMatchObject({ state: { S: 'left' } });
  });

  it.each([
    [
      'whose only time has passed',
      { ScheduleExpression: 'at(2026-11-22T11:30:00)', ScheduleExpressionTimezone: 'UTC' },
    ],
    ['whose end has passed', { EndDate: new Date('2026-11-22T11:30:00Z') }],
  ])(
    'touches no schedule %s before the freeze: it fires no more, and no update may take it',
    async (_what, differs) => {
      const over = aSchedule({ ...differs, FlexibleTimeWindow: { Mode: 'OFF' } });
      const { state, environment, schedulerMock } = pausedShop({ schedules: [over] });
      schedulerMock.on(UpdateScheduleCommand).rejects(awsError('ValidationException'));
      await freezeHandler(incident, environment);
      await thawHandler(incident, environment);
      expect(state.schedules[0]).toEqual(over);
    },
  );

  it('pauses a schedule that may fire for some minutes more than its only time', async () => {
    const late = aSchedule({
      ScheduleExpression: 'at(2026-11-22T11:55:00)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
    });
    const { state, environment } = pausedShop({ schedules: [late] });
    await freezeHandler(incident, environment);
    expect(state.schedules[0]?.State).toBe('DISABLED');
  });

  it('puts back a schedule whose only time is still to come where it is', async () => {
    const once = aSchedule({
      ScheduleExpression: 'at(2026-11-22T12:30:00)',
      ScheduleExpressionTimezone: 'America/New_York',
    });
    const { state, environment } = pausedShop({ schedules: [once] });
    await freezeHandler(incident, environment);
    environment.clock.advance(45 * 60_000);
    await expect(thawHandler(incident, environment)).resolves.toMatchObject({ schedules: 1 });
    expect(state.schedules[0]?.State).toBe('ENABLED');
  });

  it('asks EventBridge nothing when nothing was paused', async () => {
    const { environment, pipesMock, eventsMock, schedulerMock } = pausedShop({}, {});
    await freezeHandler(incident, environment);
    await thawHandler(incident, environment);
    expect([...pipesMock.calls(), ...eventsMock.calls(), ...schedulerMock.calls()]).toEqual([]);
  });
});
