import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateBackupCommand,
  DeleteTableCommand,
  DescribeBackupCommand,
  DescribeContinuousBackupsCommand,
  DescribeGlobalTableCommand,
  DescribeKinesisStreamingDestinationCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTablesCommand,
  RestoreTableToPointInTimeCommand,
  ScanCommand,
  TagResourceCommand,
  type BatchGetItemCommandInput,
  type BatchWriteItemCommandInput,
  type RestoreTableToPointInTimeCommandInput,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { CommandMock } from './quick-client.ts';
import { awsError } from './lambda-application.ts';
import { keyText, RestorableTable } from './restorable-table.ts';
import { tableArn } from './table-description.ts';

const MINUTE = 60_000;
const BACKUP_MINUTES = 4;
const WINDOW_DAYS = 35;

interface Account {
  readonly tables: Map<string, RestorableTable>;
  readonly now: () => number;
  /** Leaves every so many-th write of all batches unprocessed; 0 for none. */
  readonly unprocessedEvery: number;
  /** How long a restore takes; default 12 minutes. */
  readonly restoreMinutes?: number;
  /** How far the restore window lags; default 5 minutes. */
  readonly windowLagMinutes?: number;
  /** Hears of a table that has been deleted. */
  readonly deleted?: (name: string) => void;
}

/**
 * Lets a mocked client answer for these tables as DynamoDB does: small pages in hash order, restores and
 * backups that take their time, a restore window that lags. Any other call is refused by the mock.
 */
