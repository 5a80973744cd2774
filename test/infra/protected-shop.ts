import { App, type Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import cdk from '../../cdk.json' with { type: 'json' };
import type { ProtectedTable, RecoveryProps } from '../../infra/recovery-props.ts';
import { Recovery } from '../../infra/recovery.ts';

export const env: Required<Environment> = { account: '123456789012', region: 'us-east-1' };

interface Shop extends RecoveryProps {
  readonly tables: readonly [ProtectedTable, ProtectedTable];
}

/** A stack without anything in it, whose functions' code is not bundled. */
export function emptyStack(): Stack {
  return new Stack(new App({ context: { ...cdk.context, [BUNDLING_STACKS]: [] } }), 'Shop', { env });
}

/** A shop with orders, and customers under a key of its own of which no backup may be made. */
export function shop(stack: Stack): Shop {
  const encryptionKey = Key.fromKeyArn(stack, 'CustomersKey', arn('kms', 'key/customers'));
  const customers = { tableName: 'shop-customers', encryptionKey };
  return {
    prefix: 'ShopRecovery',
    tables: [
      { table: Table.fromTableName(stack, 'Orders', 'shop-orders') },
      { table: Table.fromTableAttributes(stack, 'Customers', customers), forensicBackup: false },
    ],
    functions: {
      prefix: 'shop-',
      names: ['legacy'],
      exclude: [arn('lambda', 'function:shop-status')],
    },
  };
}

/** The template of the shop with a recovery. */
export function protectedShop(change: Partial<RecoveryProps> = {}): Template {
  const stack = emptyStack();
  const recovery = new Recovery(stack, 'Recovery', { ...shop(stack), ...change });
  return Template.fromStack(Stack.of(recovery));
}

export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${env.region}:${env.account}:${resource}`;
}
