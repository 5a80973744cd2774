import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { awsError } from './lambda-application.ts';
import type { CommandMock } from './quick-client.ts';
import type { RestorableTable } from './restorable-table.ts';

const MINUTE = 60_000;
/** Until CloudWatch tells of a write. */
const LATE_MILLISECONDS = 90_000;

type Tables = ReadonlyMap<string, RestorableTable>;

/** CloudWatch over the writes of these tables, a unit each: told late, nothing for a minute without any. */
export function writeMetrics(tables: Tables, now: () => number) {
  const client = new CloudWatchClient({ region: 'us-east-1' });
  const mock = mockClient(client);
  mock.rejects(new Error('an unexpected call of CloudWatch'));
  serveMetrics(mock, tables, now);
  return client;
}

/** Has a mocked client answer for the writes of these tables. */
export function serveMetrics(mock: CommandMock, tables: Tables, now: () => number): void {
  mock.on(GetMetricStatisticsCommand).callsFake(({ Dimensions, StartTime, EndTime, Period }) => {
    if (!(StartTime instanceof Date && EndTime instanceof Date) || Period !== 60)
      throw awsError('InvalidParameterValueException', 'no span of minutes');
    const from = Math.floor(StartTime.getTime() / MINUTE) * MINUTE;
    const until = Math.min(EndTime.getTime(), now() - LATE_MILLISECONDS);
    const sums = new Map<number, number>();
    for (const { at } of tables.get(Dimensions[0].Value)?.writes ?? []) {
      const minute = Math.floor(at / MINUTE) * MINUTE;
      if (minute >= from && at < until) sums.set(minute, (sums.get(minute) ?? 0) + 1);
    }
    return { Datapoints: [...sums].map(([at, Sum]) => ({ Timestamp: new Date(at), Sum, Unit: 'Count' })) };
  });
}
