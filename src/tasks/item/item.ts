import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item as DynamoDB holds it: numbers are decimal text, binaries are bytes, sets have no order. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** The key attributes of one item. Keys are data: they belong in tables, never in logs, errors or results. */
export type Key = Record<string, AttributeValue>;

/** The names of a table's key attributes: the partition key, then the sort key if there is one. */
export type KeyNames = readonly string[];
