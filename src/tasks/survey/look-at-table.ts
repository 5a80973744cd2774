import { DescribeKinesisStreamingDestinationCommand, type TableDescription } from '@aws-sdk/client-dynamodb';
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
}

/** Asks DynamoDB who else writes to a table or hears of every write. */
export async function lookAtTable(name: string, environment: Environment): Promise<SurveyedTable> {
  const description = await look(() => describeTable(name, environment));
  const kinesisStreams =
    seenOr(description, undefined) === undefined
      ? { seen: [] }
      : await look(() => kinesisStreamsOf(name, environment));
  return { name, description, kinesisStreams };
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
