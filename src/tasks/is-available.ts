import type { TableDescription } from '@aws-sdk/client-dynamodb';

/**
 * Whether a live table can be planned and reset. Auto scaling may give it more capacity, even for the plan's own reads, and
 * a table that is `UPDATING` for that stays available (re:Post, "dynamodb stuck updating status"). An index that is just
 * being made the plan may not know.
 */
export function isAvailable({ TableStatus, GlobalSecondaryIndexes = [] }: TableDescription): boolean {
  if (TableStatus !== 'UPDATING') return TableStatus === 'ACTIVE';
  return GlobalSecondaryIndexes.every(({ IndexStatus }) => IndexStatus !== 'CREATING');
}
