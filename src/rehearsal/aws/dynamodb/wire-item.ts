/** An attribute value as DynamoDB's JSON carries it: numbers and binaries are strings. */
export type WireValue = Readonly<Record<string, unknown>>;

/** An item as DynamoDB's JSON carries it; no number in it was ever a JavaScript number. */
export type WireItem = Readonly<Record<string, WireValue>>;

/**
 * One text for one key: its attributes as JSON, partition key first.
 * @param keyNames the key schema's attribute names in order.
 */
export function canonicalKey(item: WireItem, keyNames: readonly string[]): string {
  return JSON.stringify(Object.fromEntries(keyNames.map((name) => [name, item[name]])));
}
