import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { RecoverySystem } from '../recovery-system.ts';

/** Why restored tables cannot be kept: the copy of a sensitive one must not outlive the recovery. */
export function keptCopyFaults(
  tables: readonly { readonly name: string }[],
  { tables: known }: RecoverySystem,
): string[] {
  return tables.flatMap(({ name }, index) =>
    known.some((table) => table.name === name && table.sensitive === true)
      ? [
          `keepRestoredTables: tables[${index}], ${name}, is sensitive, and its copy must not outlive the recovery; ` +
            'leave keepRestoredTables out, or take the other tables back in an incident of their own',
        ]
      : [],
  );
}

/**
 * What to know of a sensitive table whose key has no policy that could name its readers. DynamoDB describes no
 * encryption when the key is AWS's own (API_TableDescription, `SSEDescription`).
 */
export function ownedKeyWarnings({ TableName, SSEDescription }: TableDescription): string[] {
  if (SSEDescription?.Status !== undefined && SSEDescription.Status !== 'DISABLED') return [];
  return [
    `tables: ${TableName} is sensitive, but encrypted with a key that AWS owns, and so is its copy: only its resource ` +
      'policy keeps others from reading it; give the table a customer managed key',
  ];
}
