import { QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Ledger } from './ledger.ts';

export type LedgerItem = Record<string, AttributeValue>;

/** Every record of a partition whose sort key starts so, strongly consistent, in the order of the keys. */
export async function readRecords(
  ledger: Pick<Ledger, 'dynamodb' | 'table'>,
  partition: string,
  prefix: string,
): Promise<LedgerItem[]> {
  const records: LedgerItem[] = [];
  let ExclusiveStartKey: LedgerItem | undefined;
  do {
    const page = await ledger.dynamodb.send(
      new QueryCommand({
        TableName: ledger.table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :partition AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':partition': { S: partition }, ':prefix': { S: prefix } },
        ExclusiveStartKey,
      }),
    );
    records.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return records;
}
