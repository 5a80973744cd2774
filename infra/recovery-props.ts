import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Schedule } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { ScopeTag } from '../src/tasks/lambda-control/scope-tags.ts';
import type { Pause } from '../src/tasks/switches/pause.ts';
import type { Prices } from '../src/tasks/estimate/prices.ts';

/** A table that a recovery may take back to an earlier second. Point-in-time recovery must be on. */
export interface ProtectedTable {
  /**
   * The live table, in the same account and region. One that is imported and has a customer managed key must
   * be imported with its `encryptionKey`, or the recovery can neither restore nor read it.
   */
  readonly table: ITable;
  /**
   * Whether its items are such that nobody but the recovery may read a copy of them; default false. The restored
   * copy then gets a resource policy as soon as it takes one, is deleted after every recovery that succeeds, and no
   * forensic backup is made. `RecoveryProps.encryptionKey` is required.
   */
  readonly sensitive?: boolean;
  /**
   * Whether a recovery makes an on-demand backup of the damaged table first; default true, for a sensitive table
   * false, and true is refused. Say false for data of which no further copy may exist: the damaged state then stays
   * restorable by point in time only.
   */
  readonly forensicBackup?: boolean;
  /** Scan segments worked on side by side, 1 to 1000; default one for each 128 MiB, at most 200. */
  readonly segments?: number;
  /** Whether a recovery fences this table; default what `RecoveryProps.writeFence` says. */
  readonly writeFence?: boolean;
  /**
   * Capacity units a second that a recovery may use of the live table, those of its indexes included: at least 10
   * to write and 25 to read. Default as many as it gives: the rate adapts to its throttling. A request may say
   * other ones. With low rates fewer segments are worked on at a time.
   */
  readonly rates?: { readonly writeUnitsPerSecond?: number; readonly readUnitsPerSecond?: number };
}

/** Which Lambda functions are frozen while the tables are reset: all that may write to them. */
export interface FunctionScope {
  /** Functions whose names start so, those of later deployments included. */
  readonly prefix?: string;
  /** Functions by name. */
  readonly names?: readonly string[];
  /**
   * Functions that have any of these tags, to the letter. Who may tag a function may then have it frozen. The role of
   * the thaw may set the reserved concurrency of every function of the account and region: one that has lost its tag
   * meanwhile is thawed too. Tags that are known at deploy only cannot be keys.
   */
  readonly tags?: readonly ScopeTag[];
  /**
   * Functions of these CloudFormation stacks, by the name of the stack, which CloudFormation tags them with. A nested
   * stack has a name of its own: name it too, or give the outermost stack a tag of yours and name that in `tags`, for
   * stack-level tags come down to the resources of nested stacks. The same holds for the thaw as with `tags`.
   */
  readonly stacks?: readonly string[];
  /** ARNs of functions that go on although anything above takes them in. */
  readonly exclude?: readonly string[];
  /**
   * Functions of the scope that only read, by name, or by its beginning with a `*` behind: `shop-get-*`. A thaw puts
   * them back first, then the others, and last those that event-source mappings feed. Default none.
   */
  readonly readers?: readonly string[];
}

