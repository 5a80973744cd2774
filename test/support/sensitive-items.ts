import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

/** In every item of the tests' tables: as text in key and value, as digits in the numeric sort key. */
export const SECRETS = ['TOP-SECRET', '770077007700'] as const;

/** An item whose key and content must never be seen outside the tables. */
export function sensitiveItem(number: number, content = 'good'): Item {
  return {
    pk: { S: `TOP-SECRET-customer-${number}` },
    sk: { N: `770077007700${number}` },
    content: { S: `TOP-SECRET-${content}` },
    // More digits than a JavaScript number holds.
    amount: { N: `1234567890123456789012345678901234567${number % 10}` },
    tags: { SS: ['TOP-SECRET-a', 'TOP-SECRET-b'] },
  };
}

/** Items with these numbers, both ends included. */
export function sensitiveItems(from: number, to: number, content = 'good'): Item[] {
  return Array.from({ length: to - from + 1 }, (_, index) => sensitiveItem(from + index, content));
}
