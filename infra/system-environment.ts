import { Token, Tokenization } from 'aws-cdk-lib';
import type * as z from 'zod';
import type { RecoverySystem } from '../src/tasks/recovery-system.ts';
import { DEFAULT_PREFIX, type RecoveryNames } from './recovery-names.ts';
import type { ProtectedTable, RecoveryProps, ReportBucketProps } from './recovery-props.ts';
import { tasks } from './tasks.ts';

const VARIABLE = 'REWIND_SYSTEM';

/** All environment variables of a function together, names included (Lambda quotas: 4 KB). */
const ENVIRONMENT_BYTES = 4096;

/** What has its ARN at deploy only. */
interface DeployedArns {
  /** The topic where approvals are asked for. */
  readonly noticeTopic: string;
  /** The role that writes on behind a write fence of a table that is not sensitive, and that of one that is. */
  readonly fenceWriter: string;
  readonly sensitiveFenceWriter: string;
  /** The roles that may read the copy of a sensitive table. */
  readonly copyReaders: readonly string[];
}

/**
 * The environment of every task: the system under recovery as JSON, defaults left out to save room.
 * @throws Error when it is certain to exceed Lambda's limit; names known at deploy only count as nothing.
 */
export function systemEnvironment(
  props: RecoveryProps,
  names: RecoveryNames,
  { noticeTopic, fenceWriter, sensitiveFenceWriter, copyReaders }: DeployedArns,
): Record<string, string> {
  const {
    prefix,
    names: functions = [],
    tags = [],
    stacks = [],
    exclude = [],
    readers = [],
  } = props.functions;
  const sensitive = props.tables.filter((table) => table.sensitive === true);
  const ordinary = props.tables.filter((table) => table.sensitive !== true);
  const system: z.input<typeof RecoverySystem> = {
    ledgerTable: names.ledger,
    tables: props.tables.map((protectedTable) => {
      const { table, sensitive, forensicBackup, segments, rates } = protectedTable;
      return {
        name: table.tableName,
        ...(sensitive === true ? { sensitive } : {}),
        ...(sensitive === true && table.encryptionKey !== undefined ? { keyNamed: true } : {}),
        ...(forensicBackup === false ? { forensicBackup } : {}),
        ...(segments === undefined ? {} : { segments }),
        ...(rates === undefined ? {} : { rates }),
        ...(isFenced(props, protectedTable) ? { writeFence: true } : {}),
      };
    }),
    ...(ordinary.some((table) => isFenced(props, table)) ? { fenceWriter } : {}),
    ...(sensitive.some((table) => isFenced(props, table)) ? { sensitiveFenceWriter } : {}),
    ...(sensitive.length > 0 ? { copyReaders: [...copyReaders] } : {}),
    ...(props.restoredNameSuffix === undefined ? {} : { restoredNameSuffix: props.restoredNameSuffix }),
    ...(props.quietMinutes === undefined ? {} : { quietMinutes: props.quietMinutes }),
    ...(props.groups === undefined
      ? {}
      : { groups: props.groups.map((group) => group.map(({ tableName }) => tableName)) }),
    functions: {
      ...(prefix === undefined ? {} : { prefix }),
      ...(functions.length === 0 ? {} : { names: [...functions] }),
      ...(tags.length === 0 ? {} : { tags: tags.map(({ key, value }) => ({ key, value })) }),
      ...(stacks.length === 0 ? {} : { stacks: [...stacks] }),
      ...(exclude.length === 0 ? {} : { exclude: [...exclude] }),
      ...(readers.length === 0 ? {} : { readers: [...readers] }),
    },
    ...(props.pause === undefined ? {} : { pause: props.pause }),
    ...(props.approval === undefined ? {} : { approval: approvalOf(props.approval) }),
    ...(props.prices === undefined ? {} : { prices: props.prices }),
    ...(props.reportBucket === undefined ? {} : { reportBucket: bucketOf(props.reportBucket) }),
    noticeTopic,
    ownFunctions: tasks.map(({ taskName }) => names.functionOf(taskName)),
  };
  const json = JSON.stringify(system);
  const bytes = VARIABLE.length + knownBytes(json);
  if (bytes > ENVIRONMENT_BYTES)
    throw new Error(
      `${props.prefix ?? DEFAULT_PREFIX} › tables, functions: their names take ${bytes} bytes of the ` +
        `${ENVIRONMENT_BYTES} that Lambda allows for a function's environment; choose functions by prefix, ` +
        'or divide the tables between two recoveries',
    );
  return { [VARIABLE]: json };
}

function approvalOf({ required, patience }: NonNullable<RecoveryProps['approval']>) {
  return {
    ...(required === undefined ? {} : { required }),
    ...(patience === undefined ? {} : { hours: patience.toHours() }),
  };
}

/** Whether a recovery fences a table: its own word counts before the whole recovery's. */
export function isFenced({ writeFence }: RecoveryProps, table: ProtectedTable): boolean {
  return table.writeFence ?? writeFence ?? false;
}

const bucketOf = ({ bucket, prefix }: ReportBucketProps) => ({
  name: bucket.bucketName,
  ...(prefix === undefined ? {} : { prefix }),
});

/** The bytes of a text that are certain now, without what is filled in at deploy. */
function knownBytes(text: string): number {
  const fragments = Tokenization.reverseString(text);
  const filledIn = fragments.tokens.reduce((sum, token) => sum + Buffer.byteLength(Token.asString(token)), 0);
  return Buffer.byteLength(text) - filledIn;
}
