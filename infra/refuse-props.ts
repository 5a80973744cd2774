import { Token } from 'aws-cdk-lib';
import { ApprovalHours, QuietMinutes, RestoredNameSuffix } from '../src/tasks/incident.ts';
import { ReportBucket } from '../src/tasks/report/report-folder.ts';
import { type Pause, PipeName, RuleName, ScheduleName } from '../src/tasks/switches/pause.ts';
import { RoleArn } from '../src/tasks/role-arn.ts';
import { StackName, TagKey, TagValue } from '../src/tasks/tag.ts';
import { Rates } from '../src/tasks/pacing/rates.ts';
import { RESTORED_PREFIX } from '../src/tasks/preflight/restored-name.ts';
import type { FunctionScope, ProtectedTable, RecoveryProps } from './recovery-props.ts';
import { DEFAULT_PREFIX } from './recovery-names.ts';
import { tasks } from './tasks.ts';

const FUNCTION_NAME = /^[A-Za-z0-9_-]{1,64}$/;
const PREFIX = /^[A-Za-z][A-Za-z0-9-]{0,39}$/;

/**
 * Refuses what could not be deployed or would not protect anything. Names that are known at deploy only are
 * left to the preflight.
 * @throws Error naming every fault by its path, with its remedy.
 */
export function refuseProps(path: string, props: RecoveryProps): void {
  const faults = [
    ...prefixFaults(props.prefix ?? DEFAULT_PREFIX),
    ...tablesFaults(props.tables),
    ...sensitiveFaults(props),
    ...suffixFaults(props.restoredNameSuffix),
    ...reportBucketFaults(props.reportBucket?.prefix),
    ...scopeFaults(props.functions),
    ...pauseFaults(props.pause),
    ...concurrencyFaults(props.reservedConcurrency ?? {}),
    ...priceFaults(props.prices),
    ...quietFaults(props.quietMinutes),
    ...approvalFaults(props.approval),
    ...drillFaults(props),
    ...groupFaults(props),
    ...longestFreezeFaults(props.longestFreezeHours),
  ];
  if (faults.length > 0) throw new Error(faults.map((fault) => `${path} › ${fault}`).join('\n'));
}

function prefixFaults(prefix: string): string[] {
  if (!PREFIX.test(prefix))
    return [`prefix: must be a letter, then at most 39 letters, digits or hyphens, got '${prefix}'`];
  if (`${prefix}-`.startsWith(RESTORED_PREFIX))
    return [
      `prefix: '${prefix}' would put the ledger among the restored tables (${RESTORED_PREFIX}…), which a ` +
        `recovery deletes; begin with another word, or a capital letter: '${DEFAULT_PREFIX}'`,
    ];
  return [];
}

function tablesFaults(tables: readonly ProtectedTable[]): string[] {
  if (tables.length === 0) return ['tables: none is named, so nothing could be recovered; name at least one'];
  return tables.flatMap(({ table, segments, rates }, index) => {
    const place = `tables[${index}]`;
    const faults: string[] = [];
    const name = Token.isUnresolved(table.tableName) ? undefined : table.tableName;
    if (tables.findIndex((other) => other.table.tableName === table.tableName) < index)
      faults.push(`${place}.table: ${name ?? table.node.path} is named twice; name it once`);
    if (name?.startsWith(RESTORED_PREFIX))
      faults.push(
        `${place}.table: ${name} is named like a restored table (${RESTORED_PREFIX}…), which a recovery ` +
          'deletes; give the live table another name',
      );
    if (segments !== undefined && !(Number.isInteger(segments) && segments >= 1 && segments <= 1000))
      faults.push(`${place}.segments: must be a whole number from 1 to 1000, got ${segments}`);
    for (const { path, message } of Rates.safeParse(rates ?? {}).error?.issues ?? [])
      faults.push(`${[`${place}.rates`, ...path].join('.')}: ${message}`);
    return faults;
  });
}

