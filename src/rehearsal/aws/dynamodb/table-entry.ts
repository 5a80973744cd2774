import type { z } from 'zod';
import { keyArn } from '../arn.ts';
import type { Fields } from '../json-rpc.ts';
import type { TableRecord } from './dynalite.ts';
import { TableHistory } from './history.ts';
import type { sseSpecification } from './input.ts';

/** How a restored table came to be. */
export interface RestoreOrigin {
  readonly sourceTableArn: string;
  /** The restored instant, in milliseconds. */
  readonly restoredTo: number;
  /** When the table becomes ACTIVE, in milliseconds. */
  readonly readyAt: number;
}

/** What the embedded AWS knows of a table beyond what the engine keeps. Times are virtual milliseconds. */
export interface TableEntry {
  readonly name: string;
  /** The key attributes' names, partition key first. */
  readonly keyNames: readonly string[];
  readonly createdAt: number;
  readonly history: TableHistory;
  readonly tags: Map<string, string>;
  readonly sse: z.output<typeof sseSpecification> | undefined;
  readonly origin: RestoreOrigin | undefined;
  deletionProtected: boolean;
  /** Point-in-time recovery, while it is on. */
  recovery: { readonly enabledAt: number; readonly periodInDays: number } | undefined;
}

/** A new table's entry: unprotected, untagged, recovery off, encrypted with DynamoDB's own key. */
export function newEntry(
  { TableName, KeySchema }: Pick<TableRecord, 'TableName' | 'KeySchema'>,
  createdAt: number,
  rest: Partial<Pick<TableEntry, 'sse' | 'origin'>> = {},
): TableEntry {
  return {
    name: TableName,
    keyNames: KeySchema.map(({ AttributeName }) => AttributeName),
    createdAt,
    history: new TableHistory(),
    tags: new Map(),
    sse: rest.sse,
    origin: rest.origin,
    deletionProtected: false,
    recovery: undefined,
  };
}

export function isBeingRestored(entry: TableEntry, now: number): boolean {
  return entry.origin !== undefined && now < entry.origin.readyAt;
}

/** A table as DescribeTable and its kin show it. */
export function describeTable(record: TableRecord, entry: TableEntry, now: number): Fields {
  const restoring = isBeingRestored(entry, now);
  return {
    ...withoutWallClock(record),
    CreationDateTime: entry.createdAt / 1000,
    ItemCount: restoring ? 0 : entry.history.itemCount,
    TableSizeBytes: restoring ? 0 : entry.history.bytes,
    DeletionProtectionEnabled: entry.deletionProtected,
    ...(record.GlobalSecondaryIndexes !== undefined && {
      GlobalSecondaryIndexes: record.GlobalSecondaryIndexes.map((index) =>
        restoring ? { ...index, IndexStatus: 'CREATING' } : index,
      ),
    }),
    ...(entry.sse?.Enabled === true && { SSEDescription: describeEncryption(entry.sse) }),
    ...(entry.origin !== undefined && { RestoreSummary: describeRestore(entry.origin, restoring) }),
  };
}

/** The engine notes when throughput was last changed, by the wall clock: such times are left out. */
function withoutWallClock(record: TableRecord): Fields {
  const { BillingModeSummary: billing, TableThroughputModeSummary: _, ...rest } = record;
  const {
    LastIncreaseDateTime: _up,
    LastDecreaseDateTime: _down,
    ...throughput
  } = record.ProvisionedThroughput ?? {};
  return {
    ...rest,
    ProvisionedThroughput: throughput,
    ...(billing !== undefined && { BillingModeSummary: { BillingMode: billing.BillingMode } }),
  };
}

/** The RestoreSummary of a table's description. */
function describeRestore(origin: RestoreOrigin, restoring: boolean): Fields {
  return {
    SourceTableArn: origin.sourceTableArn,
    RestoreDateTime: origin.restoredTo / 1000,
    RestoreInProgress: restoring,
  };
}

function describeEncryption(sse: z.output<typeof sseSpecification>): Fields {
  return {
    Status: 'ENABLED',
    SSEType: sse.SSEType ?? 'KMS',
    KMSMasterKeyArn: keyArn(sse.KMSMasterKeyId ?? 'alias/aws/dynamodb'),
  };
}
