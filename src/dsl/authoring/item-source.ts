import type { z } from 'zod';
import type { JsonObject } from '../asl/machine.ts';
import type { ItemSourceNode } from '../ast/step-node.ts';
import type { Template } from '../expression/expression.ts';
import { templateOf } from '../expression/template.ts';

declare const item: unique symbol;

/** Items that a distributed map reads from S3 itself, so that they never pass through the machine's state. */
export interface ItemSource<out Item> {
  readonly [item]: Item;
}

/** An object in S3, in the spelling of its API. */
export interface S3Object {
  readonly Bucket: string;
  readonly Key: string;
}

/** What an object of a listing looks like. `LastModified` is in seconds since the epoch. */
export interface ListedObject {
  readonly Etag: string;
  readonly Key: string;
  readonly LastModified: number;
  readonly Size: number;
  readonly StorageClass: string;
}

interface Limit {
  /** Reads no more items than these; default all. */
  readonly maxItems?: number;
}

interface Typed<Item extends z.ZodType> extends Limit {
  /** What an item is: its type for the body. Step Functions does not check it. */
  readonly item: Item;
}

const nodes = new WeakMap<object, ItemSourceNode>();

/** The node behind a source, or undefined for anything else. */
export const itemSourceNode = (given: unknown): ItemSourceNode | undefined =>
  typeof given === 'object' && given !== null ? nodes.get(given) : undefined;

function source<Item>(
  action: ItemSourceNode['action'],
  given: unknown,
  config: JsonObject,
): ItemSource<Item> {
  const handle = {} as ItemSource<Item>;
  nodes.set(handle, { kind: 'itemSource', action, arguments: templateOf(given, `s3:${action}`), config });
  return handle;
}

const limit = ({ maxItems }: Limit = {}): JsonObject =>
  maxItems === undefined ? {} : { MaxItems: maxItems };

const DELIMITERS = { ',': 'COMMA', '|': 'PIPE', ';': 'SEMICOLON', ' ': 'SPACE', '\t': 'TAB' } as const;

interface CsvOptions<Column extends string> extends Limit {
  /** The columns' names; by default the first row has them. */
  readonly columns?: readonly Column[];
  readonly delimiter?: keyof typeof DELIMITERS;
}

/**
 * A CSV file as the items of `forEachDistributed`: an item is an object of strings, one for each column. Of
 * `columns` that are named here each is there; one that only the file's first row names may be missing.
 * Source: Step Functions developer guide, "ItemReader (Map)".
 *
 * @example
 * ```ts
 * flow
 *   .forEachDistributed('ids', {
 *     of: () => csvItems({ Bucket: 'shop', Key: 'orders.csv' }, { maxItems: 1 }),
 *     as: 'row',
 *     atOnce: 10,
 *     do: (each) => each.returns(({ row }) => orElse(row['id'], 'none')),
 *   })
 *   .returns(({ ids }) => ids); // → ["o-1"]
 * ```
 * ```json
 * {
 *   "Ids": {
 *     "ItemReader": {
 *       "Resource": "arn:aws:states:::s3:getObject",
 *       "ReaderConfig": { "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW", "MaxItems": 1 },
 *       "Arguments": { "Bucket": "shop", "Key": "orders.csv" }
 *     },
 *     "…": "…"
 *   }
 * }
 * ```
 */
export const csvItems = <const Column extends string = string>(
  object: Template<S3Object>,
  options: CsvOptions<Column> = {},
): ItemSource<{ readonly [K in Column]: string }> =>
  source('getObject', object, {
    InputType: 'CSV',
    CSVHeaderLocation: options.columns ? 'GIVEN' : 'FIRST_ROW',
    ...(options.columns ? { CSVHeaders: [...options.columns] } : {}),
    ...(options.delimiter ? { CSVDelimiter: DELIMITERS[options.delimiter] } : {}),
    ...limit(options),
  });

/**
 * A JSON file that holds an array, as the items of `forEachDistributed`.
 *
 * @example
 * ```ts
 * flow
 *   .forEachDistributed('cents', {
 *     of: () => jsonItems({ Bucket: 'shop', Key: 'orders.json' }, { item: z.object({ cents: z.number() }) }),
 *     as: 'one',
 *     atOnce: 10,
 *     do: (each) => each.returns(({ one }) => one.cents),
 *   })
 *   .returns(({ cents }) => sum(cents)); // → 350
 * ```
 * ```json
 * {
 *   "Cents": {
 *     "ItemReader": {
 *       "Resource": "arn:aws:states:::s3:getObject",
 *       "ReaderConfig": { "InputType": "JSON" },
 *       "Arguments": { "Bucket": "shop", "Key": "orders.json" }
 *     },
 *     "…": "…"
 *   }
 * }
 * ```
 */
export const jsonItems = <Item extends z.ZodType>(
  object: Template<S3Object>,
  options: Typed<Item>,
): ItemSource<z.output<Item>> => source('getObject', object, { InputType: 'JSON', ...limit(options) });

/**
 * A file with one JSON value in each line, as the items of `forEachDistributed`: unlike `jsonItems` it may
 * grow at its end.
 *
 * @example
 * ```ts
 * flow
 *   .forEachDistributed('cents', {
 *     of: () => jsonLineItems({ Bucket: 'shop', Key: 'orders.jsonl' }, { item: z.object({ cents: z.number() }) }),
 *     as: 'one',
 *     atOnce: 10,
 *     do: (each) => each.returns(({ one }) => one.cents),
 *   })
 *   .returns(({ cents }) => sum(cents)); // → 350
 * ```
 * ```json
 * {
 *   "Cents": {
 *     "ItemReader": {
 *       "Resource": "arn:aws:states:::s3:getObject",
 *       "ReaderConfig": { "InputType": "JSONL" },
 *       "Arguments": { "Bucket": "shop", "Key": "orders.jsonl" }
 *     },
 *     "…": "…"
 *   }
 * }
 * ```
 */
export const jsonLineItems = <Item extends z.ZodType>(
  object: Template<S3Object>,
  options: Typed<Item>,
): ItemSource<z.output<Item>> => source('getObject', object, { InputType: 'JSONL', ...limit(options) });

/**
 * The objects whose keys begin with a prefix, as the items of `forEachDistributed`: what is listed, not what
 * is in them.
 *
 * @example
 * ```ts
 * flow
 *   .forEachDistributed('sizes', {
 *     of: () => listedItems({ Bucket: 'shop', Prefix: 'in/' }),
 *     as: 'object',
 *     atOnce: 10,
 *     do: (each) => each.returns(({ object }) => object.Size),
 *   })
 *   .returns(({ sizes }) => sum(sizes)); // → 6
 * ```
 * ```json
 * {
 *   "Sizes": {
 *     "ItemReader": {
 *       "Resource": "arn:aws:states:::s3:listObjectsV2",
 *       "Arguments": { "Bucket": "shop", "Prefix": "in/" },
 *       "…": "…"
 *     },
 *     "…": "…"
 *   }
 * }
 * ```
 */
export const listedItems = (
  prefix: Template<{ readonly Bucket: string; readonly Prefix: string }>,
  options: Limit = {},
): ItemSource<ListedObject> => source('listObjectsV2', prefix, limit(options));
