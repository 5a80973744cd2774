import * as z from 'zod';
import { workflow } from '../dsl/authoring/workflow.ts';
import { equals } from '../dsl/expression/comparison.ts';
import { map } from '../dsl/expression/each.ts';
import { inWords } from '../dsl/expression/failure.ts';
import { exists, ifElse, orElse } from '../dsl/expression/logic.ts';
import { add, multiply, sum } from '../dsl/expression/number.ts';
import { concat } from '../dsl/expression/text.ts';
import { addSeconds, now } from '../dsl/expression/time.ts';
import { QuietMinutes, TableName } from '../tasks/incident.ts';
import { cloudwatch } from './cloudwatch.ts';
import { shortened } from './segment-failure.ts';

/** After so many minutes what was consumed is counted: DynamoDB tells CloudWatch once a minute. */
const LAG_MINUTES = 2;
/** CloudWatch begins with a whole minute: it may count the one before. */
const ROUNDING_MINUTES = 1;

/**
 * Waits until nobody has written one table for so many minutes: no write units consumed, by CloudWatch's count. A
 * minute without a data point had none. Where CloudWatch cannot be asked, the answer is a warning.
 */
export const proveQuiet = workflow('ProveQuiet', {
  input: z.strictObject({ table: TableName, minutes: QuietMinutes }),
  /** `warning` is empty when it is proven. */
  output: z.object({ table: TableName, warning: z.string() }),
  timeout: '2 hours',
  comment: 'Waits until CloudWatch has counted no write of one table for a while',
})
  .choose('proof', (ways) =>
    ways
      .when(
        'unasked',
        ({ input }) => equals(input.minutes, 0),
        (unasked) =>
          unasked.returns(({ input }) =>
            concat(
              'whether anything still wrote ',
              input.table,
              ' before the reset is not known: quietMinutes is 0, so CloudWatch was not asked',
            ),
          ),
      )
      .otherwise((asked) =>
        asked
          .waitFor('counting', ({ input }) =>
            multiply(add(input.minutes, LAG_MINUTES + ROUNDING_MINUTES), 60),
          )
          .pollUntil(
            'written',
            ({ input }) =>
              cloudwatch.getMetricStatistics({
                Namespace: 'AWS/DynamoDB',
                MetricName: 'ConsumedWriteCapacityUnits',
                Dimensions: [{ Name: 'TableName', Value: input.table }],
                StartTime: addSeconds(now(), multiply(add(input.minutes, LAG_MINUTES), -60)),
                EndTime: now(),
                Period: 60,
                Statistics: ['Sum'],
              }),
            {
              until: ({ written }) => equals(sum(map(written.Datapoints, ({ Sum }) => Sum)), 0),
              recover: {
                errors: [
                  'CloudWatch.CloudWatchException',
                  'CloudWatch.InternalServiceException',
                  'CloudWatch.SdkClientException',
                  'States.Timeout',
                ],
                value: (_scope, error) => ({ unknown: inWords(error) }),
              },
              every: '1 minute',
              giveUpAfter: '15 minutes',
              saying: ({ input, written }) =>
                concat(
                  input.table,
                  ' is still being written: ',
                  sum(map(written.Datapoints, ({ Sum }) => Sum)),
                  ' write units within the last minutes, although the functions in scope are stopped; find what ' +
                    'writes and stop it (its calls are in CloudTrail as data events), or deploy with writeFence true',
                ),
            },
          )
          .returns(({ input, written }) =>
            ifElse(
              exists(written.unknown),
              concat(
                'whether anything still wrote ',
                input.table,
                ' before the reset is not known, because CloudWatch could not be asked: ',
                shortened(orElse(written.unknown, '')),
              ),
              '',
            ),
          ),
      ),
  )
  .returns(({ input, proof }) => ({ table: input.table, warning: proof }));
