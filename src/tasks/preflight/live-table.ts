import { DescribeTableCommand, type TableDescription } from '@aws-sdk/client-dynamodb';
import { isNamed } from '../aws-error.ts';
import type { Environment } from '../handler.ts';

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

/** Why a live table cannot be reset, as its description shows it. */
export function liveTableFaults(place: string, table: TableDescription | undefined): string[] {
  const name = table?.TableName;
  if (table === undefined)
    return [
      `${place}: there is no such table in this account and region; ` +
        'a deleted table must first be restored under its own name, from its system backup',
    ];
  if (
    table.TableStatus === 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' ||
    table.SSEDescription?.InaccessibleEncryptionDateTime !== undefined
  )
    return [
      `${place}: the key that encrypts ${name} cannot be used (INACCESSIBLE_ENCRYPTION_CREDENTIALS); ` +
        'enable the key, or cancel its deletion, and give DynamoDB access to it',
    ];
  if (table.TableStatus !== 'ACTIVE')
    return [`${place}: ${name} is ${table.TableStatus}, not ACTIVE; wait until it is`];
  return [];
}
