import { afterAll, beforeAll, beforeEach } from 'vitest';
import { ledgerTable, type LedgerTable } from './ledger-table.ts';

/** The ledger of a file's tests: each finds it empty, and its mock without what others have set. */
export function freshLedger(): LedgerTable {
  const ledger = ledgerTable();
  beforeAll(() => ledger.open());
  beforeEach(() => ledger.reset());
  afterAll(() => ledger.close());
  return ledger;
}
