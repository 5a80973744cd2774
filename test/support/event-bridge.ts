import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import {
  DescribePipeCommand,
  ListPipesCommand,
  PipesClient,
  StartPipeCommand,
  StopPipeCommand,
} from '@aws-sdk/client-pipes';
import {
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import type { EventBridge, KeptSchedule } from '../../src/rehearsal/aws/event-bridge/event-bridge.ts';
import { pipeOperations } from '../../src/rehearsal/aws/event-bridge/pipes.ts';
import { ruleOperations } from '../../src/rehearsal/aws/event-bridge/rules.ts';
import { scheduleOperations } from '../../src/rehearsal/aws/event-bridge/schedules.ts';
import { answeredBy } from './answered-by.ts';
import type { CommandMock } from './quick-client.ts';

const PAGE = 2;

export type { EventBridge, KeptSchedule as TestSchedule };

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
export function servePipes(mock: CommandMock, state: EventBridge): void {
  const operations = pipeOperations(state, PAGE);
  mock.on(ListPipesCommand).callsFake(answeredBy(operations.ListPipes));
  mock.on(DescribePipeCommand).callsFake(answeredBy(operations.DescribePipe));
  mock.on(StopPipeCommand).callsFake(answeredBy(operations.StopPipe));
  mock.on(StartPipeCommand).callsFake(answeredBy(operations.StartPipe));
}

/** Has a mocked client answer for rules and the buses that they are on. */
export function serveRules(mock: CommandMock, state: EventBridge): void {
  const operations = ruleOperations(state, PAGE);
  mock.on(ListEventBusesCommand).callsFake(answeredBy(operations.ListEventBuses));
  mock.on(ListRulesCommand).callsFake(answeredBy(operations.ListRules));
  mock.on(ListTargetsByRuleCommand).callsFake(answeredBy(operations.ListTargetsByRule));
  mock.on(DescribeRuleCommand).callsFake(answeredBy(operations.DescribeRule));
  mock.on(DisableRuleCommand).callsFake(answeredBy(operations.DisableRule));
  mock.on(EnableRuleCommand).callsFake(answeredBy(operations.EnableRule));
}

/** Has a mocked client answer for schedules. */
export function serveSchedules(mock: CommandMock, state: EventBridge): void {
  const operations = scheduleOperations(state, PAGE);
  mock.on(ListSchedulesCommand).callsFake(answeredBy(operations.ListSchedules));
  mock.on(GetScheduleCommand).callsFake(answeredBy(operations.GetSchedule));
  mock.on(UpdateScheduleCommand).callsFake(answeredBy(operations.UpdateSchedule));
}
