import type { WireItem } from '../../src/rehearsal/aws/dynamodb/wire-item.ts';
import { fateOf, holds, type Side } from '../tables/fate.ts';
import { numberIn, Press } from '../tables/press.ts';
import { type Shape, type ShapeName, shapes } from '../tables/shapes.ts';
import { ASCENDING, type ScanOrder, shuffled } from './scan-order.ts';

/** Two tables to compare. */
export interface Pair {
  readonly shape: ShapeName;
  /** Items that either table has. */
  readonly items: number;
  /** The share of them that was damaged, 0 to 1. */
  readonly damage: number;
  /** Whether both scans bring them in the same order, or in two that have nothing in common. */
  readonly order: 'same' | 'shuffled';
  /** Whether both tables give an item's attributes, and the elements of its sets, in the same order. */
  readonly attributes: 'same' | 'reversed';
}

export interface ScanPlace {
  readonly segment: number;
  readonly segments: number;
  /** The item after which the page begins. */
  readonly after: WireItem | undefined;
}

/** A page ends with the item that makes it so large (API_Scan), in bytes as DynamoDB counts items. */
const PAGE = 2 ** 20;
/** The live table's first page is shorter, so that its pages and the restored table's begin with different items. */
const FIRST_PAGE = 0.4 * PAGE;
/** Room for what comes before and after the items. */
const MARGIN = 2048;

/** One of the two tables: it is nowhere kept, each page is printed when it is asked for. */
export class CannedTable {
  readonly #side: Side;
  readonly #pair: Pair;
  readonly #shape: Shape;
  readonly #press: Press;
  readonly #order: ScanOrder;

  constructor(side: Side, pair: Pair) {
    this.#side = side;
    this.#pair = pair;
    this.#shape = shapes[pair.shape];
    const other = side === 'live';
    this.#press = new Press(this.#shape, other && pair.attributes === 'reversed' ? reversed : undefined);
    this.#order = other && pair.order === 'shuffled' ? shuffled(pair.items) : ASCENDING;
  }

  /** The answer of a Scan. */
  page({ segment, segments, after }: ScanPlace): Buffer {
    const { items } = this.#pair;
    const end = Math.floor((items * (segment + 1)) / segments);
    const start = after ? this.#positionOf(after) + 1 : Math.floor((items * segment) / segments);
    const most = !after && this.#side === 'live' ? FIRST_PAGE : PAGE;
    // JSON is at most two times what DynamoDB counts in these shapes, and the last item crosses the line.
    const bytes = Buffer.allocUnsafe(most * 2 + this.#press.most + MARGIN);
    let at = MARGIN / 2;
    let size = 0;
    let count = 0;
    let last = -1;
    let position = start;
    for (; position < end && size < most; position++) {
      const number = this.#order.numberAt(position);
      const printed = this.#print(number, bytes, at);
      if (printed === at) continue;
      at = printed;
      size += this.#press.sizeOf(number);
      count += 1;
      last = number;
    }
    const head = Buffer.from(`{"Count":${count},"Items":[`);
    const key = position < end ? `,"LastEvaluatedKey":${JSON.stringify(this.#keyOf(last))}` : '';
    const tail = Buffer.from(`]${key},"ScannedCount":${count}}`);
    const begin = MARGIN / 2 - head.length;
    head.copy(bytes, begin);
    // Over the comma after the last item.
    const itemsEnd = count > 0 ? at - 1 : at;
    tail.copy(bytes, itemsEnd);
    return bytes.subarray(begin, itemsEnd + tail.length);
  }

  /** The items that the table has under these keys, as JSON's list. */
  itemsAt(keys: readonly WireItem[]): Buffer {
    const bytes = Buffer.allocUnsafe(keys.length * (this.#press.most + 1) + 2);
    let at = bytes.write('[');
    for (const key of keys) at = this.#print(this.#numberOf(key), bytes, at);
    if (at > 1) at -= 1;
    at += bytes.write(']', at);
    return bytes.subarray(0, at);
  }

  /** Prints an item, if the table has it, and a comma. @returns where that ends. */
  #print(number: number, bytes: Buffer, at: number): number {
    const fate = fateOf(number, this.#pair.damage);
    if (!holds(this.#side, fate)) return at;
    const damaged = this.#side === 'live' && fate === 'overwritten';
    const end = this.#press.print(number, damaged, { bytes, at });
    bytes[end] = COMMA;
    return end + 1;
  }

  #keyOf(number: number): WireItem {
    const item = JSON.parse(this.#press.text(number, false)) as WireItem;
    return Object.fromEntries(this.#shape.keys.map(({ name }) => [name, item[name]!]));
  }

  #numberOf(key: WireItem): number {
    return numberIn(String(key[this.#shape.keys[0]!.name]?.['S']));
  }

  #positionOf(key: WireItem): number {
    return this.#order.positionOf(this.#numberOf(key));
  }
}

const COMMA = ','.charCodeAt(0);

/** The same item with the attributes of every map, and the elements of every set, the other way round. */
function reversed(item: WireItem): WireItem {
  return Object.fromEntries(
    Object.entries(item)
      .reverse()
      .map(([name, value]) => {
        const [[type, content] = []] = Object.entries(value);
        if (type === 'M') return [name, { M: reversed(content as WireItem) }];
        return [
          name,
          type?.endsWith('S') && Array.isArray(content) ? { [type]: content.toReversed() } : value,
        ];
      }),
  );
}
