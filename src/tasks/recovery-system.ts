import * as z from 'zod';
import { Prices } from './estimate/prices.ts';
import { ApprovalHours, QuietMinutes, TableName } from './incident.ts';
import { StackName, TagKey, TagValue } from './tag.ts';
import { Rates } from './pacing/rates.ts';

/**
 * The application under protection, fixed at deploy: which tables may be reset and which functions are
 * frozen. Nothing outside it can be touched, whatever an execution's input says.
 */
export const RecoverySystem = z.strictObject({
  /** The ledger: partition key `pk` (S), sort key `sk` (S). */
  ledgerTable: TableName,
  tables: z
    .array(
      z.strictObject({
        name: TableName,
        /** Whether an on-demand backup of the damaged table may be made; false for sensitive data. */
        forensicBackup: z.boolean().default(true),
        /** Scan segments, each with its own child execution; default by the table's size. */
        segments: z.int().min(1).max(1000).optional(),
        /**
         * Whether a statement in its resource policy refuses everyone else's writes during a recovery; default
         * false.
         */
        writeFence: z.boolean().optional(),
        /** How fast the live table may be used; default as fast as it gives. */
        rates: Rates.optional(),
      }),
    )
    .min(1),
  /** Tables that refer to each other, by name: they are taken back together or not at all. */
  groups: z.array(z.array(TableName).min(2)).optional(),
  /** ARN of the role that writes on behind a write fence: that of the function which resets. */
  fenceWriter: z
    .string()
    .regex(/^arn:[^:]+:iam::\d{12}:role\/.+$/, 'must be the ARN of a role')
    .optional(),
  /**
   * For how many minutes CloudWatch must have counted no consumed write units of any table before the reset;
   * default 3, and 0 does not ask it.
   */
  quietMinutes: QuietMinutes.optional(),
  functions: z.strictObject({
    /** Functions whose names start so are in scope. */
    prefix: z.string().min(1).optional(),
    /** Functions in scope by name. */
    names: z.array(z.string()).default([]),
    /** Functions that have any of these tags are in scope; keys and values to the letter. */
    tags: z.array(z.strictObject({ key: TagKey, value: TagValue })).optional(),
    /** Functions of these CloudFormation stacks are in scope. A nested stack has a name of its own. */
    stacks: z.array(StackName).optional(),
    /** ARNs of functions left alone although anything above takes them in. */
    exclude: z.array(z.string()).default([]),
    /** Functions in scope that only read, by name, or by its beginning with a `*` behind: a thaw begins with them. */
    readers: z.array(z.string()).optional(),
  }),
  /** What DynamoDB charges here, for the figures of a plan; default US East (N. Virginia), on demand. */
  prices: Prices.optional(),
  /** When a recovery asks a person for approval, and how long it waits for the answer. */
  approval: z
    .strictObject({
      /** Whether every recovery asks, whatever its request says; default false. */
      required: z.boolean().optional(),
      /** Default 4. */
      hours: ApprovalHours.optional(),
    })
    .optional(),
  /** ARN of the SNS topic where a recovery asks for approval; without one it can ask nobody. */
  noticeTopic: z.string().optional(),
  /** This system's own functions, by name: never frozen. */
  ownFunctions: z.array(z.string()).default([]),
});
export type RecoverySystem = z.infer<typeof RecoverySystem>;