function sensitiveFaults({ tables, encryptionKey }: RecoveryProps): string[] {
  const contradicting = tables.flatMap(({ sensitive, forensicBackup }, index) =>
    sensitive === true && forensicBackup === true
      ? [
          `tables[${index}].forensicBackup: must not be true for a sensitive table, of which no further copy may ` +
            'exist; leave it out',
        ]
      : [],
  );
  const first = tables.findIndex(({ sensitive }) => sensitive === true);
  if (first < 0 || encryptionKey !== undefined) return contradicting;
  return [
    ...contradicting,
    `encryptionKey: tables[${first}] is sensitive, and the ledger will hold keys of its items; give a customer ` +
      'managed key for the ledger, the logs and the executions',
  ];
}

function suffixFaults(suffix: string | undefined): string[] {
  const { error } = RestoredNameSuffix.optional().safeParse(suffix);
  return (error?.issues ?? []).map(({ message }) => `restoredNameSuffix: ${message}, got '${suffix}'`);
}

function reportBucketFaults(prefix: string | undefined): string[] {
  const { error } = ReportBucket.shape.prefix.safeParse(prefix);
  return (error?.issues ?? []).map(({ message }) => `reportBucket.prefix: ${message}, got '${prefix}'`);
}

function scopeFaults(scope: FunctionScope): string[] {
  const { prefix, names = [], tags = [], stacks = [], exclude = [], readers = [] } = scope;
  const faults: string[] = [];
  if (prefix !== undefined && !Token.isUnresolved(prefix) && !FUNCTION_NAME.test(prefix))
    faults.push(
      `functions.prefix: must be what names of functions start with, got '${prefix}'; leave it out to name each`,
    );
  if (prefix === undefined && names.length + tags.length + stacks.length === 0)
    faults.push(
      'functions: none is in scope, so the application would go on writing during a reset; give a ' +
        'prefix, names, tags or stacks',
    );
  for (const [index, name] of names.entries())
    if (!Token.isUnresolved(name) && !FUNCTION_NAME.test(name))
      faults.push(`functions.names[${index}]: must be the name of a function, got '${name}'`);
  for (const [index, { key, value }] of tags.entries()) {
    const place = `functions.tags[${index}]`;
    if (Token.isUnresolved(key))
      faults.push(`${place}.key: is known at deploy only, and no policy can name it; write it out`);
    else if (!TagKey.safeParse(key).success)
      faults.push(
        `${place}.key: must be 1 to 128 letters, digits, spaces and any of '_.:/=+-@', got '${key}'`,
      );
    if (!Token.isUnresolved(value) && !TagValue.safeParse(value).success)
      faults.push(
        `${place}.value: must be at most 256 letters, digits, spaces and any of '_.:/=+-@', got '${value}'`,
      );
  }
  for (const [index, stack] of stacks.entries())
    if (!Token.isUnresolved(stack) && !StackName.safeParse(stack).success)
      faults.push(
        `functions.stacks[${index}]: must be the name of a stack, not its ARN, got '${stack}'; a nested stack has a ` +
          'name of its own',
      );
  for (const [index, arn] of exclude.entries())
    if (!Token.isUnresolved(arn) && !/^arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+$/.test(arn))
      faults.push(`functions.exclude[${index}]: must be a function's ARN without a version, got '${arn}'`);
  for (const [index, reader] of readers.entries())
    if (!Token.isUnresolved(reader) && !isInScope(reader, scope))
      faults.push(
        `functions.readers[${index}]: must be the name of a function in scope, or the beginning of one with a '*' ` +
          `behind, got '${reader}'; add it to functions.names, or leave it out`,
      );
  return faults;
}

