import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
} from '@aws-sdk/client-eventbridge';
import {
  DescribePipeCommand,
  ListPipesCommand,
  type Pipe,
  PipesClient,
  StartPipeCommand,
  StopPipeCommand,
} from '@aws-sdk/client-pipes';
import {
  GetScheduleCommand,
  type GetScheduleOutput,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { awsError } from './lambda-application.ts';
import type { CommandMock } from './quick-client.ts';

const PAGE = 2;

/** A rule with the ARNs of its targets. */
export type TestRule = Rule & { readonly targets?: readonly string[] };
/** A schedule; what a list does not tell may be missing. */
export type TestSchedule = Omit<GetScheduleOutput, 'Target'> & {
  Target?: { Arn: string; RoleArn?: string; Input?: string };
};

/** What EventBridge has of each kind; tests and the calls change it. */
export interface EventBridge {
  readonly pipes: Pipe[];
  readonly rules: TestRule[];
  readonly schedules: TestSchedule[];
}

/** What a recovery must leave as it was. */
export const eventBridgeSettings = ({ pipes, rules, schedules }: EventBridge) =>
  structuredClone({ pipes, rules, schedules });

/** EventBridge, EventBridge Pipes and EventBridge Scheduler with these rules, pipes and schedules, in pages of two. */
export function eventBridge(given: Partial<EventBridge> = {}) {
  const state: EventBridge = { pipes: [], rules: [], schedules: [], ...given };
  const pipes = new PipesClient({ region: 'us-east-1' });
  const pipesMock = mockClient(pipes);
  pipesMock.rejects(new Error('an unexpected call of EventBridge Pipes'));
  servePipes(pipesMock, state);
  const events = new EventBridgeClient({ region: 'us-east-1' });
  const eventsMock = mockClient(events);
  eventsMock.rejects(new Error('an unexpected call of EventBridge'));
  serveRules(eventsMock, state);
  const scheduler = new SchedulerClient({ region: 'us-east-1' });
  const schedulerMock = mockClient(scheduler);
  schedulerMock.rejects(new Error('an unexpected call of EventBridge Scheduler'));
  serveSchedules(schedulerMock, state);
  return { state, pipes, pipesMock, events, eventsMock, scheduler, schedulerMock };
}

/** Has a mocked client answer for pipes, whose changes are done by the next look. */
export function servePipes(mock: CommandMock, { pipes }: EventBridge): void {
  const found = (Name: string) => pipes.find((pipe) => pipe.Name === Name) ?? gone('NotFoundException', Name);
  mock.on(ListPipesCommand).callsFake(({ DesiredState, NextToken }) => {
    const wanted = pipes.filter((pipe) => (pipe.DesiredState ?? 'RUNNING') === DesiredState);
    const { page, next } = pageOf(wanted, NextToken);
    return { Pipes: page, NextToken: next };
  });
  mock.on(DescribePipeCommand).callsFake(({ Name }) => {
    const pipe = found(Name);
    const answer = { ...pipe, CurrentState: pipe.CurrentState ?? 'RUNNING' };
    if (pipe.CurrentState === 'STOPPING') pipe.CurrentState = 'STOPPED';
    else if (pipe.CurrentState === 'STARTING') pipe.CurrentState = 'RUNNING';
    return answer;
  });
  mock.on(StopPipeCommand).callsFake(({ Name }) => {
    Object.assign(found(Name), { CurrentState: 'STOPPING', DesiredState: 'STOPPED' });
    return {};
  });
  mock.on(StartPipeCommand).callsFake(({ Name }) => {
    Object.assign(found(Name), { CurrentState: 'STARTING', DesiredState: 'RUNNING' });
    return {};
  });
}

/** Has a mocked client answer for rules and the buses that they are on. */
export function serveRules(mock: CommandMock, { rules }: EventBridge): void {
  const busOf = ({ EventBusName = 'default' }: Rule) => EventBusName;
  const found = (name: string, bus = 'default') =>
    rules.find((rule) => rule.Name === name && busOf(rule) === bus) ??
    gone('ResourceNotFoundException', name);
  const told = ({ targets: _targets, ...rule }: TestRule) => ({ State: 'ENABLED', ...rule });
  mock.on(ListEventBusesCommand).callsFake(({ NextToken }) => {
    const buses = [...new Set(['default', ...rules.map(busOf)])].map((Name) => ({ Name }));
    const { page, next } = pageOf(buses, NextToken);
    return { EventBuses: page, NextToken: next };
  });
  mock.on(ListRulesCommand).callsFake(({ EventBusName, NextToken }) => {
    const { page, next } = pageOf(
      rules.filter((rule) => busOf(rule) === EventBusName),
      NextToken,
    );
    return { Rules: page.map(told), NextToken: next };
  });
  mock.on(ListTargetsByRuleCommand).callsFake(({ Rule, EventBusName }) => ({
    Targets: (found(Rule, EventBusName).targets ?? []).map((Arn, index) => ({ Id: `${index}`, Arn })),
  }));
  mock.on(DescribeRuleCommand).callsFake(({ Name, EventBusName }) => told(found(Name, EventBusName)));
  mock.on(DisableRuleCommand).callsFake(({ Name, EventBusName }) => {
    found(Name, EventBusName).State = 'DISABLED';
    return {};
  });
  mock.on(EnableRuleCommand).callsFake(({ Name, EventBusName }) => {
    found(Name, EventBusName).State = 'ENABLED';
    return {};
  });
}

/** Has a mocked client answer for schedules. An update replaces all that there is, as AWS does. */
export function serveSchedules(mock: CommandMock, { schedules }: EventBridge): void {
  const groupOf = ({ GroupName = 'default' }: TestSchedule) => GroupName;
  const found = (name: string, group: string) =>
    schedules.find((schedule) => schedule.Name === name && groupOf(schedule) === group) ??
    gone('ResourceNotFoundException', name);
  mock.on(ListSchedulesCommand).callsFake(({ State, NextToken }) => {
    const wanted = schedules.filter((schedule) => (schedule.State ?? 'ENABLED') === State);
    const { page, next } = pageOf(wanted, NextToken);
    const summaries = page.map(({ Name, GroupName, Target }) => ({
      Name,
      GroupName,
      Target: { Arn: Target?.Arn },
    }));
    return { Schedules: summaries, NextToken: next };
  });
  mock.on(GetScheduleCommand).callsFake(({ Name, GroupName }) => ({
    $metadata: {},
    Arn: `arn:aws:scheduler:us-east-1:123456789012:schedule/${GroupName}/${Name}`,
    CreationDate: new Date(0),
    LastModificationDate: new Date(0),
    ...found(Name, GroupName),
    State: found(Name, GroupName).State ?? 'ENABLED',
  }));
  mock.on(UpdateScheduleCommand).callsFake((asked) => {
    const schedule = found(asked.Name, asked.GroupName);
    for (const name of Object.keys(schedule)) delete (schedule as Record<string, unknown>)[name];
    Object.assign(schedule, asked);
    return {};
  });
}

function gone(name: string, what: string): never {
  throw awsError(name, `not found: ${what}`);
}

function pageOf<T>(all: readonly T[], token: string | undefined) {
  const end = Number(token ?? 0) + PAGE;
  return { page: all.slice(end - PAGE, end), next: end < all.length ? String(end) : undefined };
}
