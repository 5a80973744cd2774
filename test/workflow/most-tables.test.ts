import { expect, it } from 'vitest';
import type { Json } from '../../src/dsl/asl/machine.ts';
import { FIRST_RATES } from '../../src/tasks/pacing/rates.ts';
import { payloadFaults } from '../../src/tasks/preflight/payload-faults.ts';
import { restoredName } from '../../src/tasks/preflight/restored-name.ts';
import { rewind } from '../../src/workflow/rewind.ts';
import { incidentCounts } from '../support/incident-run.ts';
import { tableArn } from '../support/table-description.ts';
import { testedWorkflow } from '../support/tested-workflow.ts';

const RESTORE_POINT = '2026-11-22T11:00:00Z';
const INCIDENT = 'i'.repeat(32);
const TIME = '2026-11-22T12:00:00.000Z';

/** Every count as large as can be. */
const counts = Object.fromEntries(Object.keys(incidentCounts).map((name) => [name, 999_999_999_999]));
const estimate = {
  changeShare: 1 / 3,
  deleteShare: 1 / 3,
  readUnits: 9_999_999_999_999,
  writeUnits: 9_999_999_999_999,
  indexWriteUnits: 9_999_999_999_999,
  streamRecords: 9_999_999_999_999,
  dollars: 12_345_678.1234,
  readSeconds: 999_999_999.9,
  writeSeconds: 999_999_999.9,
};

/** So many tables as the preflight plans them, with names of so many characters. */
const plannedTables = (number: number, characters: number) =>
  Array.from({ length: number }, (_, index) => {
    const name = `${String(index).padStart(3, '0')}${'n'.repeat(characters - 3)}`;
    return {
      name,
      arn: tableArn(name),
      restoredName: restoredName({ table: name, incidentId: INCIDENT, restorePoint: RESTORE_POINT }),
      sensitive: false,
      forensicBackup: true,
      segments: 1000,
      atOnce: 100,
      stride: 387,
      rates: FIRST_RATES,
      timeToLive: 'e'.repeat(255),
      selection: 'd'.repeat(64),
    };
  });

/** The machine by itself with these tables, everything about which is as long as can be. */
function recovering(tables: ReturnType<typeof plannedTables>, warnings: string[]) {
  const names = tables.map(({ name }) => name);
  const answers: Readonly<Record<string, (given: Readonly<Record<string, string>>) => Json>> = {
    Survey: () => ({
      faults: [],
      warnings: [],
      missedSchedules: { names: Array(20).fill('s'.repeat(129)), more: 99 },
    }),
    Preflight: () => ({
      restorePoint: RESTORE_POINT,
      tables,
      warnings,
      quietMinutes: 60,
      approvalHours: 168,
    }),
    FindProof: () => ({ isProven: false, copies: [] }),
    AcquireLock: () => ({ resuming: false, acquiredAt: TIME }),
    Freeze: () => ({ changed: 0, atRestFrom: TIME, longestTimeoutSeconds: 900, frozenAt: TIME }),
    CheckUndoable: () => ({ ready: true, latestRestorable: TIME, checkedAt: TIME }),
    PassGate: () => ({ passedAt: TIME, tables: names.map((name) => ({ name, counts, estimate })), warnings }),
    MarkVerified: () => ({ verifiedAt: TIME }),
    Thaw: () => ({
      functions: 1000,
      eventSourceMappings: 1000,
      writeFences: names.length,
      // As `lowerFences` says it.
      warnings: names.map((name) => `the resource policy of ${name} ${'w'.repeat(140)}`),
    }),
    WriteReport: () => ({ incidentId: INCIDENT }),
    ReleaseLock: () => ({ released: true }),
    RestoreTable: ({ restoredName }) => ({ restoredName: restoredName ?? null }),
    BackUpTable: ({ backupName }) => ({
      backupArn: `${tableArn(backupName ?? '')}/backup/01234567890123-01234567`,
    }),
    ProveQuiet: ({ table }) => ({ table: table ?? null, warning: `${table} ${'w'.repeat(330)}` }),
    ResetTable: () => counts,
    VerifyTable: () => ({ items: 1, expired: 0, readUnits: 1, digest: 'd'.repeat(64), startedAt: TIME }),
  };
  return testedWorkflow(rewind, {
    functions: answers as Readonly<Record<string, (given: Json) => Json>>,
    resources: {
      'arn:aws:states:::states:startExecution.sync:2': (given) => {
        const { StateMachineArn, Input } = given as {
          StateMachineArn: string;
          Input: Record<string, string>;
        };
        return { Output: answers[StateMachineArn.slice(2, -1)]?.(Input) ?? null };
      },
      'arn:aws:states:::aws-sdk:dynamodb:deleteTable': () => ({}),
    },
  }).run({
    incidentId: INCIDENT,
    restorePoint: RESTORE_POINT,
    tables: names.map((name) => ({ name, confirm: name })),
  });
}

/** As many and as long as `boundedLines` lets pass. */
const WARNINGS = Array.from({ length: 42 }, () => 'w'.repeat(600));

/** How many tables with names of so many characters the preflight lets pass. */
function mostTables(characters: number): number {
  const refused = Array.from({ length: 100 }, (_, index) => index + 1).find(
    (number) => payloadFaults(plannedTables(number, characters), WARNINGS).length > 0,
  );
  return refused === undefined ? 100 : refused - 1;
}

it('lets a hundred tables pass whose names fit into the environment of a function', () => {
  expect(mostTables(26)).toBe(100);
});

it('recovers as many tables with the longest names as the preflight lets pass, and no payload is too large', async () => {
  const most = mostTables(255);
  expect(most).toBeGreaterThan(60);
  const run = await recovering(plannedTables(most, 255), WARNINGS);
  expect(run).toHaveSucceededWith({ incidentId: INCIDENT });
  expect(run.history.length).toBeLessThan(25_000);
});

it('would lose an execution that had more of them', async () => {
  const run = await recovering(plannedTables(100, 255), WARNINGS);
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
});
