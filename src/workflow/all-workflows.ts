import { backUpTable } from './back-up-table.ts';
import { drill } from './drill.ts';
import { proveQuiet } from './prove-quiet.ts';
import { planTable, resetTable } from './reset-table.ts';
import { restoreTable } from './restore-table.ts';
import { rewind } from './rewind.ts';
import { verifyTable } from './verify-table.ts';

/** Every workflow of the recovery: each becomes one state machine. */
export const allWorkflows = [
  rewind,
  restoreTable,
  backUpTable,
  proveQuiet,
  resetTable,
  verifyTable,
  drill,
  planTable,
] as const;
