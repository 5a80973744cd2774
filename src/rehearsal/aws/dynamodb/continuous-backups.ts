import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Fields } from '../json-rpc.ts';
import type { DynamoDbContext, Operations } from './context.ts';
import { readInput, tableReference } from './input.ts';
import { isBeingRestored, type TableEntry } from './table-entry.ts';

const DAY = 86_400_000;

/** "Typically 5 minutes before the current time" (API reference, PointInTimeRecoveryDescription). */
const RESTORABLE_DELAY = 5 * 60_000;

const describeInput = z.object({ TableName: tableReference });

const updateInput = z.object({
  TableName: tableReference,
  PointInTimeRecoverySpecification: z.object({
    PointInTimeRecoveryEnabled: z.boolean(),
    RecoveryPeriodInDays: z.int().min(1).max(35).default(35),
  }),
});

/** The instants, in milliseconds at whole seconds, between which a table can be restored. */
export interface RecoveryWindow {
  readonly earliest: number;
  readonly latest: number;
}

/** A table's recovery window, undefined while point-in-time recovery is off. */
export function recoveryWindow({ recovery }: TableEntry, now: number): RecoveryWindow | undefined {
  if (recovery === undefined) return undefined;
  const earliest = wholeSecond(Math.max(recovery.enabledAt, now - recovery.periodInDays * DAY));
  return { earliest, latest: Math.max(earliest, wholeSecond(now - RESTORABLE_DELAY)) };
}

function wholeSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

/** DescribeContinuousBackups and UpdateContinuousBackups. Recovery is off until it is switched on, as in AWS. */
export function continuousBackupOperations(context: DynamoDbContext): Operations {
  const { catalog, clock } = context;

  function describe(entry: TableEntry): Fields {
    const window = recoveryWindow(entry, clock.now());
    return {
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription:
          window === undefined
            ? { PointInTimeRecoveryStatus: 'DISABLED' }
            : {
                PointInTimeRecoveryStatus: 'ENABLED',
                RecoveryPeriodInDays: entry.recovery?.periodInDays,
                EarliestRestorableDateTime: window.earliest / 1000,
                LatestRestorableDateTime: window.latest / 1000,
              },
      },
    };
  }

  return {
    async DescribeContinuousBackups(input) {
      const { TableName } = readInput(describeInput, input);
      return describe((await catalog.table(TableName, 'TableNotFoundException')).entry);
    },

    async UpdateContinuousBackups(input) {
      const { TableName, PointInTimeRecoverySpecification: wanted } = readInput(updateInput, input);
      const { entry } = await catalog.table(TableName, 'TableNotFoundException');
      if (isBeingRestored(entry, clock.now()))
        throw new AwsError(
          'ContinuousBackupsUnavailableException',
          `Backups are being enabled for the table: ${TableName}. Please retry later`,
        );
      // Switching recovery off and on again forgets the past: restorable from now only.
      entry.recovery = wanted.PointInTimeRecoveryEnabled
        ? {
            enabledAt: entry.recovery?.enabledAt ?? clock.now(),
            periodInDays: wanted.RecoveryPeriodInDays,
          }
        : undefined;
      return describe(entry);
    },
  };
}
