import { DescribeTableCommand, type TableDescription } from '@aws-sdk/client-dynamodb';
import { isNamed } from './aws-error.ts';
import type { Environment } from './handler.ts';

/** A table as DynamoDB describes it; undefined when it does not exist. */
export async function describeTable(
  name: string,
  { dynamodb }: Pick<Environment, 'dynamodb'>,
): Promise<TableDescription | undefined> {
  try {
    return (await dynamodb.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}
