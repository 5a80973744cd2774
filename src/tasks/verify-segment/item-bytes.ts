import { plainNumber } from './plain-number.ts';
import { unreadable } from './unreadable.ts';
import type { WireItem, WireValue } from '../wire/wire-item.ts';

/** One byte for each kind of value. */
const S = 1;
const N = 2;
const B = 3;
const TRUE = 4;
const FALSE = 5;
const NULL = 6;
const M = 7;
const L = 8;
const SS = 9;
const NS = 10;
const BS = 11;

const LENGTH = 4;
/** Text up to this length is written character by character, which is quicker than a call. */
const SHORT = 24;
/** A UTF-16 unit becomes three bytes of UTF-8 at most. */
const BYTES_A_UNIT = 3;

/**
 * Writes items as canonical bytes: the same bytes for the same item however it is spelled, other bytes for any
 * other item. Every text, binary, set, list and map carries its length, so that no content can be taken for a
 * border; attributes stand in the order of their names, set elements in an order of their contents.
 *
 * One buffer is used again and again: a page of items is encoded without leaving anything to collect but what
 * sorting takes.
 */
export class ItemBytes {
  #bytes = Buffer.allocUnsafeSlow(64 * 2 ** 10);
  #end = 0;

  /**
   * @returns the item's canonical bytes; they hold until the next call.
   * @throws TaskError `UnreadableItem` for an attribute of a type that DynamoDB did not have in 2026.
   */
  of(item: WireItem): Uint8Array {
    this.#end = 0;
    this.#map(item);
    return this.#bytes.subarray(0, this.#end);
  }

  /** `Object.keys` and reading an own property are right for names like `__proto__`, too. */
  #map(map: WireItem): void {
    const names = inOrder(Object.keys(map));
    this.#length(names.length);
    for (const name of names) {
      this.#text(name);
      this.#value(map[name] as WireValue);
    }
  }

  #value(value: WireValue): void {
    let types = 0;
    for (const type in value) {
      types += 1;
      this.#content(type, value[type]);
    }
    if (types !== 1) throw unreadable();
  }

  #content(type: string, content: unknown): void {
    switch (type) {
      case 'S':
        this.#type(S);
        return this.#text(content);
      case 'N':
        this.#type(N);
        return this.#text(plainNumber(asText(content)));
      case 'B':
        this.#type(B);
        return this.#binary(asText(content));
      case 'BOOL':
        if (typeof content !== 'boolean') throw unreadable();
        return this.#type(content ? TRUE : FALSE);
      case 'NULL':
        return this.#type(NULL);
      case 'M':
        this.#type(M);
        return this.#map(asMap(content));
      case 'L':
        return this.#list(content);
      case 'SS':
        return this.#set(SS, asList(content).map(asText));
      case 'NS':
        return this.#set(NS, asList(content).map(asPlainNumber));
      case 'BS':
        return this.#set(BS, asList(content).map(asBinary));
      default:
        throw unreadable();
    }
  }

  #list(content: unknown): void {
    const list = asList(content);
    this.#type(L);
    this.#length(list.length);
    for (const value of list) this.#value(asMap(value));
  }

  /** @param elements each in the one spelling it has. */
  #set(type: number, elements: string[]): void {
    this.#type(type);
    this.#length(elements.length);
    for (const element of elements.sort()) this.#text(element);
  }

  #type(type: number): void {
    this.#reserve(1);
    this.#bytes[this.#end] = type;
    this.#end += 1;
  }

  #length(length: number): void {
    this.#reserve(LENGTH);
    this.#lengthAt(this.#end, length);
    this.#end += LENGTH;
  }

  #lengthAt(at: number, length: number): void {
    const bytes = this.#bytes;
    bytes[at] = length >>> 24;
    bytes[at + 1] = length >>> 16;
    bytes[at + 2] = length >>> 8;
    bytes[at + 3] = length;
  }

  #text(text: unknown): void {
    if (typeof text !== 'string') throw unreadable();
    this.#reserve(LENGTH + BYTES_A_UNIT * text.length);
    const start = this.#end + LENGTH;
    const length = text.length <= SHORT && this.#ascii(text, start) ? text.length : this.#utf8(text, start);
    this.#lengthAt(this.#end, length);
    this.#end = start + length;
  }

  /** @returns whether the text was written, being nothing but ASCII. */
  #ascii(text: string, at: number): boolean {
    const bytes = this.#bytes;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit > 0x7f) return false;
      bytes[at + index] = unit;
    }
    return true;
  }

  #utf8(text: string, at: number): number {
    const length = this.#bytes.write(text, at, 'utf8');
    // A half of a surrogate pair would become U+FFFD, as any other half does: DynamoDB has no such text.
    if (length !== text.length && /\p{Cs}/u.test(text)) throw unreadable();
    return length;
  }

  #binary(text: string): void {
    this.#reserve(LENGTH + text.length);
    const length = this.#bytes.write(text, this.#end + LENGTH, 'base64');
    if (length !== bytesIn(text)) throw unreadable();
    this.#lengthAt(this.#end, length);
    this.#end += LENGTH + length;
  }

  #reserve(more: number): void {
    if (this.#end + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#end + more));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}

function inOrder(names: string[]): string[] {
  for (let index = 1; index < names.length; index += 1)
    if ((names[index - 1] as string) > (names[index] as string)) return names.sort();
  return names;
}

/** The one spelling of a binary: what base64 text leaves open is the last character's unused bits. */
function asBinary(content: unknown): string {
  const text = asText(content);
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== bytesIn(text)) throw unreadable();
  return bytes.toString('base64');
}

/** How many bytes a base64 text has. Node skips what is not base64, and then finds fewer. */
function bytesIn(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}

function asPlainNumber(content: unknown): string {
  return plainNumber(asText(content));
}

function asText(content: unknown): string {
  if (typeof content !== 'string') throw unreadable();
  return content;
}

function asList(content: unknown): readonly unknown[] {
  if (!Array.isArray(content)) throw unreadable();
  return content;
}

function asMap(content: unknown): WireItem {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw unreadable();
  return content as WireItem;
}
