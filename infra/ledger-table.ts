import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { RecoveryNames } from './recovery-names.ts';
import type { RecoveryProps } from './recovery-props.ts';

/**
 * The ledger: the lock, what every function and mapping was before a freeze, cursors, counts and reports. It
 * outlives the stack, because without it nobody knows what to thaw.
 */
export function ledgerTable(scope: Construct, props: RecoveryProps, names: RecoveryNames): Table {
  const { encryptionKey, removalPolicy = RemovalPolicy.RETAIN } = props;
  return new Table(scope, 'Ledger', {
    tableName: names.ledger,
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    ...(encryptionKey === undefined
      ? { encryption: TableEncryption.AWS_MANAGED }
      : { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey }),
    deletionProtection: removalPolicy === RemovalPolicy.RETAIN,
    removalPolicy,
  });
}
