import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Fields } from '../json-rpc.ts';
import type { DynamoDbContext, Operations } from './context.ts';
import { readInput, sseSpecification, tableReference } from './input.ts';
import { describeTable, newEntry } from './table-entry.ts';

const createInput = z.looseObject({
  TableName: tableReference,
  SSESpecification: sseSpecification.optional(),
  DeletionProtectionEnabled: z.boolean().default(false),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
});

const updateInput = z.looseObject({
  TableName: tableReference,
  DeletionProtectionEnabled: z.boolean().optional(),
});

const nameInput = z.object({ TableName: tableReference });
const globalInput = z.object({ GlobalTableName: tableReference });

const listInput = z.object({
  ExclusiveStartTableName: z.string().default(''),
  Limit: z.int().min(1).max(100).default(100),
});

/** The operations on tables as such. A created table is ACTIVE, a deleted one gone, with the next request. */
export function tableOperations(context: DynamoDbContext): Operations {
  const { engine, catalog, policies, clock } = context;

  async function describe(name: string): Promise<Fields> {
    const { record, entry } = await catalog.table(name, 'ResourceNotFoundException');
    return describeTable(record, entry, clock.now());
  }

  return {
    async CreateTable(input) {
      const { SSESpecification, DeletionProtectionEnabled, Tags } = readInput(createInput, input);
      const record = await engine.changeTable('CreateTable', input);
      const entry = newEntry(record, clock.now(), { sse: SSESpecification });
      entry.deletionProtected = DeletionProtectionEnabled;
      for (const { Key, Value } of Tags) entry.tags.set(Key, Value);
      catalog.add(entry);
      return { TableDescription: describeTable(record, entry, clock.now()) };
    },

    async DescribeTable(input) {
      return { Table: await describe(readInput(nameInput, input).TableName) };
    },

    /** No table here is a replica of the legacy version. */
    DescribeGlobalTable(input) {
      const { GlobalTableName } = readInput(globalInput, input);
      throw new AwsError('GlobalTableNotFoundException', `Global table not found: ${GlobalTableName}`);
    },

    /** No table here streams to Kinesis. */
    async DescribeKinesisStreamingDestination(input) {
      const { TableName } = readInput(nameInput, input);
      await catalog.table(TableName, 'ResourceNotFoundException');
      return { TableName, KinesisDataStreamDestinations: [] };
    },

    ListTables(input) {
      const { ExclusiveStartTableName, Limit } = readInput(listInput, input);
      const left = catalog.names().filter((name) => name > ExclusiveStartTableName);
      const page = left.slice(0, Limit);
      return {
        TableNames: page,
        ...(page.length < left.length && { LastEvaluatedTableName: page.at(-1) }),
      };
    },

    async UpdateTable(input) {
      const { TableName, DeletionProtectionEnabled, ...changes } = readInput(updateInput, input);
      const { entry } = await catalog.table(TableName, 'ResourceNotFoundException');
      if (Object.keys(changes).length > 0) await engine.changeTable('UpdateTable', { ...changes, TableName });
      entry.deletionProtected = DeletionProtectionEnabled ?? entry.deletionProtected;
      return { TableDescription: await describe(TableName) };
    },

    async DeleteTable(input) {
      const { TableName } = readInput(nameInput, input);
      const { entry } = await catalog.table(TableName, 'ResourceNotFoundException');
      if (entry.deletionProtected)
        throw new AwsError(
          'ValidationException',
          'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
        );
      const record = await engine.changeTable('DeleteTable', { TableName });
      catalog.remove(TableName);
      policies.set(record.TableArn, undefined);
      return { TableDescription: describeTable(record, entry, clock.now()) };
    },
  };
}
