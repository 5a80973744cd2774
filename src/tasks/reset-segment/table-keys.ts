import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { KeyNames } from '../item/item.ts';
import { indexKeyAttribute, type SecondaryIndex } from './secondary-index.ts';

/** The names of a table's key attributes, and its secondary indexes, each with its key's partition part first. */
export interface TableKeys {
  readonly names: KeyNames;
  readonly indexes: readonly SecondaryIndex[];
}

export function tableKeys(table: TableDescription): TableKeys {
  const { AttributeDefinitions = [], GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] } = table;
  return {
    names: inOrder(table).map(({ AttributeName }) => AttributeName ?? ''),
    indexes: [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes].map((index) => ({
      name: index.IndexName ?? '',
      key: inOrder(index).map((element) => indexKeyAttribute(element, AttributeDefinitions)),
    })),
  };
}

function inOrder({ KeySchema = [] }: Pick<TableDescription, 'KeySchema'>) {
  const parts = (type: string) => KeySchema.filter(({ KeyType }) => KeyType === type);
  return [...parts('HASH'), ...parts('RANGE')];
}
