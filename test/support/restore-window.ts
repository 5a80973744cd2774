import type { DescribeContinuousBackupsOutput } from '@aws-sdk/client-dynamodb';

/** What DynamoDB says of a table that can be restored to any time between these. */
export const restoreWindow = (
  earliest: string,
  latest: string | undefined,
): DescribeContinuousBackupsOutput => ({
  ContinuousBackupsDescription: {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: 'ENABLED',
      EarliestRestorableDateTime: new Date(earliest),
      LatestRestorableDateTime: latest === undefined ? undefined : new Date(latest),
    },
  },
});

/** What DynamoDB says of a table whose point-in-time recovery is off. */
export const NO_RESTORE_WINDOW: DescribeContinuousBackupsOutput = {
  ContinuousBackupsDescription: {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
  },
};
