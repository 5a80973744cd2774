import { openIncident } from '../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../src/tasks/ledger/ledger.ts';
import type { LedgerTable } from './ledger-table.ts';
import { taskEnvironment } from './task-environment.ts';

/** The incident that the tests of tasks deal with. */
export const incident = { incidentId: 'bad-import' };

/** A later freeze of it. */
export const sweep = { ...incident, sweep: true };

/** Opens it at noon, as the lock does. */
export const openBadImport = (ledger: LedgerTable) =>
  openIncident(ledgerOf(taskEnvironment(ledger), incident.incidentId), '2026-11-22T03:14:07Z');
