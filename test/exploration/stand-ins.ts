import { servePipes, serveRules, serveSchedules } from '../support/event-bridge.ts';
import { serveApplication } from '../support/lambda-application.ts';
import { type Mirror, serveMirrored } from '../support/mirrored-ledger.ts';
import { quickClient, type QuickClient } from '../support/quick-client.ts';
import { serveTables } from '../support/restorable-tables.ts';
import { tableArn } from '../support/table-description.ts';
import { serveTags } from '../support/tagging-api.ts';
import { serveExecutions } from '../support/task-environment.ts';
import { serveMetrics } from '../support/write-metrics.ts';
import type { ExploredWorld } from './explored-world.ts';
import { WINDOW_LAG_MINUTES } from './witness.ts';

type Account = Pick<
  ExploredWorld,
  'clock' | 'eventBridge' | 'functions' | 'ledger' | 'mappings' | 'policies' | 'statuses' | 'tables'
>;

/** Clients that answer for the services of an account, by the names that the recovery knows them by. */
export function standIns(
  { clock, eventBridge, functions, ledger, mappings, policies, statuses, tables }: Account,
  { mirror, restoreMinutes }: { readonly mirror: Mirror | undefined; readonly restoreMinutes: number },
): Readonly<Record<string, QuickClient>> {
  const now = () => clock.now();
  const dynamodb = quickClient('DynamoDB');
  if (mirror === undefined) ledger.serve(dynamodb.mock);
  else serveMirrored(dynamodb.mock, ledger, mirror);
  const lags = { restoreMinutes, windowLagMinutes: WINDOW_LAG_MINUTES };
  const deleted = (name: string) => policies.set(tableArn(name), undefined);
  serveTables(dynamodb.mock, { tables: tables.all, now, unprocessedEvery: 0, deleted, ...lags });
  policies.serve(dynamodb.mock, (arn) => [...tables.all.keys()].some((name) => tableArn(name) === arn));
  const lambda = quickClient('Lambda');
  serveApplication(lambda.mock, functions, mappings);
  const events = quickClient('EventBridge');
  serveRules(events.mock, eventBridge);
  const pipes = quickClient('EventBridge Pipes');
  servePipes(pipes.mock, eventBridge);
  const scheduler = quickClient('EventBridge Scheduler');
  serveSchedules(scheduler.mock, eventBridge);
  const sfn = quickClient('Step Functions');
  serveExecutions(sfn.mock, statuses);
  const cloudwatch = quickClient('CloudWatch');
  serveMetrics(cloudwatch.mock, tables.all, now);
  const tagging = quickClient('the tagging API');
  serveTags(tagging.mock, functions);
  return {
    dynamodb: dynamodb.client,
    events: events.client,
    lambda: lambda.client,
    pipes: pipes.client,
    scheduler: scheduler.client,
    sfn: sfn.client,
    cloudwatch: cloudwatch.client,
    tagging: tagging.client,
  };
}
