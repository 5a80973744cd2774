import { DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import type { Environment } from '../handler.ts';

/**
 * The attribute by which DynamoDB deletes a table's expired items; null when it deletes none. A change takes up
 * to an hour to be effective (API_UpdateTimeToLive), so that one being switched off may still delete.
 */
export async function timeToLiveOf(
  table: string,
  { dynamodb }: Pick<Environment, 'dynamodb'>,
): Promise<string | null> {
  const { TimeToLiveDescription } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName: table }));
  const { TimeToLiveStatus: status, AttributeName } = TimeToLiveDescription ?? {};
  return status === undefined || status === 'DISABLED' ? null : (AttributeName ?? null);
}
