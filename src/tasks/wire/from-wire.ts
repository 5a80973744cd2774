import type { Item } from '../item/item.ts';

type Value = Record<string, unknown>;

/**
 * An item of DynamoDB's JSON as the SDK has it: the same objects, with bytes in place of base64 text.
 * Attributes are never assigned by name, so that one named `__proto__` stays what it is.
 */
export function fromWire(item: unknown): Item {
  readBinaries(item as Value);
  return item as Item;
}

function readBinaries(attributes: Value): void {
  for (const name in attributes) readBinary(attributes[name] as Value);
}

function readBinary(value: Value): void {
  if (typeof value.B === 'string') value.B = Buffer.from(value.B, 'base64');
  else if (Array.isArray(value.BS)) value.BS = value.BS.map((each: string) => Buffer.from(each, 'base64'));
  else if (value.M !== undefined) readBinaries(value.M as Value);
  else if (Array.isArray(value.L)) value.L.forEach((each: Value) => readBinary(each));
}

/** JSON of what holds items or keys as the SDK has them, as DynamoDB's protocol writes it. */
export function wireJson(holding: unknown): string {
  return JSON.stringify(holding, function binary(this: Value, name, given: unknown) {
    // A Buffer is asked for its own JSON before this is called, so the bytes are taken from what holds them.
    const held = Object.hasOwn(this, name) ? this[name] : given;
    return held instanceof Uint8Array ? base64(held) : given;
  });
}

function base64({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
