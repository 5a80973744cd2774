import type { SystemConfig } from './system-config.ts';

/** An invented shop: what is synthesised when no configuration is given, and the pattern for a real one. */
export const exampleSystem: SystemConfig = {
  prefix: 'ShopRecovery',
  tables: [
    { name: 'shop-orders' },
    { name: 'shop-stock', segments: 8, rates: { writeUnitsPerSecond: 2000 } },
    {
      name: 'shop-customers',
      // Personal data: nobody else reads the restored copy, and no further one is made.
      sensitive: true,
      kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555',
    },
  ],
  // Sensitive tables need it: the ledger holds keys of items.
  encryptionKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/99999999-8888-7777-6666-555555555555',
  functions: {
    prefix: 'shop-',
    exclude: ['arn:aws:lambda:us-east-1:123456789012:function:shop-status-page'],
  },
  pipeline: {
    connectionArn:
      'arn:aws:codeconnections:us-east-1:123456789012:connection/66666666-7777-8888-9999-000000000000',
    repository: 'example/shop-recovery',
  },
};
