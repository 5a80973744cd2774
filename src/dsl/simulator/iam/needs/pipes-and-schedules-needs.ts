import { objectOf } from '../../object-of.ts';
import { arnOf, need, needAnywhere, type ServiceNeeds, textOf } from '../need.ts';
import { passRole } from './pass-role.ts';

/** The use of pipes. Making or updating one also passes its role on, which is not among these. */
export const pipesNeeds: ServiceNeeds = (action, args, place) => {
  const name = `pipes:${action}`;
  if (action === 'ListPipes') return [needAnywhere(name)];
  const pipe = textOf(args.Name);
  return pipe === undefined
    ? undefined
    : [need(name, arnOf(pipe, { service: 'pipes', resource: 'pipe/', place }))];
};

/** The use of schedules: who makes or updates one passes the role of its target on. */
export const schedulerNeeds: ServiceNeeds = (action, args, place) => {
  const name = `scheduler:${action}`;
  if (action === 'ListSchedules') return [needAnywhere(name)];
  const schedule = action.endsWith('Schedule') ? textOf(args.Name) : undefined;
  if (schedule === undefined) return undefined;
  const path = `${textOf(args.GroupName) ?? 'default'}/${schedule}`;
  const onSchedule = need(name, arnOf(path, { service: 'scheduler', resource: 'schedule/', place }));
  return /^(Create|Update)/.test(action)
    ? [onSchedule, passRole(objectOf(args.Target ?? {}).RoleArn, 'scheduler.amazonaws.com')]
    : [onSchedule];
};
