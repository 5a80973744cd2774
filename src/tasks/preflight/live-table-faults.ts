import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { isAvailable } from '../is-available.ts';

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
  if (!isAvailable(table)) return [`${place}: ${name} is ${table.TableStatus}, not ACTIVE; wait until it is`];
  return [];
}
