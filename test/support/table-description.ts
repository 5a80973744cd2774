import type { TableDescription } from '@aws-sdk/client-dynamodb';

export const tableArn = (name: string): string => `arn:aws:dynamodb:us-east-1:123456789012:table/${name}`;

/** An ordinary table as DynamoDB describes it, with what a test wants to be different. */
export function tableDescription(name: string, different: TableDescription = {}): TableDescription {
  return {
    TableName: name,
    TableArn: tableArn(name),
    TableStatus: 'ACTIVE',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'N' },
    ],
    TableSizeBytes: 1000,
    ...different,
  };
}
