import {
  GetScheduleCommand,
  UpdateScheduleCommand,
  type GetScheduleCommandOutput,
  type UpdateScheduleCommandInput,
} from '@aws-sdk/client-scheduler';
import { errorName, isNamed } from '../aws-error.ts';
import type { Environment } from '../handler.ts';
import { LastingFault } from '../lambda-control/failure.ts';
import { ControlCalls } from '../pacing/control-calls.ts';
import { unlessGone } from '../unless-gone.ts';
import { firesNoMore, isOver } from './is-over.ts';
import { namedSwitches } from './named-switches.ts';
import { pausedIds, placeOf } from './pause.ts';
import type { Stand, Switches } from './switches.ts';

/** Far below the hundreds a second that any region gives (EventBridge Scheduler quotas). */
const CALLS_PER_SECOND = 20;
/** ConflictException: it is being changed (API_UpdateSchedule). */
const PASSING_ERRORS = ['ThrottlingException', 'InternalServerException', 'ConflictException'];

const STANDS: Readonly<Record<string, Stand>> = { ENABLED: 'on', DISABLED: 'off' };

/** The schedules of EventBridge Scheduler that the system names, as `group/name`. */
export function scheduleSwitches(
  environment: Environment<'scheduler'>,
  allowChange: () => Promise<void>,
): Switches {
  const { clock, scheduler, system } = environment;
  const calls = new ControlCalls(environment, {
    perSecond: CALLS_PER_SECOND,
    passing: PASSING_ERRORS,
    allowChange,
  });
  const scheduleOf = (id: string) => {
    const { within, name } = placeOf(id);
    return calls.read(() => scheduler.send(new GetScheduleCommand({ GroupName: within, Name: name })));
  };
  return namedSwitches({
    kind: 'schedule',
    words: { on: 'ENABLED', off: 'DISABLED' },
    ids: pausedIds(system.pause).schedules,
    read: (id) =>
      unlessGone(async () => {
        const schedule = await scheduleOf(id);
        const { State: state = '' } = schedule;
        // It stays ENABLED, and EventBridge Scheduler may take it in no update any more.
        const stand = firesNoMore(schedule, clock.now()) ? 'off' : STANDS[state];
        return { state, stand: stand ?? 'unclear' };
      }),
    turn: async (id, on) => {
      const now = await unlessGone(() => scheduleOf(id));
      if (now === undefined) return 'gone';
      if (on && isOver(now, clock.now())) return 'left';
      const asked = new UpdateScheduleCommand(asItIs(now, on ? 'ENABLED' : 'DISABLED'));
      const answer = await unlessGone(() => calls.change(() => scheduler.send(asked))).catch(refused);
      return answer === undefined ? 'gone' : 'turned';
    },
  });
}

/**
 * An update that changes the state alone: whatever it left out would be set to its default (API_UpdateSchedule). So
 * all that GetSchedule tells goes back, but what is no part of a request.
 */
function asItIs(
  {
    $metadata: _metadata,
    Arn: _arn,
    CreationDate: _created,
    LastModificationDate: _modified,
    ...schedule
  }: GetScheduleCommandOutput,
  State: 'ENABLED' | 'DISABLED',
): UpdateScheduleCommandInput {
  const { Name, ScheduleExpression, Target, FlexibleTimeWindow } = schedule;
  return { ...schedule, Name, ScheduleExpression, Target, FlexibleTimeWindow, State };
}

/** What Scheduler says of a request that it does not take may quote the input of the schedule, which may hold items. */
function refused(error: unknown): never {
  if (!isNamed(error, 'ValidationException')) throw error;
  throw new LastingFault(
    `EventBridge Scheduler does not take the schedule as it is (${errorName(error)}); change its state by hand, and ` +
      'do this again',
  );
}
