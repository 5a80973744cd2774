import { ListSchedulesCommand, type ScheduleSummary } from '@aws-sdk/client-scheduler';
import type { Environment } from '../handler.ts';
import { functionOfArn } from '../lambda-control/function-of-arn.ts';
import type { FunctionInScope } from '../lambda-control/functions-in-scope.ts';
import { listAll, type Listed, PAGE } from './list-all.ts';
import { shortList } from '../short-list.ts';

/** What a schedule names as its target to call DynamoDB itself (EventBridge Scheduler guide, "Using universal targets"). */
const DYNAMODB = ':aws-sdk:dynamodb:';

/** The schedules of EventBridge Scheduler in this account and region that are switched on. */
export function enabledSchedules(environment: Environment<'scheduler'>): Promise<Listed<ScheduleSummary>> {
  return listAll(async (NextToken) => {
    const asked = new ListSchedulesCommand({ State: 'ENABLED', MaxResults: PAGE, NextToken });
    const { Schedules = [], NextToken: next } = await environment.scheduler.send(asked);
    return { entries: Schedules, ...(next === undefined ? {} : { next }) };
  }, environment);
}

/** The schedules whose target is a function in scope, as `group/name`. */
export function missedSchedules(
  schedules: readonly ScheduleSummary[],
  scope: readonly FunctionInScope[],
): string[] {
  const names = new Set(scope.map(({ name }) => name));
  return schedules.filter(({ Target }) => names.has(functionOfArn(Target?.Arn))).map(scheduleName);
}

/**
 * Which schedules write by themselves or are missed. A universal target's table stands in its input, which may hold
 * items and is not read; reading operations are no targets.
 */
export function scheduleWarnings(schedules: readonly ScheduleSummary[], missed: readonly string[]): string[] {
  const writing = schedules.filter(({ Target }) => Target?.Arn?.includes(DYNAMODB)).map(scheduleName);
  const warnings: string[] = [];
  if (missed.length > 0)
    warnings.push(
      `functions: the schedules ${shortList(missed)} (EventBridge Scheduler) start functions in scope: what they ` +
        'start during the freeze is missed or late',
    );
  if (writing.length > 0)
    warnings.push(
      `tables: the schedules ${shortList(writing)} (EventBridge Scheduler) call DynamoDB by themselves, which no ` +
        'freeze of functions stops; disable those that write to a table that is taken back',
    );
  return warnings;
}

/** A schedule as this system writes it everywhere: `group/name`. */
export const scheduleName = ({ GroupName = 'default', Name = '' }: ScheduleSummary): string =>
  `${GroupName}/${Name}`;
