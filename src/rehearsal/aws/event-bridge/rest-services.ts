import { readBody } from '../rest/read-body.ts';
import type { RestService } from '../rest/rest-service.ts';
import type { EventBridge } from './event-bridge.ts';
import { pipeOperations } from './pipes.ts';
import { scheduleOperations } from './schedules.ts';

/** The most pipes, and the most schedules, that one answer lists (API_ListPipes, API_ListSchedules). */
const PAGE = 100;

/** EventBridge Pipes. */
export function pipeService(state: EventBridge): RestService {
  const { ListPipes, DescribePipe, StopPipe, StartPipe } = pipeOperations(state, PAGE);
  return {
    name: 'Pipes',
    routes: [
      ['ListPipes', 'GET', /^\/v1\/pipes$/],
      ['DescribePipe', 'GET', /^\/v1\/pipes\/([^/]+)$/],
      ['StopPipe', 'POST', /^\/v1\/pipes\/([^/]+)\/stop$/],
      ['StartPipe', 'POST', /^\/v1\/pipes\/([^/]+)\/start$/],
    ],
    operations: {
      ListPipes: ({ query }) => ({ output: ListPipes(Object.fromEntries(query)) }),
      DescribePipe: ({ subject }) => ({ output: DescribePipe({ Name: subject }) }),
      StopPipe: ({ subject }) => ({ output: StopPipe({ Name: subject }) }),
      StartPipe: ({ subject }) => ({ output: StartPipe({ Name: subject }) }),
    },
  };
}

/** EventBridge Scheduler. */
export function scheduleService(state: EventBridge): RestService {
  const { ListSchedules, GetSchedule, UpdateSchedule } = scheduleOperations(state, PAGE);
  return {
    name: 'Scheduler',
    routes: [
      ['ListSchedules', 'GET', /^\/schedules$/],
      ['GetSchedule', 'GET', /^\/schedules\/([^/]+)$/],
      ['UpdateSchedule', 'PUT', /^\/schedules\/([^/]+)$/],
    ],
    operations: {
      ListSchedules: ({ query }) => ({ output: ListSchedules(Object.fromEntries(query)) }),
      GetSchedule: ({ subject, query }) => ({
        output: GetSchedule({ Name: subject, GroupName: query.get('groupName') ?? undefined }),
      }),
      UpdateSchedule: ({ subject, body }) => {
        // What makes a repetition harmless is no part of the schedule.
        const { ClientToken: _, ...asked } = readBody(body);
        return { output: UpdateSchedule({ ...asked, Name: subject }) };
      },
    },
  };
}