/** What a recovery needs to know of the application it protects. */
export interface RecoveryProps {
  /**
   * The first part of every physical name, so that two recoveries can live in one account and region: letters, digits
   * and hyphens, at most 40. Their `functions` and `pause` must not overlap: each has a lock and a ledger of its own, and
   * would save the 0 of the other's freeze as what a function had. Default `Rewind`. It must not start with `rewind-`, which is how the names of
   * restored tables start, and those may be deleted.
   */
  readonly prefix?: string;
  readonly tables: readonly ProtectedTable[];
  readonly functions: FunctionScope;
  /**
   * What a freeze pauses besides, before it stops the first function, and a thaw puts back once the functions run; by
   * name and to the letter: `pipes` (EventBridge Pipes), `rules` of EventBridge as `bus/name`, or `name` for those of
   * the default event bus, and `schedules` of EventBridge Scheduler as `group/name`, or `name` for those of the default
   * group. Default nothing. With schedules `scheduleRoles` is required: ARNs of the roles with which they call their
   * targets, since whoever updates a schedule passes its role on. A rule that is off loses the events that it would
   * have matched: name here what must not act rather than what must not miss anything. Not for rules that an AWS
   * service manages or that take read-only management events, nor for schedules that have a start date or a customer
   * managed key: they are refused before anything is touched.
   */
  readonly pause?: Pause;
  /**
   * Tables that refer to each other: a request that names only some of a group is refused, unless it says
   * `forcePartialGroup`. Default none.
   */
  readonly groups?: readonly (readonly ITable[])[];
  /**
   * Told when a recovery fails, times out or is aborted, and asked when one needs approval; default a new topic,
   * `recovery.failures`. The policy of an imported topic, and its key's, must let `events.amazonaws.com` and
   * `cloudwatch.amazonaws.com` publish;
   * its key's must also let the role of the machine, for approvals.
   */
  readonly alarmTopic?: ITopic;
  /**
   * Customer managed key for the ledger, which holds keys of items, the logs, the state machines' definitions and
   * executions, and a topic made here; default the AWS managed key of DynamoDB, and the others' own encryption.
   * Required when a table is sensitive. The policy of an imported key must let log delivery use it (the runbook has
   * the statements), and a topic made here is then not encrypted with it, since its policy cannot be extended.
   */
  readonly encryptionKey?: IKey;
  /**
   * What the names of all restored tables end with, for what goes by the end of a name, such as a CloudTrail
   * selector of data events (`-DataEventsLog`): 1 to 64 letters, digits, `_`, `.` and `-`; default nothing. Another
   * suffix makes other names, so do not change it while an incident goes on.
   */
  readonly restoredNameSuffix?: string;
  /**
   * Where the report of each recovery is put, beside the ledger: `<prefix>/<incidentId>/report.json` and
   * `report.html`, and that of each drill, `<prefix>/<drillId>/report.json`; default nowhere. What cannot be put there is a warning of the report.
   */
  readonly reportBucket?: ReportBucketProps;
  /** How long logs are kept; default one year. */
  readonly logRetention?: RetentionDays;
  /**
   * What becomes of the ledger and the logs with the stack; default RETAIN. What is retained keeps its name:
   * deploying anew with the same prefix then needs an import or another prefix.
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Reserved concurrency by task name, for example `{ Freeze: 1, Thaw: 1 }`: capacity that the rest of the
   * account cannot use up. Default none, because it is taken from the account's unreserved pool for good,
   * and the frozen application leaves its own share free.
   */
  readonly reservedConcurrency?: Readonly<Record<string, number>>;
  /**
   * What DynamoDB charges here, in US dollars, for the figures of a plan; default the on-demand prices of US
   * East (N. Virginia): `{ millionWriteUnits: 0.625, millionReadUnits: 0.125, restoredGigabyte: 0.15 }`.
   */
  readonly prices?: Prices;
  /**
   * When a recovery asks a person for approval: `required` makes each of them ask, whatever its request says
   * (default false); `patience` is how long an answer is waited for, after which silence means no, in whole hours
   * from 1 to 168 (default 4). Lambda drops asynchronous events that it could not deliver after 6 hours of freeze;
   * a patience that reaches `longestFreezeHours` is warned of.
   */
  readonly approval?: { readonly required?: boolean; readonly patience?: Duration };
  /** Hours that a freeze may stand before `alarmTopic` is told; default 5. Lambda drops asynchronous events after 6. */
  readonly longestFreezeHours?: number;
  /**
   * Whether a recovery puts a statement into the resource policy of each table that refuses everyone else's writes
   * from the freeze to the thaw: the one freeze that binds what is no Lambda function. The policies are saved and
   * put back to the letter. Default false, because it changes the tables' policies.
   */
  readonly writeFence?: boolean;
  /**
   * For how many minutes CloudWatch must have counted no consumed write units of any table, the running
   * invocations having ended, before the reset: 0 to 60, default 3. With 0 nobody asks, and the report says so.
   */
  readonly quietMinutes?: number;
  /** Practises a recovery by itself, again and again; default never. */
  readonly drill?: DrillProps;
}

/** A bucket for reports, in the region of the recovery. */
export interface ReportBucketProps {
  /** With its `encryptionKey`, if it is imported and encrypted with a customer managed one by default. */
  readonly bucket: IBucket;
  /** Folders that the reports' own are in, such as `recoveries/shop`; default none. */
  readonly prefix?: string;
}

/** A drill that is started by schedule. It restores whole tables, which DynamoDB charges by the gigabyte. */
export interface DrillProps {
  readonly schedule: Schedule;
  /** Default every protected table. */
  readonly tables?: readonly ITable[];
}
