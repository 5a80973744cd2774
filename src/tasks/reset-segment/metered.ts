import type { Lookup } from './confirm.ts';
import type { ReadPage } from './scan-pages.ts';

/** One unit reads so many bytes with strong consistency (ProvisionedThroughput, "Read capacity unit"). */
const BYTES_A_READ_UNIT = 4096;

/** Told what each read has consumed, in read units. */
export type Consumed = (units: number) => void;

/** Tells what each page consumed: as DynamoDB says, else by the size of its items on the wire. */
export function meteredPages(read: ReadPage, consumed: Consumed): ReadPage {
  return async (after) => {
    const page = await read(after);
    consumed(page.readUnits ?? Math.ceil(sum(page.items) / BYTES_A_READ_UNIT));
    return page;
  };
}

/** Tells what reads by key consumed: each item by itself, and one unit where there is none. */
export function meteredLookup(lookup: Lookup, consumed: Consumed): Lookup {
  return async (keys) => {
    const found = await lookup(keys);
    let units = keys.length - found.size;
    for (const item of found.values()) units += Math.ceil(item.bytes / BYTES_A_READ_UNIT);
    consumed(units);
    return found;
  };
}

function sum(items: readonly { readonly bytes: number }[]): number {
  return items.reduce((bytes, item) => bytes + item.bytes, 0);
}