export function serveTables(
  mock: CommandMock,
  { tables, now, unprocessedEvery, restoreMinutes = 12, windowLagMinutes = 5, deleted }: Account,
): void {
  let writes = 0;
  let backups = 0;
  const ready = new Map<string, number>();
  const table = (name: string | undefined): RestorableTable => tables.get(name ?? '') ?? noTable(name);
  const active = (name: string | undefined): RestorableTable => {
    const found = table(name);
    if (status(found) !== 'ACTIVE') throw awsError('ResourceNotFoundException', `${name} is not there yet`);
    return found;
  };
  const status = ({ name, described }: RestorableTable): string =>
    described.TableStatus ?? (now() < (ready.get(name) ?? 0) ? 'CREATING' : 'ACTIVE');

  mock.on(DescribeTableCommand).callsFake(({ TableName }) => {
    const found = table(TableName);
    const { RestoreSummary, ...description } = found.description;
    const restore = RestoreSummary && {
      ...RestoreSummary,
      RestoreInProgress: status(found) === 'CREATING',
    };
    return { Table: { ...description, TableStatus: status(found), RestoreSummary: restore } };
  });

  mock.on(ListTablesCommand).callsFake(() => ({ TableNames: [...tables.keys()] }));

  mock.on(DescribeContinuousBackupsCommand).callsFake(({ TableName }) => {
    table(TableName);
    const latest = now() - windowLagMinutes * MINUTE;
    return {
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: {
          PointInTimeRecoveryStatus: 'ENABLED',
          EarliestRestorableDateTime: new Date(now() - WINDOW_DAYS * 24 * 60 * MINUTE),
          LatestRestorableDateTime: new Date(latest),
        },
      },
    };
  });

  mock.on(DescribeGlobalTableCommand).callsFake(({ GlobalTableName }) => {
    throw awsError('GlobalTableNotFoundException', `Global table not found: ${GlobalTableName}`);
  });

  mock.on(DescribeKinesisStreamingDestinationCommand).callsFake(({ TableName }) => ({
    TableName,
    KinesisDataStreamDestinations: table(TableName).kinesisDestinations,
  }));

  mock.on(DescribeTimeToLiveCommand).callsFake(({ TableName }) => {
    const { timeToLive } = table(TableName);
    return {
      TimeToLiveDescription:
        timeToLive === undefined
          ? { TimeToLiveStatus: 'DISABLED' }
          : { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive },
    };
  });

  mock.on(RestoreTableToPointInTimeCommand).callsFake((asked: RestoreTableToPointInTimeCommandInput) => {
    const { SourceTableArn, TargetTableName = '', RestoreDateTime } = asked;
    const source = table(SourceTableArn?.split('/')[1]);
    if (tables.has(TargetTableName))
      throw awsError('TableAlreadyExistsException', `${TargetTableName} exists`);
    if (!(RestoreDateTime instanceof Date)) throw awsError('ValidationException', 'no time to restore to');
    const { AttributeDefinitions } = source.description;
    const restored = new RestorableTable(TargetTableName, {
      AttributeDefinitions,
      RestoreSummary: { SourceTableArn: tableArn(source.name), RestoreDateTime, RestoreInProgress: true },
    });
    restored.become(source.itemsAt(RestoreDateTime.getTime()), now());
    tables.set(TargetTableName, restored);
    ready.set(TargetTableName, now() + restoreMinutes * MINUTE);
    return { TableDescription: { ...restored.description, TableStatus: 'CREATING' } };
  });

  mock.on(TagResourceCommand).callsFake(({ ResourceArn }) => {
    active(ResourceArn?.split('/')[1]);
    return {};
  });

  mock.on(DeleteTableCommand).callsFake(({ TableName }) => {
    if (status(table(TableName)) === 'CREATING')
      throw awsError('ResourceInUseException', `${TableName} is being created`);
    tables.delete(TableName);
    deleted?.(TableName);
    return {};
  });

  mock.on(CreateBackupCommand).callsFake(({ TableName, BackupName }) => {
    const BackupArn = `${tableArn(active(TableName).name)}/backup/0${(backups += 1)}`;
    ready.set(BackupArn, now() + BACKUP_MINUTES * MINUTE);
    return { BackupDetails: { BackupArn, BackupName, BackupStatus: 'CREATING' } };
  });

  mock.on(DescribeBackupCommand).callsFake(({ BackupArn }) => {
    const at = ready.get(BackupArn);
    if (at === undefined) throw awsError('BackupNotFoundException');
    const BackupStatus = now() < at ? 'CREATING' : 'AVAILABLE';
    return { BackupDescription: { BackupDetails: { BackupArn, BackupStatus } } };
  });

  mock.on(ScanCommand).callsFake((asked: ScanCommandInput) => {
    const { TableName, ExclusiveStartKey, Segment = 0, TotalSegments = 1, ConsistentRead } = asked;
    if (ConsistentRead !== true) throw new Error(`the scan of ${TableName} is not consistent`);
    const { items, next } = active(TableName).page(ExclusiveStartKey, Segment, TotalSegments);
    return { Items: structuredClone(items), LastEvaluatedKey: next };
  });

  mock.on(BatchGetItemCommand).callsFake(({ RequestItems = {} }: BatchGetItemCommandInput) => {
    const Responses = Object.entries(RequestItems).map(([name, { Keys = [], ConsistentRead }]) => {
      if (ConsistentRead !== true) throw new Error(`the read of ${name} is not consistent`);
      const found = Keys.map((key) => active(name).read(key)).filter((item) => item !== undefined);
      return [name, structuredClone(found)] as const;
    });
    return { Responses: Object.fromEntries(Responses), UnprocessedKeys: {} };
  });

  mock.on(BatchWriteItemCommand).callsFake(({ RequestItems = {} }: BatchWriteItemCommandInput) => {
    const left = Object.entries(RequestItems).map(([name, batch]) => {
      const keys = batch.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key ?? {});
      if (batch.length > 25 || new Set(keys.map(keyText)).size < batch.length)
        throw awsError('ValidationException', `too many items, or one twice: ${keys.map(keyText).join()}`);
      const unprocessed = batch.filter(({ PutRequest }, index) => {
        writes += 1;
        if (unprocessedEvery > 0 && writes % unprocessedEvery === 0) return true;
        active(name).write(keys[index] ?? {}, PutRequest?.Item, now());
        return false;
      });
      return [name, unprocessed] as const;
    });
    return { UnprocessedItems: Object.fromEntries(left.filter(([, batch]) => batch.length > 0)) };
  });
}

function noTable(name: string | undefined): never {
  throw awsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
}
