import * as z from 'zod';
import { Rates } from './pacing/rates.ts';
import { Only } from './selection/only.ts';

/** Names one disaster and all that is made for it: lower-case letters, digits and single hyphens, 3 to 32. */
export const IncidentId = z
  .string()
  .min(3)
  .max(32)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .meta({ description: '3 to 32 lower-case letters, digits and single hyphens between them' });

/** A DynamoDB table's name (API_TableDescription: 3–255 of letters, digits, `_`, `.` and `-`). */
export const TableName = z
  .string()
  .regex(/^[a-zA-Z0-9_.-]{3,255}$/)
  .meta({ description: "a table's name: 3 to 255 letters, digits, '_', '.' and '-'" });

/** What the names of all restored tables end with: 1 to 64 of what a table's name may have. */
export const RestoredNameSuffix = z
  .string()
  .regex(/^[a-zA-Z0-9_.-]{1,64}$/, "must be 1 to 64 letters, digits, '_', '.' and '-'");

/** A second in time with its offset: `2026-11-22T03:14:07Z` or `2026-11-22T04:14:07+01:00`. */
export const RestorePoint = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/)
  .meta({
    description: "a second with its offset, such as '2026-11-22T03:14:07Z' or '2026-11-22T04:14:07+01:00'",
  });

/** A point in time as the tasks write it: UTC, ISO 8601, ending in Z. */
export const Instant = z.iso.datetime().meta({ description: "a UTC time in ISO 8601, ending in 'Z'" });

/** For how many minutes a table must not have been written before it is reset; 0: nobody asks. */
export const QuietMinutes = z.int().min(0).max(60);

/** Hours that a person who is asked may take before silence means no: a week at most. */
export const ApprovalHours = z.int().min(1).max(168);
/** Less than the six hours after which Lambda drops what it could not deliver. */
export const DEFAULT_APPROVAL_HOURS = 4;

/** A table to take back, its name typed a second time by whoever asks for it. */
export const TableRequest = z.strictObject({
  name: TableName,
  /** Must equal `name`. */
  confirm: z.string().max(255),
  /** Instead of what the recovery system says for this table. */
  rates: Rates.optional(),
  /** Which of its items; default all. */
  only: Only.optional(),
});

/** The name of a table's time-to-live attribute; null where items do not expire. */
export const TimeToLive = z.string().min(1).max(255).nullable();

/** One try at an incident: the ARN of the `Rewind` execution, which a redrive keeps. */
export const RunId = z.string().min(1).max(400);

/** What people should know before and after a recovery, in words: names of tables, functions, regions, pipes and schedules. */
export const Warnings = z.array(z.string()).max(60);

/** Some of many names, for a sentence, and how many there are beside them. */
export const SomeNames = z.object({
  names: z.array(z.string().max(150)).max(20),
  more: z.int().min(0),
});
export type SomeNames = z.infer<typeof SomeNames>;

/** How much of a table a reset may touch, as shares of all its restored items, 0 to 1, with a selection too. */
export const Limits = z.strictObject({
  /** Items put or deleted; default 1. */
  maxChangeShare: z.number().min(0).max(1).optional(),
  /** Items deleted; default 0.5. */
  maxDeleteShare: z.number().min(0).max(1).optional(),
  /**
   * Whether a restored table without items may empty the live one, or a selection by keys delete all that it
   * selects; default false.
   */
  allowEmpty: z.boolean().optional(),
});

/** What a comparison of two tables found, in items. */
const Found = z.object({
  /** Items read from the restored table. */
  restored: z.int().min(0),
  /** Items read from the live table. */
  live: z.int().min(0),
  puts: z.int().min(0),
  deletes: z.int().min(0),
  /** Items that both tables hold alike. */
  unchanged: z.int().min(0),
});
export type Found = z.infer<typeof Found>;

/** What a reset did or would do, in items, and what that consumes. Puts and deletes are the selected ones. */
export const Counts = Found.extend({
  /** Keys that the request is about, whatever is done about them; without a selection all of both tables. */
  selected: z.int().min(0),
  /**
   * Keys whose items differ, and stay as they are: they are not selected, or the item that the live table lacks
   * has expired.
   */
  leftAlone: z.int().min(0),
  /** Puts among them that the live table would not take: an attribute that one of its indexes is keyed by does not fit. */
  refused: z.int().min(0),
  /** Read units of the comparison: both scans and the reads by key. */
  readUnits: z.int().min(0),
  /** Write units of the puts and deletes, by DynamoDB's documented sizes; estimated, not measured. */
  writeUnits: z.int().min(0),
  /** Write units of the table's secondary indexes at most: as if each held whole items. */
  indexWriteUnits: z.int().min(0),
});
export type Counts = z.infer<typeof Counts>;
