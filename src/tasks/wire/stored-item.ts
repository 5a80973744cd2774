import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item, Key, KeyNames } from '../item/item.ts';
import { keyIdentity, keyOf } from '../item/key-identity.ts';
import { sameItem } from '../item/same-item.ts';
import type { WireItem } from './wire-item.ts';
import { fromWire } from './from-wire.ts';
import { endOfValue, eachMember, isNamed, parsed } from './json-bytes.ts';
import { partOfIdentity } from './part-of-identity.ts';

/** The key attributes to look for in the bytes of an item. */
export interface WireKey {
  readonly names: KeyNames;
  /** The names in UTF-8. */
  readonly bytes: readonly Buffer[];
}

export function wireKey(names: KeyNames): WireKey {
  return { names, bytes: names.map((name) => Buffer.from(name)) };
}

/**
 * An item as DynamoDB sent it: a piece of the answer's JSON, of which only the key is read. Most items of a
 * comparison meet their equal byte for byte, and need no more.
 */
export class StoredItem {
  /** Equal exactly for equal keys. */
  readonly identity: string;
  readonly #key: WireKey;
  #json: Buffer;
  #start: number;
  #end: number;
  #parsed: Item | undefined;

  private constructor(key: WireKey, { json, start, end }: Piece, identity: string) {
    this.#key = key;
    this.#json = json;
    this.#start = start;
    this.#end = end;
    this.identity = identity;
  }

  /**
   * The item whose JSON object begins at `start`.
   * @throws TaskError `UnreadableItem` when it has no complete key.
   */
  static at(json: Buffer, start: number, key: WireKey): StoredItem {
    const parts: (string | undefined)[] = key.names.map(() => undefined);
    const end = eachMember(json, start, (nameAt, valueStart) => {
      const valueEnd = endOfValue(json, valueStart);
      for (let at = 0; at < key.bytes.length; at += 1)
        if (isNamed(json, nameAt, key.bytes[at] as Buffer))
          parts[at] = partOfIdentity(json, valueStart, valueEnd);
      return valueEnd;
    });
    const piece = { json, start, end };
    if (!parts.includes(undefined)) return new StoredItem(key, piece, parts.join(''));
    // A name written with escapes, or no key at all.
    const item = fromWire(parsed(json, start, end));
    return new StoredItem(key, piece, keyIdentity(item, key.names));
  }

  /** Its size on the wire, in bytes. */
  get bytes(): number {
    return this.#end - this.#start;
  }

  /** The answer that holds it, and that it keeps in memory. */
  get json(): Buffer {
    return this.#json;
  }

  /** Its JSON. */
  get text(): Buffer {
    return this.#json.subarray(this.#start, this.#end);
  }

  /** As the SDK has items. */
  get item(): Item {
    this.#parsed ??= fromWire(parsed(this.#json, this.#start, this.#end));
    return this.#parsed;
  }

  /** As DynamoDB's JSON has it: made anew each time. */
  get wireItem(): WireItem {
    return parsed(this.#json, this.#start, this.#end) as WireItem;
  }

  /** Its key attributes alone, read without the rest of the item. */
  get key(): Key {
    const { names, bytes } = this.#key;
    const found: Record<string, AttributeValue> = {};
    eachMember(this.#json, this.#start, (nameAt, valueStart) => {
      const valueEnd = endOfValue(this.#json, valueStart);
      for (const [at, name] of names.entries())
        if (isNamed(this.#json, nameAt, bytes[at] as Buffer))
          found[name] = fromWire({ value: parsed(this.#json, valueStart, valueEnd) }).value as AttributeValue;
      return valueEnd;
    });
    return keyOf(Object.keys(found).length === names.length ? found : this.item, names);
  }

  /** Where the next piece of the answer begins. */
  get end(): number {
    return this.#end;
  }

  /** Copies the item out of its answer, which may then be forgotten. */
  detach(): void {
    this.#json = Buffer.from(this.text);
    this.#end -= this.#start;
    this.#start = 0;
  }

  /**
   * Whether both hold the same attributes, as `sameItem` has it: by their bytes if these are equal.
   * @throws TaskError `UnreadableItem`
   */
  same(other: StoredItem): boolean {
    if (this.#sameBytes(other)) return true;
    // Attributes in another order take as many bytes.
    if (this.bytes === other.bytes && this.#sameAttributes(other)) return true;
    return sameItem(this.item, other.item);
  }

  /** Whether each attribute has the same bytes in both, in whatever order they come. */
  #sameAttributes(other: StoredItem): boolean {
    const attributes = other.#attributes();
    for (const [name, [start, end]] of this.#attributes()) {
      const [from = 0, to = 0] = attributes.get(name) ?? [];
      if (end - start !== to - from || this.#json.compare(other.#json, from, to, start, end) !== 0)
        return false;
      attributes.delete(name);
    }
    return attributes.size === 0;
  }

  /** Where the values of the attributes are, by the JSON of their names. */
  #attributes(): Map<string, readonly [start: number, end: number]> {
    const places = new Map<string, readonly [number, number]>();
    eachMember(this.#json, this.#start, (nameAt, valueStart) => {
      const valueEnd = endOfValue(this.#json, valueStart);
      places.set(this.#json.toString('latin1', nameAt, endOfValue(this.#json, nameAt)), [
        valueStart,
        valueEnd,
      ]);
      return valueEnd;
    });
    return places;
  }

  #sameBytes(other: StoredItem): boolean {
    return (
      this.bytes === other.bytes &&
      this.#json.compare(other.#json, other.#start, other.#end, this.#start, this.#end) === 0
    );
  }
}

interface Piece {
  readonly json: Buffer;
  readonly start: number;
  readonly end: number;
}
