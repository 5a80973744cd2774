import * as z from 'zod';
import { RoleArn } from '../role-arn.ts';

/** API_StopPipe: 1 to 64 of letters, digits, `.`, `-` and `_`. */
export const PipeName = z
  .string()
  .regex(/^[.\-_A-Za-z0-9]{1,64}$/, "must be the name of a pipe: 1 to 64 letters, digits, '.', '-' and '_'");

/** API_DisableRule: a bus's name may have slashes, a rule's may not. */
export const RuleName = z
  .string()
  .regex(
    /^([/.\-_A-Za-z0-9]{1,256}\/)?[.\-_A-Za-z0-9]{1,64}$/,
    'must be the name of a rule of the default event bus, or of another one as bus/name',
  );

/** API_GetSchedule. */
export const ScheduleName = z
  .string()
  .regex(
    /^([.\-_A-Za-z0-9]{1,64}\/)?[.\-_A-Za-z0-9]{1,64}$/,
    'must be the name of a schedule of the default group, or of another one as group/name',
  );

/**
 * What a freeze pauses beside the functions and their event-source mappings, by name and to the letter: nothing else of
 * the kind is touched.
 */
export const Pause = z
  .strictObject({
    /** Names of pipes (EventBridge Pipes). */
    pipes: z.array(PipeName).optional(),
    /** Rules of EventBridge, as `bus/name`, or `name` for those of the default event bus. */
    rules: z.array(RuleName).optional(),
    /** Schedules of EventBridge Scheduler, as `group/name`, or `name` for those of the default group. */
    schedules: z.array(ScheduleName).optional(),
    /** ARNs of the roles with which those schedules call their targets: who updates a schedule passes its role on. */
    scheduleRoles: z.array(RoleArn).optional(),
  })
  .refine(({ schedules = [], scheduleRoles = [] }) => schedules.length === 0 || scheduleRoles.length > 0, {
    path: ['scheduleRoles'],
    message: 'must name the roles with which the schedules call their targets',
  });
export type Pause = z.infer<typeof Pause>;

/** Where something stands that belongs to an event bus or a group of schedules. */
export interface Place {
  /** The bus or the group. */
  readonly within: string;
  readonly name: string;
}

/** A rule's `bus/name` or a schedule's `group/name`; without a slash it is in the one called `default`. */
export function placeOf(written: string): Place {
  const slash = written.lastIndexOf('/');
  return { within: slash < 0 ? 'default' : written.slice(0, slash), name: written.slice(slash + 1) };
}

/** A place as this system writes it everywhere. */
export const placeText = ({ within, name }: Place): string => `${within}/${name}`;

/** Ids of all that a freeze pauses by name, each once. */
export function pausedIds({ pipes = [], rules = [], schedules = [] }: Pause = {}) {
  const placed = (written: readonly string[]) => [...new Set(written.map((one) => placeText(placeOf(one))))];
  return { pipes: [...new Set(pipes)], rules: placed(rules), schedules: placed(schedules) };
}
