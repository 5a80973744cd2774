import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { isAvailable } from '../is-available.ts';
import { sameSecond } from '../restore-point.ts';

export interface PairOfTables {
  readonly live: TableDescription;
  readonly restored: TableDescription;
  /** The restore point, milliseconds since the epoch. */
  readonly at: number;
  /** Whether the copy must be encrypted as the live table is. */
  readonly sensitive: boolean;
}

/** Why a table is no finished restore of the live one at the restore point, with the same key schema. */
export function restoredTableFaults(
  place: string,
  { live, restored, at, sensitive }: PairOfTables,
): string[] {
  const name = restored.TableName;
  const summary = restored.RestoreSummary;
  const faults: string[] = [];
  if (!isAvailable(live))
    faults.push(`${place}: ${live.TableName} is ${live.TableStatus}, not ACTIVE; wait until it is`);
  if (restored.TableStatus !== 'ACTIVE' || summary?.RestoreInProgress === true)
    faults.push(`${place}: ${name} is not restored yet (${restored.TableStatus}); wait until it is ACTIVE`);
  if (summary?.SourceTableArn === undefined || summary.SourceTableArn !== live.TableArn)
    faults.push(`${place}: ${name} is no restore of ${live.TableName}; start again with a new incident id`);
  if (summary?.RestoreDateTime === undefined || !sameSecond(summary.RestoreDateTime.getTime(), at))
    faults.push(
      `${place}: ${name} was restored to ${summary?.RestoreDateTime?.toISOString() ?? 'no time'}, not to ` +
        `${new Date(at).toISOString()}; start again with a new incident id`,
    );
  if (keysOf(live) !== keysOf(restored))
    faults.push(
      `${place}: the keys of ${name} (${keysOf(restored)}) are not those of ${live.TableName} ` +
        `(${keysOf(live)}); a table made anew since the restore point cannot be reset to it`,
    );
  if (sensitive && live.SSEDescription?.KMSMasterKeyArn !== restored.SSEDescription?.KMSMasterKeyArn)
    faults.push(
      `${place}: ${name} is not encrypted with the key of ${live.TableName}, which is sensitive; encrypt the table with the ` +
        'key of its copy again, or, if the restore point still lies in the recovery window of the table, delete the ' +
        'copy, and run the incident again',
    );
  return faults;
}

/** Names, roles and types of a table's key attributes, partition key first: `pk HASH S, sk RANGE N`. */
function keysOf({ KeySchema = [], AttributeDefinitions = [] }: TableDescription): string {
  return [...KeySchema]
    .sort((a, b) => (a.KeyType ?? '').localeCompare(b.KeyType ?? ''))
    .map(({ AttributeName, KeyType }) => {
      const type = AttributeDefinitions.find((each) => each.AttributeName === AttributeName)?.AttributeType;
      return `${AttributeName} ${KeyType} ${type}`;
    })
    .join(', ');
}
