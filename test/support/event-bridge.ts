import { ListPipesCommand, type Pipe, PipesClient } from '@aws-sdk/client-pipes';
import { ListSchedulesCommand, SchedulerClient, type ScheduleSummary } from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import type { CommandMock } from './quick-client.ts';

const PAGE = 2;

/** EventBridge Pipes and EventBridge Scheduler with these pipes and schedules, in pages of two; tests change both. */
export function eventBridge(pipes: readonly Pipe[] = [], schedules: readonly ScheduleSummary[] = []) {
  const pipesClient = new PipesClient({ region: 'us-east-1' });
  const pipesMock = mockClient(pipesClient);
  pipesMock.rejects(new Error('an unexpected call of EventBridge Pipes'));
  servePipes(pipesMock, pipes);
  const scheduler = new SchedulerClient({ region: 'us-east-1' });
  const schedulerMock = mockClient(scheduler);
  schedulerMock.rejects(new Error('an unexpected call of EventBridge Scheduler'));
  serveSchedules(schedulerMock, schedules);
  return { pipes: pipesClient, pipesMock, scheduler, schedulerMock };
}

/** Has a mocked client answer for these pipes. */
export function servePipes(mock: CommandMock, pipes: readonly Pipe[]): void {
  mock.on(ListPipesCommand).callsFake(({ DesiredState, NextToken }) => {
    const { page, next } = pageOf(
      pipes.filter((pipe) => (pipe.DesiredState ?? 'RUNNING') === DesiredState),
      NextToken,
    );
    return { Pipes: page, NextToken: next };
  });
}

/** Has a mocked client answer for these schedules. */
export function serveSchedules(mock: CommandMock, schedules: readonly ScheduleSummary[]): void {
  mock.on(ListSchedulesCommand).callsFake(({ State, NextToken }) => {
    const { page, next } = pageOf(
      schedules.filter((schedule) => (schedule.State ?? 'ENABLED') === State),
      NextToken,
    );
    return { Schedules: page, NextToken: next };
  });
}

function pageOf<T>(all: readonly T[], token: string | undefined) {
  const end = Number(token ?? 0) + PAGE;
  return { page: all.slice(end - PAGE, end), next: end < all.length ? String(end) : undefined };
}
