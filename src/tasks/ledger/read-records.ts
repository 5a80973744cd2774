import { QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Ledger } from './ledger.ts';

export type LedgerItem = Record<string, AttributeValue>;

interface WantedRecords {
  readonly partition: string;
  /** What their sort keys start with. */
  readonly prefix: string;
  /** Default all. */
  readonly attributes?: readonly string[];
}

/** Every such record, strongly consistent, in the order of the keys. */
export async function readRecords(
  ledger: Pick<Ledger, 'dynamodb' | 'table'>,
  { partition, prefix, attributes }: WantedRecords,
): Promise<LedgerItem[]> {
  // Some of the names are reserved words of DynamoDB's expressions.
  const projection = attributes && {
    ProjectionExpression: attributes.map((name) => `#${name}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
  };
  const records: LedgerItem[] = [];
  let ExclusiveStartKey: LedgerItem | undefined;
  do {
    const page = await ledger.dynamodb.send(
      new QueryCommand({
        TableName: ledger.table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': { S: partition }, ':sk': { S: prefix } },
        ...projection,
        ExclusiveStartKey,
      }),
    );
    records.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return records;
}
