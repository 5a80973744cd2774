import { LAMBDA_AT_ONCE, RESTORE_SECONDS, TABLE_QUOTA } from './limits.ts';

/**
 * Megabytes of pages, as they come over the wire, that one core takes in and compares in a second, both tables
 * counted. Measured as "MB/CPU s" by `npm run bench -- compare`; give what it shows on your machine with `--rate`,
 * or put it here.
 */
const MEGABYTES_PER_CORE = 180;

/** Bytes on the wire for each byte of an item as DynamoDB counts it, as of the items of 1 KB in the same benchmark. */
export const WIRE_BYTES = 1.4;

/** What a prediction rests on, beside AWS's limits. */
export interface Setting {
  readonly itemBytes: number;
  /** Megabytes of pages a second, both tables counted. */
  readonly megabytesPerCore: number;
  /** Units a second that the account allows one table. */
  readonly quota: { readonly read: number; readonly write: number };
  /** Units a second that both tables have been warmed to; default: what new tables of their size bear. */
  readonly warm: { readonly read?: number | undefined; readonly write?: number | undefined };
  /** Default: by the table's size, as preflight has it. */
  readonly segments?: number | undefined;
  /** Segments at work at once; default: as the workflows have it. */
  readonly atOnce?: number | undefined;
  readonly lambdaAtOnce: number;
  readonly restoreSeconds: number;
  /** Functions and event-source mappings to freeze, and how long an invocation may last. */
  readonly functions: number;
  readonly mappings: number;
  readonly longestTimeoutSeconds: number;
}

export const SETTING: Setting = {
  itemBytes: 1024,
  megabytesPerCore: MEGABYTES_PER_CORE,
  quota: TABLE_QUOTA,
  warm: {},
  lambdaAtOnce: LAMBDA_AT_ONCE,
  restoreSeconds: RESTORE_SECONDS,
  functions: 300,
  mappings: 30,
  longestTimeoutSeconds: 900,
};

/** A table and what has happened to it. */
export interface Disaster {
  readonly items: number;
  /** The part of its items that are wrong, 0 to 1. */
  readonly damage: number;
}

/** Of the damage: items that were changed, that are missing, and that are too many. */
export const DAMAGE = { changed: 0.8, missing: 0.1, added: 0.1 } as const;

/** Seconds that an invocation takes before and after its work: its start, the tables described, the ledger read. */
export const START_SECONDS = 1;

/** Seconds until Lambda has paused or resumed an event-source mapping. */
export const MAPPING_SECONDS = 30;
