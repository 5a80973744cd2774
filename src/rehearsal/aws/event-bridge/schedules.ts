import { place } from '../arn.ts';
import { type EventBridge, type KeptSchedule, notFound, pageOf } from './event-bridge.ts';

interface Placed {
  readonly Name?: string | undefined;
  readonly GroupName?: string | undefined;
}

interface Listing {
  readonly State?: string | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * What EventBridge Scheduler answers. An update replaces all that there is, as AWS does.
 * @param pageSize the most schedules of a list.
 */
export function scheduleOperations({ schedules }: EventBridge, pageSize: number) {
  const groupOf = ({ GroupName = 'default' }: Placed) => GroupName;
  const found = (asked: Placed): KeptSchedule =>
    schedules.find((schedule) => schedule.Name === asked.Name && groupOf(schedule) === groupOf(asked)) ??
    notFound('ResourceNotFoundException', asked.Name);
  const arnOf = (asked: Placed) =>
    `arn:aws:scheduler:${place.region}:${place.account}:schedule/${groupOf(asked)}/${asked.Name}`;
  return {
    ListSchedules: ({ State, NextToken }: Listing) => {
      const wanted = schedules.filter(
        (schedule) => State === undefined || (schedule.State ?? 'ENABLED') === State,
      );
      const { page, next } = pageOf(wanted, NextToken, pageSize);
      const summaries = page.map(({ Name, GroupName, Target }) => ({
        Name,
        GroupName,
        Target: { Arn: Target?.Arn },
      }));
      return { Schedules: summaries, NextToken: next };
    },

    GetSchedule: (asked: Placed) => ({ Arn: arnOf(asked), State: 'ENABLED', ...found(asked) }),

    UpdateSchedule: (asked: Placed) => {
      const schedule = found(asked);
      for (const name of Object.keys(schedule)) delete (schedule as Record<string, unknown>)[name];
      Object.assign(schedule, asked);
      return { ScheduleArn: arnOf(asked) };
    },
  };
}
