import { Duration, Lazy } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { expect, test } from 'vitest';
import type { RecoveryProps } from '../../infra/recovery-props.ts';
import { Recovery } from '../../infra/recovery.ts';
import { emptyStack, shop } from './protected-shop.ts';

const named = (name: string) => {
  const stack = emptyStack();
  return { table: Table.fromTableName(stack, 'Table', name) };
};

function recover(change: Partial<RecoveryProps>): Recovery {
  const stack = emptyStack();
  return new Recovery(stack, 'Recovery', { ...shop(stack), ...change });
}

test.each<[string, Partial<RecoveryProps>, string]>([
  ['no tables', { tables: [] }, 'tables: none is named'],
  ['a scope without functions', { functions: {} }, 'functions: none is in scope'],
  [
    'a scope that is emptied by its list',
    { functions: { names: [], exclude: [] } },
    'functions: none is in scope',
  ],
  ['the prefix of every function', { functions: { prefix: '' } }, 'functions.prefix'],
  ['a wildcard for a prefix', { functions: { prefix: '*' } }, 'functions.prefix'],
  [
    'an ARN among the names of functions',
    { functions: { names: ['arn:aws:lambda:us-east-1:123456789012:function:a'] } },
    'functions.names[0]',
  ],
  [
    'the name of a function to exclude, which would exclude nothing',
    { functions: { prefix: 'shop-', exclude: ['shop-status'] } },
    'functions.exclude[0]',
  ],
  [
    'a tag whose key is known at deploy only, which no policy could name',
    { functions: { tags: [{ key: Lazy.string({ produce: () => 'app' }), value: 'shop' }] } },
    'functions.tags[0].key: is known at deploy only',
  ],
  ['a tag without a key', { functions: { tags: [{ key: '', value: 'shop' }] } }, 'functions.tags[0].key'],
  [
    'a pattern for the value of a tag',
    { functions: { tags: [{ key: 'app', value: 'shop-*' }] } },
    'functions.tags[0].value',
  ],
  [
    'the ARN of a stack',
    { functions: { stacks: ['arn:aws:cloudformation:us-east-1:123456789012:stack/Shop/1'] } },
    'functions.stacks[0]: must be the name of a stack',
  ],
  ['a table named like a restored one', { tables: [named('rewind-orders')] }, 'tables[0].table'],
  ['a table twice', { tables: [named('orders'), named('orders')] }, 'tables[1].table'],
  ['no segments', { tables: [{ ...named('orders'), segments: 0 }] }, 'tables[0].segments'],
  [
    'too low a rate',
    { tables: [{ ...named('orders'), rates: { writeUnitsPerSecond: 1 } }] },
    'tables[0].rates.writeUnitsPerSecond',
  ],
  ['too many segments', { tables: [{ ...named('orders'), segments: 1001 }] }, 'tables[0].segments'],
  [
    'a sensitive table without a key for the ledger',
    { tables: [{ ...named('orders'), sensitive: true }] },
    'encryptionKey: tables[0] is sensitive, and the ledger will hold keys of its items',
  ],
  [
    'a forensic backup of a sensitive table',
    { tables: [{ ...named('orders'), sensitive: true, forensicBackup: true }] },
    'tables[0].forensicBackup: must not be true for a sensitive table',
  ],
  ['a suffix that no name may have', { restoredNameSuffix: 'a b' }, 'restoredNameSuffix: must be 1 to 64'],
  [
    'a prefix that would name other folders than it says',
    { reportBucket: { bucket: Bucket.fromBucketName(emptyStack(), 'Reports', 'reports'), prefix: '/a//b' } },
    'reportBucket.prefix: must be names of letters',
  ],
  [
    'a pipe by its ARN',
    { pause: { pipes: ['mails', 'arn:aws:pipes:us-east-1:123456789012:pipe/mails'] } },
    "pause.pipes[1]: must be the name of a pipe: 1 to 64 letters, digits, '.', '-' and '_', got 'arn:aws:pipes:us-east-1:123456789012:pipe/mails'",
  ],
  ['a rule without a name', { pause: { rules: ['shop/'] } }, 'pause.rules[0]: must be the name of a rule'],
  [
    'schedules without their roles',
    { pause: { schedules: ['shop/bills'] } },
    'pause.scheduleRoles: must name the roles with which the schedules call their targets',
  ],
  [
    'a role of schedules by its name',
    { pause: { schedules: ['shop/bills'], scheduleRoles: ['scheduler'] } },
    "pause.scheduleRoles[0]: must be the ARN of a role, got 'scheduler'",
  ],
  ['a quiet time that is none', { quietMinutes: 1.5 }, 'quietMinutes: must be a whole number from 0 to 60'],
  ['a prefix that puts the ledger among the restored tables', { prefix: 'rewind' }, "prefix: 'rewind'"],
  ['the same with more behind', { prefix: 'rewind-shop' }, "prefix: 'rewind-shop'"],
  ['a prefix too long for the functions', { prefix: 'a'.repeat(41) }, 'prefix: must be'],
  [
    'reserved concurrency 0, which would stop the task itself',
    { reservedConcurrency: { Thaw: 0 } },
    'reservedConcurrency.Thaw',
  ],
  [
    'reserved concurrency of a task there is not',
    { reservedConcurrency: { Unfreeze: 1 } },
    'reservedConcurrency.Unfreeze: is no task; the tasks are AcquireLock',
  ],
  [
    'a drill of a table that is not protected',
    { drill: { schedule: Schedule.rate(Duration.days(30)), tables: [named('strangers').table] } },
    'drill.tables[0]: is not among tables',
  ],
  [
    'a group of tables with one that is not protected',
    { groups: [[named('shop-orders').table, named('strangers').table]] },
    'groups[0][1]: is not among tables',
  ],
  ['a group of one table', { groups: [[named('shop-orders').table]] }, 'groups[0]: must have two tables'],
  [
    'a patience that is no whole number of hours',
    { approval: { patience: Duration.minutes(90) } },
    'approval.patience: must be a whole number of hours from 1 to 168, got 1.5',
  ],
  ['a patience beyond a week', { approval: { patience: Duration.days(8) } }, 'approval.patience: must be'],
  [
    'a reader that is not in scope',
    { functions: { prefix: 'shop-', names: ['legacy'], readers: ['shop-get-*', 'leg*', 'legacy', 'blog'] } },
    "functions.readers[3]: must be the name of a function in scope, or the beginning of one with a '*' behind, got 'blog'",
  ],
  [
    'a reader that is any function',
    { functions: { prefix: 'shop-', readers: ['*'] } },
    'functions.readers[0]',
  ],
  ['no time at all for a freeze', { longestFreezeHours: 0 }, 'longestFreezeHours: must be more than 0'],
  [
    'a price below nothing',
    { prices: { millionWriteUnits: -1, millionReadUnits: 0, restoredGigabyte: 0 } },
    'prices.millionWriteUnits: must be an amount',
  ],
])('refuses %s', (_, change, message) => {
  expect(() => recover(change)).toThrow(`Shop/Recovery › ${message}`);
});

test('refuses all that is wrong at once', () => {
  expect(() => recover({ tables: [], functions: {} })).toThrow(
    /^Shop\/Recovery › tables: .*\nShop\/Recovery › functions: /,
  );
});

test('refuses a system that does not fit into the environment of a function', () => {
  const names = Array.from({ length: 64 }, (_, index) => `shop-${String(index).padStart(59, '0')}`);
  expect(() => recover({ functions: { names } })).toThrow(
    /ShopRecovery › tables, functions: their names take \d+ bytes of the 4096 that Lambda allows/,
  );
});

test('counts a name that is known at deploy only as nothing against the environment', () => {
  const later = Array.from({ length: 200 }, () => Lazy.string({ produce: () => 'shop-late' }));
  expect(() => recover({ functions: { names: later } })).not.toThrow();
});

test('lets any name be a reader where a tag or a stack decides who is in scope', () => {
  const readers = ['catalogue-*'];
  expect(() => recover({ functions: { prefix: 'shop-', readers } })).toThrow('functions.readers[0]');
  for (const scope of [{ tags: [{ key: 'app', value: 'shop' }] }, { stacks: ['shop'] }])
    expect(() => recover({ functions: { ...scope, readers } })).not.toThrow();
});
