import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Fields } from '../json-rpc.ts';
import type { DynamoDbContext, Operations } from './context.ts';
import { newName, readInput, tableReference } from './input.ts';
import { isBeingRestored } from './table-entry.ts';

interface Backup {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  readonly bytes: number;
  readonly source: Fields;
}

const createInput = z.object({ TableName: tableReference, BackupName: newName });
const backupInput = z.object({ BackupArn: z.string() });

/** On-demand backups: CreateBackup, DescribeBackup, DeleteBackup. They are CREATING, then AVAILABLE. */
export function backupOperations(context: DynamoDbContext): Operations {
  const { catalog, clock } = context;
  const backups = new Map<string, Backup>();
  let made = 0;

  function statusOf(backup: Backup): 'CREATING' | 'AVAILABLE' {
    return clock.now() < backup.createdAt + context.backupDuration ? 'CREATING' : 'AVAILABLE';
  }

  function details(backup: Backup): Fields {
    return {
      BackupArn: backup.arn,
      BackupName: backup.name,
      BackupSizeBytes: backup.bytes,
      BackupStatus: statusOf(backup),
      BackupType: 'USER',
      BackupCreationDateTime: backup.createdAt / 1000,
    };
  }

  function describe(backup: Backup): Fields {
    return {
      BackupDetails: details(backup),
      SourceTableDetails: backup.source,
      SourceTableFeatureDetails: {},
    };
  }

  function find(input: Fields): Backup {
    const { BackupArn } = readInput(backupInput, input);
    const backup = backups.get(BackupArn);
    if (backup !== undefined) return backup;
    throw new AwsError('BackupNotFoundException', `Backup not found: ${BackupArn}`);
  }

  return {
    async CreateBackup(input) {
      const { TableName, BackupName } = readInput(createInput, input);
      const { record, entry } = await catalog.table(TableName, 'TableNotFoundException');
      if (isBeingRestored(entry, clock.now()))
        throw new AwsError('TableInUseException', `Table is being created: ${TableName}`);
      const createdAt = clock.now();
      made += 1;
      const unique = createHash('sha256').update(`${TableName} ${made}`).digest('hex').slice(0, 8);
      const backup: Backup = {
        arn: `${record.TableArn}/backup/${String(createdAt).padStart(14, '0')}-${unique}`,
        name: BackupName,
        createdAt,
        bytes: entry.history.bytes,
        source: {
          TableName,
          TableArn: record.TableArn,
          TableId: record.TableId,
          KeySchema: record.KeySchema,
          TableCreationDateTime: entry.createdAt / 1000,
          TableSizeBytes: entry.history.bytes,
          ItemCount: entry.history.itemCount,
          ProvisionedThroughput: record.ProvisionedThroughput,
          BillingMode: record.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
        },
      };
      backups.set(backup.arn, backup);
      return { BackupDetails: details(backup) };
    },

    DescribeBackup(input) {
      return { BackupDescription: describe(find(input)) };
    },

    DeleteBackup(input) {
      const backup = find(input);
      if (statusOf(backup) === 'CREATING')
        throw new AwsError('BackupInUseException', `Backup is being created: ${backup.arn}`);
      backups.delete(backup.arn);
      const BackupDetails = { ...details(backup), BackupStatus: 'DELETED' };
      return { BackupDescription: { ...describe(backup), BackupDetails } };
    },
  };
}
