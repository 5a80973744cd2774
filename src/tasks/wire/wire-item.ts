/**
 * An attribute value as DynamoDB's JSON carries it: one type with its content, where numbers are decimal text
 * and binaries base64 text (Programming.LowLevelAPI).
 */
export type WireValue = Readonly<Record<string, unknown>>;

/** An item, or a key, as `JSON.parse` gives it from DynamoDB's answer. */
export type WireItem = Readonly<Record<string, WireValue>>;
