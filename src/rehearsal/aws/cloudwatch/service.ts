import * as z from 'zod';
import { AwsError, unknownOperation } from '../aws-error.ts';
import type { Fields, JsonRpcService } from '../json-rpc.ts';
import type { ConsumedUnits } from './consumed-units.ts';

const MINUTE_SECONDS = 60;

/** The one metric that is kept, as a recovery asks for it. */
const Asked = z.object({
  Namespace: z.literal('AWS/DynamoDB'),
  MetricName: z.literal('ConsumedWriteCapacityUnits'),
  Dimensions: z.tuple([z.object({ Name: z.literal('TableName'), Value: z.string() })]),
  StartTime: z.number(),
  EndTime: z.number(),
  Period: z.literal(MINUTE_SECONDS),
  Statistics: z.tuple([z.literal('Sum')]),
});

/** CloudWatch, as far as a recovery asks it: was this table written? It tells at once, where AWS lags behind. */
export class CloudWatch implements JsonRpcService {
  readonly name = 'CloudWatch';
  readonly errorPrefix = 'com.amazonaws.cloudwatch#';
  readonly #units: ConsumedUnits;

  constructor(units: ConsumedUnits) {
    this.#units = units;
  }

  async call(operation: string, input: Fields): Promise<Fields> {
    if (operation !== 'GetMetricStatistics') throw unknownOperation(`CloudWatch.${operation}`);
    const asked = Asked.safeParse(input);
    if (!asked.success)
      throw new AwsError('InvalidParameterValueException', 'the embedded AWS keeps no such metric');
    const { MetricName, Dimensions, StartTime, EndTime } = asked.data;
    // CloudWatch begins with a whole period (API_GetMetricStatistics).
    const from = Math.floor(StartTime / MINUTE_SECONDS) * MINUTE_SECONDS * 1000;
    return {
      Label: MetricName,
      Datapoints: this.#units
        .between(Dimensions[0].Value, from, EndTime * 1000)
        .map(({ at, units }) => ({ Timestamp: at / 1000, Sum: units, Unit: 'Count' })),
    };
  }
}
