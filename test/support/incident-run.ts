import type { Proof, Run } from '../../src/tasks/report/run.ts';

/** What its table's plan and reset count. */
export const incidentCounts = {
  restored: 10,
  live: 9,
  puts: 3,
  deletes: 2,
  unchanged: 7,
  selected: 12,
  leftAlone: 0,
  refused: 0,
  readUnits: 8,
  writeUnits: 5,
  indexWriteUnits: 0,
};
const estimate = {
  changeShare: 0.5,
  deleteShare: 0.2,
  readUnits: 24,
  writeUnits: 5,
  indexWriteUnits: 0,
  streamRecords: 5,
  dollars: 0.01,
  readSeconds: 1.5,
  writeSeconds: 2.5,
};

/** What a run of incident `bad-import` tells of itself, which ends at noon of 22 November 2026. */
export const incidentProof: Proof = {
  incidentId: 'bad-import',
  restorePoint: '2026-11-22T03:14:07Z',
  execution: 'arn:aws:states:us-east-1:123456789012:execution:Rewind:run-1',
  requestedBy: 'Ada',
  approvedBy: '',
  startedAt: '2026-11-22T10:00:00+01:00',
  lockedAt: '2026-11-22T09:00:10.000Z',
  frozenAt: '2026-11-22T09:01:00.000Z',
  longestTimeoutSeconds: 900,
  drainedAt: '2026-11-22T09:16:01.000Z',
  restores: [{ name: 'orders', at: '2026-11-22T09:31:00.000Z' }],
  undoableAt: '2026-11-22T09:32:00.000Z',
  passedAt: '2026-11-22T09:33:00.000Z',
  keptRestoredTables: false,
  warnings: [],
  planned: [{ name: 'orders', counts: incidentCounts, estimate }],
  tables: [
    {
      name: 'orders',
      restoredName: 'rewind-orders',
      selective: false,
      counts: incidentCounts,
      resetAt: '2026-11-22T11:00:00.000Z',
      verifiedItems: 10,
      expiredItems: 0,
      digest: 'ab'.repeat(32),
    },
  ],
};

/** The same, thawed. */
export const incidentRun: Run = {
  ...incidentProof,
  verifiedAt: '2026-11-22T11:50:00.000Z',
  writeFences: 0,
};

/** What the report is told of its thaw. */
export const incidentThaw = {
  incidentId: incidentProof.incidentId,
  execution: incidentProof.execution,
  writeFences: 0,
  warnings: [],
};
