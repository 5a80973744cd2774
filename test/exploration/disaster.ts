import { RecoverySystem } from '../../src/tasks/recovery-system.ts';
import { NOTICE_TOPIC } from '../support/approver.ts';
import type { EventBridge } from '../support/event-bridge.ts';
import type { ApplicationFunction, ApplicationMapping } from '../support/lambda-application.ts';
import { LEDGER_TABLE } from '../support/ledger-table.ts';
import { sensitiveItem, sensitiveItems, type Item } from '../support/sensitive-items.ts';

export const INCIDENT = 'bad-import';
export const RESTORE_POINT = '2026-11-22T11:00:00Z';
/** When the tables got what they held at the restore point, and when they were damaged. */
export const MADE = Date.parse('2026-11-22T09:00:00Z');
export const DAMAGED = Date.parse('2026-11-22T11:30:00Z');

/** What the tables that are taken back held at the restore point, and what they hold since the damage. */
export const NAMED: Readonly<Record<string, { readonly good: Item[]; readonly damaged: Item[] }>> = {
  orders: {
    good: sensitiveItems(10, 13),
    damaged: [sensitiveItem(11, 'spoilt'), ...sensitiveItems(12, 14)],
  },
  clients: {
    good: sensitiveItems(30, 33),
    damaged: [...sensitiveItems(30, 32), sensitiveItem(33, 'spoilt')],
  },
};

/** A table of the system that nobody names. */
export const OTHER = { name: 'invoices', items: sensitiveItems(50, 51) };

/** What somebody has put on a fenced table before: it must come back to the letter. */
export const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Audit',
      Effect: 'Allow',
      Principal: { AWS: '123456789012' },
      Action: 'dynamodb:Scan',
      Resource: '*',
    },
  ],
});

/** What is deployed while the recovery runs. */
export const DEPLOYED: ApplicationFunction = { reserved: 7, timeout: 20 };

/**
 * How a recovery is set up: by default; `guarded` by a write fence, pauses and a person's approval; or `hasty`, without the
 * proof of quiet, without a backup and without a deploy meanwhile, so that nothing but the drain and the gate makes it wait; there an
 * alias sends calls to a version with a longer timeout than `$LATEST` has now.
 */
export const VARIANTS = ['plain', 'guarded', 'hasty'] as const;
export type Variant = (typeof VARIANTS)[number];

export const functionsOf = (variant: Variant): Map<string, ApplicationFunction> =>
  new Map<string, ApplicationFunction>([
    ['shop-orders', { timeout: 60, ...(variant === 'guarded' ? { provisioned: { live: 2 } } : {}) }],
    ['shop-mail', { reserved: 25, ...(variant === 'hasty' ? { versions: [600, 20] } : { timeout: 120 }) }],
    ['shop-closed', { reserved: 0 }],
    ['blog-posts', { reserved: 5 }],
  ]);

export const mappingsOfShop = (): Map<string, ApplicationMapping> =>
  new Map([
    ['uuid-queue', { function: 'shop-mail', state: 'Enabled' }],
    ['uuid-paused', { function: 'shop-mail', state: 'Disabled' }],
    ['uuid-blog', { function: 'blog-posts', state: 'Enabled' }],
  ]);

const SCHEDULE_ROLE = 'arn:aws:iam::123456789012:role/shop-scheduler';

/** Where the recovery is guarded, it pauses all but those called `off`, which are off already. */
export const eventBridgeOf = (variant: Variant): EventBridge => {
  if (variant !== 'guarded') return { pipes: [], rules: [], schedules: [] };
  return {
    pipes: [
      { Name: 'pipe', CurrentState: 'RUNNING', DesiredState: 'RUNNING' },
      { Name: 'pipe-off', CurrentState: 'STOPPED', DesiredState: 'STOPPED' },
    ],
    rules: [{ Name: 'rule', EventBusName: 'shop', State: 'ENABLED' }],
    schedules: [
      {
        Name: 'schedule',
        GroupName: 'shop',
        State: 'ENABLED',
        ScheduleExpression: 'rate(1 hour)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: 'arn:of:a:queue', RoleArn: SCHEDULE_ROLE, Input: '{"secret":true}' },
      },
    ],
  };
};

const PAUSE = {
  pipes: ['pipe', 'pipe-off'],
  rules: ['shop/rule'],
  schedules: ['shop/schedule'],
  scheduleRoles: [SCHEDULE_ROLE],
};

export const systemOf = (variant: Variant): RecoverySystem =>
  RecoverySystem.parse({
    ledgerTable: LEDGER_TABLE,
    tables: [
      {
        name: 'orders',
        segments: 1,
        writeFence: variant === 'guarded',
        forensicBackup: variant !== 'hasty',
      },
      { name: 'clients', segments: 2, forensicBackup: false, writeFence: variant === 'guarded' },
      { name: OTHER.name },
    ],
    functions: { prefix: 'shop-' },
    fenceWriter: 'arn:aws:iam::123456789012:role/rewind-reset',
    ...(variant === 'hasty' ? { quietMinutes: 0 } : {}),
    ...(variant === 'guarded' ? { approval: { hours: 7 * 24 }, pause: PAUSE } : {}),
    noticeTopic: NOTICE_TOPIC,
  });
