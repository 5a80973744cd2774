import { DescribeRuleCommand } from '@aws-sdk/client-eventbridge';
import { DescribePipeCommand } from '@aws-sdk/client-pipes';
import { GetScheduleCommand } from '@aws-sdk/client-scheduler';
import { errorName } from '../aws-error.ts';
import type { Environment } from '../handler.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { firesNoMore } from '../switches/is-over.ts';
import { pausedIds, placeOf } from '../switches/pause.ts';
import { unlessGone } from '../unless-gone.ts';
import type { Missing } from './missing.ts';

type Needed = Environment<'events' | 'pipes' | 'scheduler'>;

const AT_ONCE = 4;

export interface PauseSurvey {
  /** Why what the system names to be paused could not be paused and put back, each with its remedy. */
  readonly faults: readonly string[];
  readonly missing: readonly Missing[];
}

/** Looks whether a freeze could pause, and a thaw put back, what the system names. */
export async function surveyPause(environment: Needed): Promise<PauseSurvey> {
  const { pipes, rules, schedules } = pausedIds(environment.system.pause);
  const looks = [
    ...pipes.map((id) => ({ what: `the pipe ${id}`, list: 'pipes', at: () => pipeFault(id, environment) })),
    ...rules.map((id) => ({ what: `the rule ${id}`, list: 'rules', at: () => ruleFault(id, environment) })),
    ...schedules.map((id) => ({
      what: `the schedule ${id}`,
      list: 'schedules',
      at: () => scheduleFault(id, environment),
    })),
  ];
  const looked = await inParallel(
    looks,
    AT_ONCE,
    async ({ what, list, at }): Promise<Partial<PauseSurvey>> => {
      try {
        const fault = await unlessGone(at);
        if (fault === FINE) return {};
        if (fault !== undefined)
          return { faults: [`pause: ${what} ${fault}; or take it out of pause.${list} and deploy`] };
        return {
          missing: [
            {
              what,
              fault: `pause: ${what} does not exist; correct pause.${list} of the recovery system and deploy`,
            },
          ],
        };
      } catch (error) {
        return {
          faults: [
            `pause: ${what} could not be looked at (${errorName(error)}); deploy the recovery system again`,
          ],
        };
      }
    },
  );
  return {
    faults: looked.flatMap(({ faults }) => faults ?? []),
    missing: looked.flatMap(({ missing }) => missing ?? []),
  };
}

const FINE = '';

/** States of a pipe that pass by themselves, or tell whether it is on. */
const CLEAR = /^(RUNNING|STOPPED|CREATING|UPDATING|STARTING|STOPPING|START_FAILED|STOP_FAILED)$/;

/** @returns undefined when it is being deleted. */
async function pipeFault(Name: string, { pipes }: Needed): Promise<string | undefined> {
  const { CurrentState = '' } = await pipes.send(new DescribePipeCommand({ Name }));
  if (CurrentState === 'DELETING') return undefined;
  if (CLEAR.test(CurrentState)) return FINE;
  return `is ${CurrentState}, which does not tell whether it is on: mend it`;
}

async function ruleFault(id: string, { events }: Needed): Promise<string> {
  const { name, within } = placeOf(id);
  const asked = new DescribeRuleCommand({ Name: name, EventBusName: within });
  const { ManagedBy, State = '' } = await events.send(asked);
  // DisableRule refuses them (ManagedRuleException).
  if (ManagedBy !== undefined) return `is managed by ${ManagedBy}, which alone may switch it off`;
  if (['ENABLED', 'DISABLED'].includes(State)) return FINE;
  return `is ${State}, to which EnableRule does not bring it back: disable it by hand before the recovery`;
}

async function scheduleFault(id: string, { clock, scheduler, system }: Needed): Promise<string> {
  const { name, within } = placeOf(id);
  const asked = new GetScheduleCommand({ GroupName: within, Name: name });
  const schedule = await scheduler.send(asked);
  const { KmsKeyArn, StartDate, State, ScheduleExpression, Target } = schedule;
  if (firesNoMore(schedule, clock.now())) return FINE;
  const role = Target?.RoleArn ?? '';
  if (!system.pause?.scheduleRoles?.includes(role))
    return `calls its target with the role ${role}: name that in pause.scheduleRoles and deploy`;
  if (KmsKeyArn !== undefined)
    return 'is encrypted with a customer managed key, which this system may not use: disable it by hand';
  // "The StartDate you specify cannot be earlier than 5 minutes ago": it would be by the thaw, if not by now.
  if (State === 'ENABLED' && StartDate !== undefined && !ScheduleExpression?.startsWith('at('))
    return (
      'has a start date, which EventBridge Scheduler takes no more once it has passed, so that it could not be put ' +
      'back: update it without one'
    );
  return FINE;
}
