import * as z from 'zod';
import { Estimate } from '../estimate/estimate.ts';
import { Counts, IncidentId, Instant, TableName } from '../incident.ts';

export const PHASES = [
  'preflight',
  'freeze',
  'drain',
  'restore',
  'waitForUndo',
  'plan',
  'reset',
  'verify',
  'thaw',
  'cleanUp',
] as const;

const Phase = z.object({
  name: z.enum(PHASES),
  startedAt: Instant,
  /** Some overlap: the restore begins with the drain, the reset of one table while another is verified. */
  seconds: z.number().min(0),
  /** By the plan, at the rates with which it began, by the pace of the calls, or as AWS usually takes; null without a plan. */
  plannedSeconds: z.number().min(0).nullable(),
});
export type Phase = z.infer<typeof Phase>;

const Planned = z.object({ counts: Counts, estimate: Estimate });

const Table = z.object({
  name: TableName,
  restoredName: TableName,
  /** Whether the request named some of its items only. */
  selective: z.boolean(),
  planned: Planned.nullable(),
  counts: Counts,
  /** Items in the live table when it was proven to hold what it should. */
  verifiedItems: z.int().min(0),
  /** Items of the restore point that were missing by then, their time to live being over. */
  expiredItems: z.int().min(0),
  /** Of the live table as it was proven: SHA-256, in hexadecimal, of the sums of its items' digests. */
  digest: z.string(),
});

/** `absent`: none is reserved. */
const Concurrency = z.union([z.int().min(0), z.literal('absent')]);
const Gone = z.literal('gone');

const FunctionSetting = z.object({
  name: z.string(),
  /** Reserved concurrency before, during and after the freeze; `gone` when the function was deleted meanwhile. */
  before: Concurrency,
  during: Concurrency,
  after: z.union([Concurrency, Gone]),
});
export type FunctionSetting = z.infer<typeof FunctionSetting>;

const ProvisionedSetting = z.object({
  functionName: z.string(),
  /** The alias or version. */
  qualifier: z.string(),
  before: z.int().min(0),
  during: z.literal('absent'),
  after: z.union([Concurrency, Gone]),
});
export type ProvisionedSetting = z.infer<typeof ProvisionedSetting>;

const Switch = z.enum(['enabled', 'disabled']);
const MappingSetting = z.object({
  uuid: z.string(),
  functionName: z.string(),
  before: Switch,
  during: Switch,
  after: z.union([Switch, Gone]),
});
export type MappingSetting = z.infer<typeof MappingSetting>;

/** A pipe by its name, a rule of EventBridge as `bus/name`, a schedule of EventBridge Scheduler as `group/name`. */
const PausedSetting = z.object({
  name: z.string(),
  before: Switch,
  during: Switch,
  after: z.union([Switch, Gone]),
});
export type PausedSetting = z.infer<typeof PausedSetting>;

const Stage = z.object({
  /**
   * In this order: functions that only read; those that write; those that event-source mappings feed, and then the
   * mappings and pipes; rules and schedules.
   */
  name: z.enum(['readers', 'writers', 'consumers', 'schedules']),
  functions: z.int().min(0),
  /** Event-source mappings and pipes, or rules and schedules. */
  switches: z.int().min(0),
  /** When the last of them was as it was; null where there was none. */
  doneAt: Instant.nullable(),
});

const FollowUp = z.object({
  /** For programs; the text is for people. */
  code: z.enum([
    'removeCause',
    'redriveDeadLetterQueues',
    'repeatAsyncInvocations',
    'repeatSchedules',
    'replayEvents',
    'catchUpStreams',
    'rebuildCopies',
    'undoOutsideEffects',
    'deleteCopies',
    'startPipeline',
  ]),
  text: z.string(),
});
export type FollowUp = z.infer<typeof FollowUp>;

/** What became of one incident: names, counts, digests and times, neither keys nor items. */
export const Report = z.object({
  version: z.literal(1),
  incidentId: IncidentId,
  /** The second that the tables were taken back to. */
  restorePoint: Instant,
  /** ARN of the execution that finished the recovery; CloudTrail tells who started it. */
  execution: z.string(),
  /** As whoever asked for it wrote it; null when they did not. */
  requestedBy: z.string().nullable(),
  /** Who agreed to the plan; null when nobody was asked. */
  approvedBy: z.string().nullable(),
  /** When the incident was first opened: earlier than `startedAt` when this was not the first run. */
  openedAt: Instant,
  startedAt: Instant,
  /** When everything was frozen. */
  frozenAt: Instant,
  finishedAt: Instant,
  /** How long the application stood still: from the first setting that was changed to the last put back. */
  freeze: z.object({ from: Instant, until: Instant, seconds: z.number().min(0) }),
  phases: z.array(Phase),
  tables: z.array(Table).min(1),
  functions: z.array(FunctionSetting),
  /** Provisioned concurrency that the freeze has taken away, since Lambda would not stop its function otherwise. */
  provisionedConcurrency: z.array(ProvisionedSetting),
  eventSourceMappings: z.array(MappingSetting),
  /** Those that the system names to be paused. */
  pipes: z.array(PausedSetting),
  rules: z.array(PausedSetting),
  schedules: z.array(PausedSetting),
  /** How the thaw went, stage by stage. */
  stages: z.array(Stage),
  /** Tables that refused the writes of everyone else meanwhile. */
  writeFences: z.int().min(0),
  warnings: z.array(z.string()),
  /** What software cannot do. */
  followUps: z.array(FollowUp),
});
export type Report = z.infer<typeof Report>;
