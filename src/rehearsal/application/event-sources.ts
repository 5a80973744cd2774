import { functionArn, place, roleArn } from '../aws/arn.ts';
import type { EventBridge } from '../aws/event-bridge/event-bridge.ts';
import type { Pause } from '../../tasks/switches/pause.ts';

const arn = (service: string, resource: string) =>
  `arn:aws:${service}:${place.region}:${place.account}:${resource}`;

const SCHEDULE_ROLE = roleArn('shop-scheduler');

/** What of EventBridge the recovery of the application pauses. */
export const PAUSED: Pause = {
  pipes: ['shop-mails', 'shop-archive'],
  rules: ['shop-nightly', 'shop-bus/orders', 'shop-bus/returns'],
  schedules: ['shop/bills', 'shop/stocktaking'],
  scheduleRoles: [SCHEDULE_ROLE],
};

/**
 * What of EventBridge feeds the application, some of it switched off for a reason, and a pipe, a rule and a schedule
 * of somebody else.
 */
export function addEventSources({ pipes, rules, schedules }: EventBridge): void {
  const pipe = (Name: string, on: boolean) => {
    const state = on ? 'RUNNING' : 'STOPPED';
    pipes.push({
      Name,
      Arn: arn('pipes', `pipe/${Name}`),
      CurrentState: state,
      DesiredState: state,
      Source: arn('sqs', `${Name}-queue`),
      Target: arn('states', `stateMachine:${Name}`),
    });
  };
  pipe('shop-mails', true);
  pipe('shop-archive', false);
  pipe('billing-ledger', true);

  const pattern = JSON.stringify({ source: ['shop'] });
  const nightly = { ScheduleExpression: 'cron(0 3 * * ? *)', targets: [functionArn('shop-worker-01')] };
  const imports = { EventPattern: pattern, targets: [arn('states', 'stateMachine:shop-import')] };
  rules.push(
    { Name: 'shop-nightly', State: 'ENABLED', ...nightly },
    { Name: 'orders', EventBusName: 'shop-bus', State: 'ENABLED', ...imports },
    { Name: 'returns', EventBusName: 'shop-bus', State: 'DISABLED', ...imports },
    { Name: 'billing-nightly', State: 'ENABLED', ...nightly, targets: [functionArn('billing-invoice')] },
  );

  const schedule = (GroupName: string, Name: string, State: 'ENABLED' | 'DISABLED') =>
    schedules.push({
      Name,
      GroupName,
      State,
      Description: `starts ${Name}`,
      ScheduleExpression: 'rate(1 hour)',
      ScheduleExpressionTimezone: 'Europe/Amsterdam',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 },
      ActionAfterCompletion: 'NONE',
      Target: { Arn: arn('sqs', `${Name}-queue`), RoleArn: SCHEDULE_ROLE, Input: '{"batch": 100}' },
    });
  schedule('shop', 'bills', 'ENABLED');
  schedule('shop', 'stocktaking', 'DISABLED');
  schedule('billing', 'bills', 'ENABLED');
}
