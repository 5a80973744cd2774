import {
  DescribeGlobalTableCommand,
  DescribeKinesisStreamingDestinationCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { isNamed } from '../aws-error.ts';
import { describeTable } from '../describe-table.ts';
import type { Environment } from '../handler.ts';
import { look, type Look, seenOr } from './look.ts';

/** A table that is to be taken back. */
export interface SurveyedTable {
  readonly name: string;
  /** Undefined when there is no such table, which the preflight refuses. */
  readonly description: Look<TableDescription | undefined>;
  /** Names of the Kinesis data streams that get every change of it. */
  readonly kinesisStreams: Look<readonly string[]>;
  /** Whether it is a replica of a global table of version 2017.11.29 (Legacy). */
  readonly legacyReplica: Look<boolean>;
}

/** Asks DynamoDB who else writes to a table or hears of every write. */
export async function lookAtTable(name: string, environment: Environment): Promise<SurveyedTable> {
  const description = await look(() => describeTable(name, environment));
  const table = seenOr(description, undefined);
  if (table === undefined)
    return { name, description, kinesisStreams: { seen: [] }, legacyReplica: { seen: false } };
  return {
    name,
    description,
    kinesisStreams: await look(() => kinesisStreamsOf(name, environment)),
    legacyReplica: await look(() => isLegacyReplica(table, environment)),
  };
}

/**
 * Only a replica of the legacy version is described as a global table; one of the current version says so itself
 * (DynamoDB guide, "DynamoDB global tables versions"). A region without the legacy version refuses the question.
 */
async function isLegacyReplica(
  { TableName, TableArn = '', GlobalTableVersion }: TableDescription,
  { dynamodb }: Environment,
): Promise<boolean> {
  if (GlobalTableVersion !== undefined) return GlobalTableVersion === '2017.11.29';
  try {
    const { GlobalTableDescription } = await dynamodb.send(
      new DescribeGlobalTableCommand({ GlobalTableName: TableName }),
    );
    // Tables of this name in other regions may be one, and this one not.
    const region = TableArn.split(':')[3];
    return (
      GlobalTableDescription?.ReplicationGroup?.some(({ RegionName }) => RegionName === region) !== false
    );
  } catch (error) {
    if (isNamed(error, 'GlobalTableNotFoundException', 'UnknownOperationException', 'ValidationException'))
      return false;
    throw error;
  }
}

/** A destination that is disabled stays in the list (DynamoDB guide, "Kinesis Data Streams"). */
const OFF = ['DISABLED', 'DISABLING', 'ENABLE_FAILED'];

async function kinesisStreamsOf(table: string, { dynamodb }: Environment): Promise<string[]> {
  const asked = new DescribeKinesisStreamingDestinationCommand({ TableName: table });
  const { KinesisDataStreamDestinations = [] } = await dynamodb.send(asked);
  return KinesisDataStreamDestinations.filter(
    ({ DestinationStatus = '' }) => !OFF.includes(DestinationStatus),
  ).map(({ StreamArn = '' }) => StreamArn.split('/').at(-1) ?? '');
}