function pauseFaults(pause: Pause = {}): string[] {
  const { schedules = [], scheduleRoles = [] } = pause;
  const kinds = { pipes: PipeName, rules: RuleName, schedules: ScheduleName, scheduleRoles: RoleArn };
  const faults = (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) =>
    (pause[kind] ?? []).flatMap((written, index) => {
      const { error } = kinds[kind].safeParse(written);
      if (Token.isUnresolved(written) || error === undefined) return [];
      return error.issues.map(({ message }) => `pause.${kind}[${index}]: ${message}, got '${written}'`);
    }),
  );
  if (schedules.length === 0 || scheduleRoles.length > 0) return faults;
  return [
    ...faults,
    'pause.scheduleRoles: must name the roles with which the schedules call their targets, since whoever updates a ' +
      'schedule passes its role on; add their ARNs',
  ];
}

/** Whether a reader can mean a function in scope; what is known at deploy only, or by a tag or stack, may be anything. */
function isInScope(reader: string, { prefix, names = [], tags = [], stacks = [] }: FunctionScope): boolean {
  if (!/^[A-Za-z0-9_-]{1,64}\*?$/.test(reader)) return false;
  if (tags.length > 0 || stacks.length > 0) return true;
  const beginning = reader.replace(/\*$/, '');
  const means = (name: string) =>
    Token.isUnresolved(name) || (beginning === reader ? name === reader : name.startsWith(beginning));
  const ofPrefix = prefix !== undefined && (Token.isUnresolved(prefix) || beginning.startsWith(prefix));
  return ofPrefix || names.some(means);
}

function quietFaults(minutes: number | undefined): string[] {
  if (minutes === undefined || QuietMinutes.safeParse(minutes).success) return [];
  return [`quietMinutes: must be a whole number from 0 to 60, got ${minutes}`];
}

function priceFaults(prices: RecoveryProps['prices']): string[] {
  return Object.entries(prices ?? {})
    .filter(([, price]) => !(price >= 0))
    .map(([name, price]) => `prices.${name}: must be an amount of US dollars from 0 on, got ${price}`);
}

function groupFaults({ groups = [], tables }: RecoveryProps): string[] {
  const isProtected = (name: string) => tables.some(({ table }) => table.tableName === name);
  return groups.flatMap((group, index) => [
    ...(group.length < 2
      ? [`groups[${index}]: must have two tables or more; add one or leave the group out`]
      : []),
    ...group.flatMap(({ tableName }, at) =>
      isProtected(tableName)
        ? []
        : [
            `groups[${index}][${at}]: is not among tables, so nothing restores it; add it there or leave it out`,
          ],
    ),
  ]);
}

function approvalFaults({ patience }: RecoveryProps['approval'] = {}): string[] {
  const hours = patience?.toHours({ integral: false });
  if (hours === undefined || ApprovalHours.safeParse(hours).success) return [];
  return [`approval.patience: must be a whole number of hours from 1 to 168, got ${hours}`];
}

function longestFreezeFaults(hours = 1): string[] {
  if (hours > 0) return [];
  return [`longestFreezeHours: must be more than 0, got ${hours}; leave it out for 5 hours`];
}

function drillFaults({ drill, tables }: RecoveryProps): string[] {
  const isProtected = (name: string) => tables.some(({ table }) => table.tableName === name);
  return (drill?.tables ?? []).flatMap(({ tableName }, index) =>
    isProtected(tableName)
      ? []
      : [`drill.tables[${index}]: is not among tables, so nothing restores it; add it there or leave it out`],
  );
}

function concurrencyFaults(reserved: Readonly<Record<string, number>>): string[] {
  return Object.entries(reserved).flatMap(([task, count]) => {
    if (!tasks.some(({ taskName }) => taskName === task))
      return [
        `reservedConcurrency.${task}: is no task; the tasks are ${tasks.map(({ taskName }) => taskName).join(', ')}`,
      ];
    if (!Number.isInteger(count) || count < 1)
      return [
        `reservedConcurrency.${task}: must be a whole number from 1 on, got ${count}; 0 would stop the recovery itself`,
      ];
    return [];
  });
}
