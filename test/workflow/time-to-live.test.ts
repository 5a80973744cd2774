import { describe, expect, it } from 'vitest';
import { freshLedger } from '../support/fresh-ledger.ts';
import { recoveryWorld } from '../support/recovery-world.ts';
import { sensitiveItem, type Item } from '../support/sensitive-items.ts';

const ledger = freshLedger();

const until = (number: number, time: string, content?: string): Item => ({
  ...sensitiveItem(number, content),
  expiresAt: { N: String(Date.parse(time) / 1000) },
});

// The restore point is 11:00, the recovery begins at 12:00 and takes less than an hour.
const EXPIRED_AND_GONE = until(10, '2026-11-22T11:30:00Z');
const EXPIRED_AND_THERE = until(11, '2026-11-22T11:59:00Z');
const EXPIRING_MEANWHILE = until(12, '2026-11-22T12:05:00Z');
const TOMORROW = until(13, '2026-11-23T12:00:00Z');
const NEXT_MONTH = until(14, '2026-12-22T12:00:00Z');
const NEVER = sensitiveItem(15);

const sessions = {
  good: [EXPIRED_AND_GONE, EXPIRED_AND_THERE, EXPIRING_MEANWHILE, TOMORROW, NEXT_MONTH, NEVER],
  damaged: [
    EXPIRED_AND_THERE,
    until(13, '2026-11-22T11:50:00Z', 'spoilt'),
    NEXT_MONTH,
    sensitiveItem(15, 'spoilt'),
    until(20, '2026-11-22T11:55:00Z'),
    until(21, '2026-12-24T12:00:00Z'),
  ],
};

function world(timeToLive: string | undefined) {
  const made = recoveryWorld(ledger, { tables: { sessions } });
  made.table('sessions').timeToLive = timeToLive;
  return made;
}

/** Before this task, each time, DynamoDB deletes all that has expired. */
function expiringBefore(task: string, of: ReturnType<typeof world>): void {
  of.beforeTask = (name) => {
    if (name === task) of.table('sessions').expire(of.clock.now());
  };
}

describe('the recovery of a table with time to live', () => {
  it.each(['ResetSegment', 'VerifySegment', 'CompareTables'])(
    'succeeds though DynamoDB deletes what has expired, before each %s',
    async (task) => {
      const recovered = world('expiresAt');
      expiringBefore(task, recovered);
      expect(await recovered.run()).toMatchObject({ status: 'SUCCEEDED' });
      recovered.table('sessions').expire(recovered.clock.now());
      expect(recovered.table('sessions').items).toEqual([TOMORROW, NEXT_MONTH, NEVER]);
    },
  );

  it('succeeds when DynamoDB deletes nothing, and leaves nothing that the restore point did not have', async () => {
    const recovered = world('expiresAt');
    expect(await recovered.run()).toMatchObject({ status: 'SUCCEEDED' });
    const good = new Set(sessions.good.map((item) => JSON.stringify(item)));
    for (const item of recovered.table('sessions').items) expect(good).toContain(JSON.stringify(item));
    const { items } = recovered.table('sessions');
    expect(items).toEqual(expect.arrayContaining([EXPIRED_AND_THERE, TOMORROW, NEXT_MONTH, NEVER]));
    // What has expired and is gone is not put back, only to be deleted again.
    expect(items).not.toContainEqual(EXPIRED_AND_GONE);
  });

  it('fails when an item is missing before its time', async () => {
    const disturbed = world('expiresAt');
    disturbed.beforeTask = (name) => {
      const table = disturbed.table('sessions');
      if (name === 'CompareTables' || name === 'VerifySegment')
        table.become(
          table.items.filter(({ pk }) => pk?.S !== TOMORROW.pk?.S),
          disturbed.clock.now(),
        );
    };
    const { status, cause } = await disturbed.run();
    expect(status).toBe('FAILED');
    expect(cause).toContain("1 of the restored table's expiring items are missing before their time");
  });

  it('fails when DynamoDB deletes expired items of a table whose time to live the plan did not see', async () => {
    const unaware = world(undefined);
    unaware.beforeTask = (name) => {
      const table = unaware.table('sessions');
      table.timeToLive = 'expiresAt';
      if (name === 'VerifySegment') table.expire(unaware.clock.now());
      if (name === 'Preflight') table.timeToLive = undefined;
    };
    const { status, cause } = await unaware.run();
    expect(status).toBe('FAILED');
    expect(cause).toContain('items against');
  });
});
