import { describe, expect, it } from 'vitest';
import { acquireLockHandler } from '../../../src/tasks/acquire-lock/handler.ts';
import { releaseLockHandler } from '../../../src/tasks/release-lock/handler.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { executionArn, taskEnvironment } from '../../support/task-environment.ts';

const first = {
  incidentId: 'bad-import',
  executionArn: executionArn('first'),
  restorePoint: '2026-11-22T03:14:07Z',
  tables: [{ name: 'orders', only: { partitionKey: { equals: 'secret' } } }],
};
const second = { ...first, executionArn: executionArn('second') };

const ledger = freshLedger();

describe('releasing the lock', () => {
  it('gives back a lock that is held, once', async () => {
    const environment = taskEnvironment(ledger);
    await acquireLockHandler(first, environment);
    await expect(releaseLockHandler(first, environment)).resolves.toEqual({ released: true });
    await expect(releaseLockHandler(first, environment)).resolves.toEqual({ released: false });
    expect(await ledger.record('lock', 'lock')).toBeUndefined();
  });

  it("leaves another execution's lock alone", async () => {
    const environment = taskEnvironment(ledger);
    await acquireLockHandler(first, environment);
    await expect(releaseLockHandler(second, environment)).resolves.toEqual({ released: false });
    expect(await ledger.record('lock', 'lock')).toBeDefined();
  });

  it('forgets what this execution was to take back, and nothing of another one', async () => {
    const environment = taskEnvironment(ledger);
    await acquireLockHandler(first, environment);
    await releaseLockHandler(second, environment);
    expect(JSON.stringify(await ledger.records())).toContain('secret');
    await releaseLockHandler(first, environment);
    expect(JSON.stringify(await ledger.records())).not.toContain('secret');
  });
});
