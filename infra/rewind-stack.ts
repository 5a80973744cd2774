import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { DEFAULT_PREFIX } from './recovery-names.ts';
import type { ProtectedTable, RecoveryProps, ReportBucketProps } from './recovery-props.ts';
import { Recovery } from './recovery.ts';
import type { SystemConfig } from './system-config.ts';

export interface RewindStackProps extends StackProps {
  readonly config: SystemConfig;
}

/** The name of the stack, and what its resources' names start with. */
export const stackNameOf = ({ prefix = DEFAULT_PREFIX }: SystemConfig): string => prefix;

/** A stack of its own for the recovery of an application that is deployed elsewhere. */
export class RewindStack extends Stack {
  readonly recovery: Recovery;

  constructor(scope: Construct, id: string, { config, ...props }: RewindStackProps) {
    super(scope, id, {
      description: 'Rewind: disaster recovery for DynamoDB and Lambda',
      // The ledger knows what is frozen: no one should delete this stack by a slip.
      terminationProtection: true,
      stackName: stackNameOf(config),
      tags: { 'rewind:recovery': stackNameOf(config) },
      ...(config.account === undefined && config.region === undefined
        ? {}
        : { env: { account: config.account, region: config.region } }),
      ...props,
    });
    this.recovery = new Recovery(this, 'Recovery', recoveryProps(this, config));
    const { machine, drill, ledger, failures, itemReaders, sensitiveItemReaders } = this.recovery;
    this.#output('MachineArn', machine.stateMachineArn, 'Start this to take the application back');
    this.#output('DrillMachineArn', drill.stateMachineArn, 'Start this to practise, with {} as input');
    this.#output('LedgerTable', ledger.tableName, 'Locks, saved settings, progress and reports');
    const arns = (roles: readonly IRole[]) => roles.map(({ roleArn }) => roleArn).join(',');
    this.#output(
      'ItemReaderArns',
      arns(itemReaders),
      'The only roles that read items of tables that are not sensitive: for policies of tables and keys',
    );
    this.#output('SensitiveItemReaderArns', arns(sensitiveItemReaders), 'The same for sensitive tables');
    this.#output('FailureTopicArn', failures.topicArn, 'Subscribe whoever is on call to this');
  }

  #output(id: string, value: string, description: string): CfnOutput {
    return new CfnOutput(this, id, { value, description });
  }
}

function recoveryProps(stack: Stack, config: SystemConfig): RecoveryProps {
  const {
    prefix,
    functions,
    alarmTopicArn,
    encryptionKeyArn,
    restoredNameSuffix,
    reportBucket,
    reservedConcurrency,
    prices,
    drill,
    longestFreezeHours,
    writeFence,
    quietMinutes,
    pause,
    approval,
  } = config;
  const tables = config.tables.map((table, index) => protectedTable(stack, table, index));
  return {
    ...(prefix === undefined ? {} : { prefix }),
    tables,
    ...(config.groups === undefined
      ? {}
      : {
          groups: config.groups.map((group, at) =>
            group.map((name) => tableNamed(name, tables, `groups[${at}]`)),
          ),
        }),
    functions,
    ...(alarmTopicArn === undefined
      ? {}
      : { alarmTopic: Topic.fromTopicArn(stack, 'AlarmTopic', alarmTopicArn) }),
    ...(encryptionKeyArn === undefined
      ? {}
      : { encryptionKey: Key.fromKeyArn(stack, 'EncryptionKey', encryptionKeyArn) }),
    ...(restoredNameSuffix === undefined ? {} : { restoredNameSuffix }),
    ...(reportBucket === undefined ? {} : { reportBucket: bucketForReports(stack, reportBucket) }),
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
    ...(prices === undefined ? {} : { prices }),
    ...(longestFreezeHours === undefined ? {} : { longestFreezeHours }),
    ...(writeFence === undefined ? {} : { writeFence }),
    ...(quietMinutes === undefined ? {} : { quietMinutes }),
    ...(pause === undefined ? {} : { pause }),
    ...(approval === undefined ? {} : { approval: approvalProps(approval) }),
    ...(drill === undefined ? {} : { drill: { schedule: Schedule.expression(drill.schedule) } }),
  };
}

function bucketForReports(
  stack: Stack,
  { name, prefix, kmsKeyArn }: NonNullable<SystemConfig['reportBucket']>,
): ReportBucketProps {
  const bucket = Bucket.fromBucketAttributes(stack, 'ReportBucket', {
    bucketName: name,
    ...(kmsKeyArn === undefined
      ? {}
      : { encryptionKey: Key.fromKeyArn(stack, 'ReportBucketKey', kmsKeyArn) }),
  });
  return { bucket, ...(prefix === undefined ? {} : { prefix }) };
}

function approvalProps({
  required,
  hours,
}: NonNullable<SystemConfig['approval']>): RecoveryProps['approval'] {
  return {
    ...(required === undefined ? {} : { required }),
    ...(hours === undefined ? {} : { patience: Duration.hours(hours) }),
  };
}

function tableNamed(name: string, tables: readonly ProtectedTable[], place: string): ITable {
  const found = tables.find(({ table }) => table.tableName === name);
  if (found === undefined)
    throw new Error(`${place}: ${name} is not among tables; add it there or leave it out`);
  return found.table;
}

function protectedTable(
  stack: Stack,
  { name, kmsKeyArn, ...rest }: SystemConfig['tables'][number],
  index: number,
): ProtectedTable {
  return {
    table: Table.fromTableAttributes(stack, `Table${index}`, {
      tableName: name,
      ...(kmsKeyArn === undefined
        ? {}
        : { encryptionKey: Key.fromKeyArn(stack, `Table${index}Key`, kmsKeyArn) }),
    }),
    ...rest,
  };
}
