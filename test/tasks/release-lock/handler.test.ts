import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acquireLockHandler } from '../../../src/tasks/acquire-lock/handler.ts';
import { releaseLockHandler } from '../../../src/tasks/release-lock/handler.ts';
import { ledgerTable, type LedgerTable } from '../../support/ledger-table.ts';
import { executionArn, taskEnvironment } from '../../support/task-environment.ts';

const first = {
  incidentId: 'bad-import',
  executionArn: executionArn('first'),
  restorePoint: '2026-11-22T03:14:07Z',
};
const second = { ...first, executionArn: executionArn('second') };

let ledger: LedgerTable;
beforeAll(async () => {
  ledger = await ledgerTable();
});
beforeEach(() => ledger.reset());
afterAll(() => ledger.close());

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
});
