import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { KeyNames } from '../item/item.ts';

/** The names of a table's key attributes and of each of its secondary indexes', partition key first. */
export interface TableKeys {
  readonly names: KeyNames;
  readonly indexes: readonly KeyNames[];
}

export function tableKeys(table: TableDescription): TableKeys {
  const { GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] } = table;
  return {
    names: keyNames(table),
    indexes: [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes].map(keyNames),
  };
}

function keyNames({ KeySchema = [] }: Pick<TableDescription, 'KeySchema'>): KeyNames {
  const named = (type: string) => KeySchema.filter(({ KeyType }) => KeyType === type);
  return [...named('HASH'), ...named('RANGE')].map(({ AttributeName }) => AttributeName ?? '');
}
