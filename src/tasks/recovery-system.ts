import * as z from 'zod';
import { Prices } from './estimate/prices.ts';
import { ApprovalHours, QuietMinutes, RestoredNameSuffix, TableName } from './incident.ts';
import { StackName, TagKey, TagValue } from './tag.ts';
import { Rates } from './pacing/rates.ts';
import { ReportBucket } from './report/report-folder.ts';
import { RoleArn } from './role-arn.ts';
import { Pause } from './switches/pause.ts';

const ProtectedTable = z
  .strictObject({
    name: TableName,
    /**
     * Whether no one but the recovery may read its restored copy, and no further copy may be made; default false.
     */
    sensitive: z.boolean().optional(),
    /** Whether the deployment names the key of this sensitive table, so that the roles may use it; default false. */
    keyNamed: z.boolean().optional(),
    /**
     * Whether an on-demand backup of the damaged table may be made; default true, for a sensitive table false.
     */
    forensicBackup: z.boolean().optional(),
    /** Scan segments, each with its own child execution; default by the table's size. */
    segments: z.int().min(1).max(1000).optional(),
    /**
     * Whether a statement in its resource policy refuses everyone else's writes during a recovery; default
     * false.
     */
    writeFence: z.boolean().optional(),
    /** How fast the live table may be used; default as fast as it gives. */
    rates: Rates.optional(),
  })
  .refine(({ sensitive, forensicBackup }) => !(sensitive === true && forensicBackup === true), {
    path: ['forensicBackup'],
    message: 'must not be true for a sensitive table, of which no further copy may exist; leave it out',
  });

/**
 * The application under protection, fixed at deploy: which tables may be reset and which functions are
 * frozen. Nothing outside it can be touched, whatever an execution's input says.
 */
export const RecoverySystem = z
  .strictObject({
    /** The ledger: partition key `pk` (S), sort key `sk` (S). */
    ledgerTable: TableName,
    tables: z.array(ProtectedTable).min(1),
    /** Tables that refer to each other, by name: they are taken back together or not at all. */
    groups: z.array(z.array(TableName).min(2)).optional(),
    /** ARN of the role that writes on behind a write fence: that of the function which resets. */
    fenceWriter: RoleArn.optional(),
    /** The same for sensitive tables. */
    sensitiveFenceWriter: RoleArn.optional(),
    /**
     * ARNs of the roles that may read the copy of a sensitive table: those of the functions which plan, reset and
     * verify such tables.
     */
    copyReaders: z.array(RoleArn).min(1).optional(),
    /**
     * What the names of restored tables end with, so that what goes by the end of a name (a CloudTrail selector of
     * data events) takes them in; default nothing.
     */
    restoredNameSuffix: RestoredNameSuffix.optional(),
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
    /** What a freeze pauses beside the functions and what feeds them; default nothing. */
    pause: Pause.optional(),
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
    /** Where the report of each recovery and drill is put, too; default nowhere. */
    reportBucket: ReportBucket.optional(),
    /** This system's own functions, by name: never frozen. */
    ownFunctions: z.array(z.string()).default([]),
  })
  .refine(
    ({ tables, copyReaders }) => copyReaders !== undefined || !tables.some(({ sensitive }) => sensitive),
    {
      path: ['copyReaders'],
      message: 'must name the roles that may read the copies of the sensitive tables',
    },
  );
export type RecoverySystem = z.infer<typeof RecoverySystem>;

/** ARN of the role that writes on behind the write fence of a table; undefined when the system names none. */
export function fenceWriterOf(system: RecoverySystem, table: string): string | undefined {
  const isSensitive = system.tables.some(({ name, sensitive }) => name === table && sensitive === true);
  return isSensitive ? system.sensitiveFenceWriter : system.fenceWriter;
}
