import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { RecoveryNames } from './recovery-names.ts';
import type { RecoveryProps } from './recovery-props.ts';

/** Where a recovery is written down. */
export interface RecoveryLogs {
  /** One group for all tasks: an incident reads from top to bottom in one place. */
  readonly tasks: LogGroup;
  readonly machines: LogGroup;
}

export function recoveryLogs(scope: Construct, props: RecoveryProps, names: RecoveryNames): RecoveryLogs {
  const {
    encryptionKey,
    logRetention = RetentionDays.ONE_YEAR,
    removalPolicy = RemovalPolicy.RETAIN,
  } = props;
  const group = (id: string, logGroupName: string) =>
    new LogGroup(scope, id, {
      logGroupName,
      retention: logRetention,
      removalPolicy,
      ...(encryptionKey === undefined ? {} : { encryptionKey }),
    });
  // An imported key's policy is not ours to change: its owner must allow this.
  encryptionKey?.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
      actions: ['kms:Decrypt', 'kms:Describe*', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      resources: ['*'],
      conditions: {
        ArnEquals: {
          'kms:EncryptionContext:aws:logs:arn': [names.taskLogs, names.machineLogs].map((name) =>
            Stack.of(scope).formatArn({ service: 'logs', resource: `log-group:${name}` }),
          ),
        },
      },
    }),
  );
  return { tasks: group('TaskLogs', names.taskLogs), machines: group('MachineLogs', names.machineLogs) };
}
