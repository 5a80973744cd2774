import { database } from '../../src/rehearsal/aws/dynamodb/dynalite.ts';
import type { WireItem } from '../../src/rehearsal/aws/dynamodb/wire-item.ts';
import { MARK, modelsOf, NUMBER, type Shape } from './shapes.ts';

/** A model's JSON with the places where numbers and damage come. */
interface Plate {
  readonly json: Buffer;
  readonly numbers: readonly number[];
  readonly marks: readonly number[];
  /** What DynamoDB counts for it, in bytes. */
  readonly size: number;
}

const GOOD = '.'.charCodeAt(0);
const BAD = '!'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);

/**
 * Prints the items of a table into bytes by number, faster than anyone can read them: an item is the copy of a
 * model with its digits filled in.
 */
export class Press {
  readonly #plates: readonly Plate[];

  /** @param arranged what is done to each model first, for example to give its attributes another order. */
  constructor(shape: Shape, arranged: (item: WireItem) => WireItem = (item) => item) {
    this.#plates = modelsOf(shape).map((model) => plateOf(arranged(model)));
  }

  /** How many bytes DynamoDB counts for the item of this number. */
  sizeOf(number: number): number {
    return this.#plate(number).size;
  }

  /** The largest item's bytes on the wire. */
  get most(): number {
    return Math.max(...this.#plates.map(({ json }) => json.length));
  }

  /** Prints an item's JSON. @returns where it ends. */
  print(number: number, damaged: boolean, into: { readonly bytes: Buffer; readonly at: number }): number {
    const { json, numbers, marks } = this.#plate(number);
    const { bytes, at } = into;
    json.copy(bytes, at);
    for (const offset of numbers) printNumber(number, bytes, at + offset);
    for (const offset of marks) bytes[at + offset] = damaged ? BAD : GOOD;
    return at + json.length;
  }

  /** An item's JSON alone. */
  text(number: number, damaged: boolean): string {
    const bytes = Buffer.allocUnsafe(this.#plate(number).json.length);
    this.print(number, damaged, { bytes, at: 0 });
    return bytes.toString('utf8');
  }

  #plate(number: number): Plate {
    return this.#plates[number % this.#plates.length] as Plate;
  }
}

/** Reads the number out of a text that was printed with it: its last ten digits. */
export const numberIn = (printed: string): number => Number(printed.slice(-NUMBER.length));

function printNumber(number: number, bytes: Buffer, at: number): void {
  let rest = number;
  for (let digit = NUMBER.length - 1; digit >= 0; digit--) {
    const tenth = Math.floor(rest / 10);
    bytes[at + digit] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
}

function plateOf(model: WireItem): Plate {
  const json = Buffer.from(JSON.stringify(model));
  const item = JSON.parse(json.toString('utf8').replaceAll(NUMBER, '0'.repeat(NUMBER.length))) as WireItem;
  return {
    json,
    numbers: placesOf(NUMBER, json),
    marks: placesOf(MARK, json),
    size: database.itemSize(item),
  };
}

function placesOf(sought: string, json: Buffer): number[] {
  const places: number[] = [];
  for (let at = json.indexOf(sought); at >= 0; at = json.indexOf(sought, at + 1)) places.push(at);
  return places;
}
