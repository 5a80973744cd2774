import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { Prices } from '../src/tasks/estimate/prices.ts';
import { ApprovalHours, RestoredNameSuffix, TableName } from '../src/tasks/incident.ts';
import { ReportBucket } from '../src/tasks/report/report-folder.ts';
import { Pause } from '../src/tasks/switches/pause.ts';
import { StackName, TagKey, TagValue } from '../src/tasks/tag.ts';
import { Rates } from '../src/tasks/pacing/rates.ts';

const Arn = z.string().regex(/^arn:/, 'must be an ARN');

/** A recovery as a file describes it, for an application whose stacks are elsewhere. */
export const SystemConfig = z.strictObject({
  /** First part of every physical name; default `Rewind`. */
  prefix: z.string().optional(),
  /** Where the application lives; default the account and region that the stack is deployed to. */
  account: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  region: z.string().optional(),
  tables: z.array(
    z.strictObject({
      name: TableName,
      /** Whether nobody but the recovery may read a copy of it; default false. Needs `encryptionKeyArn`. */
      sensitive: z.boolean().optional(),
      forensicBackup: z.boolean().optional(),
      segments: z.int().optional(),
      /** Whether a recovery refuses everyone else's writes to it; default as the recovery's own. */
      writeFence: z.boolean().optional(),
      rates: Rates.optional(),
      /** The customer managed key of the table, if it has one. */
      kmsKeyArn: Arn.optional(),
    }),
  ),
  functions: z.strictObject({
    prefix: z.string().optional(),
    names: z.array(z.string()).optional(),
    /** Functions with any of these tags. */
    tags: z.array(z.strictObject({ key: TagKey, value: TagValue })).optional(),
    /** Functions of these CloudFormation stacks; a nested stack has a name of its own. */
    stacks: z.array(StackName).optional(),
    exclude: z.array(z.string()).optional(),
    /** What only reads, by name or as `shop-get-*`, and is thawed first; default none. */
    readers: z.array(z.string()).optional(),
  }),
  /** What a freeze pauses besides the functions, by name; default nothing. */
  pause: Pause.optional(),
  /** Names of tables that are taken back together or not at all. */
  groups: z.array(z.array(TableName)).optional(),
  /** An existing topic for failures; default a new one. */
  alarmTopicArn: Arn.optional(),
  /** Customer managed key for the ledger, the logs and the executions; required when a table is sensitive. */
  encryptionKeyArn: Arn.optional(),
  /** What the names of restored tables end with; default nothing. */
  restoredNameSuffix: RestoredNameSuffix.optional(),
  /** An existing bucket, in this region, where the report of each recovery and drill is put; default nowhere. */
  reportBucket: ReportBucket.extend({
    /** The customer managed key with which it encrypts by default, if it has one. */
    kmsKeyArn: Arn.optional(),
  }).optional(),
  /** Reserved concurrency by task name. */
  reservedConcurrency: z.record(z.string(), z.number()).optional(),
  /** What DynamoDB charges, for the figures of a plan; default US East (N. Virginia), on demand. */
  prices: Prices.optional(),
  /** Hours that a freeze may stand before the topic for failures is told; default 5. */
  longestFreezeHours: z.number().optional(),
  /** Whether a recovery refuses everyone else's writes to the tables by their resource policies; default false. */
  writeFence: z.boolean().optional(),
  /** For how many minutes the tables must not have been written before the reset; default 3, 0 does not ask. */
  quietMinutes: z.int().optional(),
  /** When a recovery asks a person for approval. */
  approval: z
    .strictObject({
      /** Whether every recovery asks, whatever its request says; default false. */
      required: z.boolean().optional(),
      /** For how many hours an answer is waited for, 1 to 168; default 4. */
      hours: ApprovalHours.optional(),
    })
    .optional(),
  /** Practises a recovery by schedule; default never. */
  drill: z
    .strictObject({
      /** As EventBridge writes schedules: `rate(30 days)` or `cron(0 3 1 * ? *)`. */
      schedule: z.string().regex(/^(rate|cron)\(.+\)$/, 'must be like rate(30 days) or cron(0 3 1 * ? *)'),
    })
    .optional(),
  /** The pipeline that deploys the recovery; without it there is none. */
  pipeline: z
    .strictObject({
      /** The connection to the source repository (AWS CodeConnections). */
      connectionArn: Arn,
      /** `owner/name` of the repository. */
      repository: z.string().regex(/^[^/]+\/.+$/, 'must be owner/name'),
      /** Default `main`. */
      branch: z.string().optional(),
    })
    .optional(),
});
export type SystemConfig = z.infer<typeof SystemConfig>;

/**
 * Reads a configuration file.
 * @throws Error naming the file and every fault in it by its path.
 */
export function readSystemConfig(file: string): SystemConfig {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file}: cannot be read as JSON; give the path of a recovery's configuration`, {
      cause,
    });
  }
  const parsed = SystemConfig.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${file} › ${path.join('.')}: ${message}`);
  throw new Error(faults.join('\n'));
}
