import { GetMetricStatisticsCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { minute, putAll, recoverableTable, refusalOf, rehearsedAccount, start } from './rehearsed-account.ts';

const asked = (from: number, to: number, MetricName = 'ConsumedWriteCapacityUnits') =>
  new GetMetricStatisticsCommand({
    Namespace: 'AWS/DynamoDB',
    MetricName,
    Dimensions: [{ Name: 'TableName', Value: 'orders' }],
    StartTime: new Date(from),
    EndTime: new Date(to),
    Period: 60,
    Statistics: ['Sum'],
  });

test('counts the write units of a table by the minute, and tells nothing of a minute without any', async () => {
  const account = await rehearsedAccount();
  const { cloudwatch, clock } = account;
  await recoverableTable(account, 'orders');
  clock.pass(2 * minute);
  await putAll(account, 'orders', [{ id: { S: 'a' } }, { id: { S: 'b' }, text: { S: 'x'.repeat(2000) } }]);
  clock.pass(2 * minute + 5000);
  await putAll(account, 'orders', [{ id: { S: 'c' } }]);
  clock.pass(minute);

  const { Datapoints } = await cloudwatch.send(asked(start, clock.now()));
  expect(Datapoints).toEqual([
    { Timestamp: new Date(start + 2 * minute), Sum: 3, Unit: 'Count' },
    { Timestamp: new Date(start + 4 * minute), Sum: 1, Unit: 'Count' },
  ]);
  // It begins with the whole minute that the span begins in.
  const late = await cloudwatch.send(asked(start + 4 * minute + 30_000, clock.now()));
  expect(late.Datapoints).toHaveLength(1);
  const none = await cloudwatch.send(asked(start + 5 * minute, clock.now()));
  expect(none.Datapoints).toEqual([]);
});

test('refuses a metric that it does not keep, and any other operation', async () => {
  const { cloudwatch } = await rehearsedAccount();
  const other = await refusalOf(cloudwatch.send(asked(start, start, 'ConsumedReadCapacityUnits')));
  expect(other.message).toContain('the embedded AWS keeps no such metric');
  const { message } = await refusalOf(cloudwatch.send(new ListMetricsCommand({})));
  expect(message).toContain('CloudWatch.ListMetrics');
});
