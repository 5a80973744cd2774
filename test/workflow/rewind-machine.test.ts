import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/dsl/asl/machine.ts';
import { StateFailure } from '../../src/dsl/simulator/state-failure.ts';
import { FIRST_RATES } from '../../src/tasks/pacing/rates.ts';
import { rewind } from '../../src/workflow/rewind.ts';
import { afterFailures, testedWorkflow } from '../support/tested-workflow.ts';

type Answer = (given: Json) => Json;

const request = {
  incidentId: 'bad-import',
  restorePoint: '2026-11-22T11:00:00Z',
  tables: [{ name: 'orders', confirm: 'orders' }],
};
const planned = {
  name: 'orders',
  arn: 'arn:aws:dynamodb:us-east-1:123456789012:table/orders',
  restoredName: 'rewind-orders',
  sensitive: false,
  forensicBackup: true,
  segments: 1,
  atOnce: 1,
  stride: 1,
  rates: FIRST_RATES,
  timeToLive: null,
};
const time = '2026-11-22T12:00:00Z';
const frozen = { changed: 0, longestTimeoutSeconds: 60, frozenAt: time };
const counts = { restored: 5, live: 5, puts: 1, deletes: 0, unchanged: 4 };
const verified = { items: 5, expired: 0, readUnits: 10, digest: 'of five items', startedAt: time };

/** Every task and child workflow as it answers when all goes well. */
const well: Readonly<Record<string, Answer>> = {
  Survey: () => ({ faults: [], warnings: [], missedSchedules: { names: [], more: 0 } }),
  Preflight: () => ({
    restorePoint: request.restorePoint,
    tables: [planned],
    approvalHours: 4,
    quietMinutes: 3,
    warnings: [],
  }),
  AcquireLock: () => ({ resuming: false, acquiredAt: time }),
  Freeze: () => frozen,
  CheckUndoable: () => ({ ready: true, latestRestorable: time, checkedAt: time }),
  PassGate: () => ({ passedAt: time, tables: [], warnings: [] }),
  MarkVerified: () => ({ verifiedAt: time }),
  Thaw: () => ({
    functions: 3,
    eventSourceMappings: 1,
    pipes: 0,
    rules: 0,
    schedules: 0,
    writeFences: 0,
    warnings: [],
  }),
  WriteReport: () => ({ incidentId: 'bad-import' }),
  ReleaseLock: () => ({ released: true }),
  RestoreTable: () => ({ restoredName: 'rewind-orders' }),
  BackUpTable: () => ({ backupArn: 'arn of the backup' }),
  ProveQuiet: () => ({ table: 'orders', warning: '' }),
  ResetTable: () => counts,
  VerifyTable: () => verified,
  deleteTable: () => ({}),
};

/** The machine by itself: what is not given answers well. */
function recovering(others: Readonly<Record<string, Answer>>) {
  const answers = { ...well, ...others };
  return testedWorkflow(rewind, {
    functions: answers,
    resources: {
      'arn:aws:states:::states:startExecution.sync:2': (given) => {
        const { StateMachineArn, Input } = given as { StateMachineArn: string; Input: Json };
        return { Output: answers[StateMachineArn.slice(2, -1)]?.(Input) ?? null };
      },
      'arn:aws:states:::aws-sdk:dynamodb:deleteTable': (given) => answers.deleteTable?.(given),
    },
  }).run(request);
}

const failsWith = (error: string, cause: string) => () => {
  throw new StateFailure(error, cause);
};

it('has nothing to undo when the functions cannot be surveyed', async () => {
  const run = await recovering({ Survey: failsWith('AccessDeniedException', 'no') });
  expect(run).toHaveFailedWith('AccessDeniedException', 'no');
  expect(run).toHaveTakenPath(['...', 'Surveyed', 'Failed']);
  expect(run).not.toHaveCalled('Preflight');
});

it('tells the preflight what the survey has found, so that all faults are told at once', async () => {
  const found = { faults: ['functions: none is in scope'], warnings: ['blog goes on'] };
  const run = await recovering({ Survey: () => ({ ...found, missedSchedules: { names: [], more: 0 } }) });
  expect(run).toHaveCalled('Survey', { incidentId: 'bad-import', tables: ['orders'] });
  expect(run).toHaveCalled('Preflight', expect.objectContaining(found));
});

describe('before the gate', () => {
  it.each<[what: string, others: Readonly<Record<string, Answer>>, finalWords: string]>([
    [
      'the application never comes to rest',
      { Freeze: (given) => ({ ...frozen, changed: Object.hasOwn(given as object, 'sweep') ? 1 : 0 }) },
      'prepared › drained › quiet: not reached within 10800 seconds [undone: frozen, locked]',
    ],
    [
      'the damage never becomes restorable itself',
      { CheckUndoable: () => ({ ready: false, latestRestorable: time, checkedAt: time }) },
      'undoable: not reached within 3600 seconds [undone: frozen, locked]',
    ],
  ])('gives up when %s, and thaws', async (_what, others, words) => {
    const run = await recovering(others);
    expect(run).toHaveFailedWith('GaveUp', words);
    expect(run).toHaveTakenPath(['...', 'Frozen.Undo', 'Locked.Undo', 'Failed']);
    expect(run).not.toHaveCalled('PassGate');
  });

  it('thaws when the damage cannot be kept restorable', async () => {
    const run = await recovering({ CheckUndoable: failsWith('NotUndoable', 'backups are off') });
    expect(run).toHaveFailedWith('NotUndoable', 'backups are off [undone: frozen, locked]');
    expect(run).toHaveCalled('Thaw', { incidentId: 'bad-import' });
  });

  it('says so when the lock cannot be given back', async () => {
    const run = await recovering({
      PassGate: failsWith('GateRefused', 'too many deletes'),
      ReleaseLock: failsWith('AccessDeniedException', 'no'),
    });
    expect(run).toHaveFailedWith('GateRefused', 'too many deletes [undone: frozen] [NOT UNDONE: locked');
    expect(run.finalState).toBe('Failed');
  });
});

describe('after the gate', () => {
  /** Finds so many functions that are not frozen, each time it sweeps after the gate. */
  function disturbed(...changes: readonly number[]) {
    const left = [...changes];
    let isPast = false;
    return {
      PassGate: () => {
        isPast = true;
        return { passedAt: time, tables: [], warnings: [] };
      },
      Freeze: () => ({ ...frozen, changed: isPast ? ((left.length > 1 ? left.shift() : left[0]) ?? 0) : 0 }),
    };
  }

  it('waits until a sweep finds nothing more to freeze', async () => {
    const run = await recovering(disturbed(2, 1, 0));
    expect(run).toHaveSucceeded();
    expect(run).toHaveVisited('SweptBeforeReset', 3);
    expect(run).toHaveVisited('SweptBeforeReset.Wait', 2);
  });

  it('gives up when something is always thawed again, and stays frozen', async () => {
    const run = await recovering(disturbed(1));
    expect(run).toHaveFailedWith('GaveUp', 'sweptBeforeReset');
    expect(run.finalState).toBe('SweptBeforeReset.GaveUp');
    expect(run).not.toHaveCalled('Thaw');
    expect(run).not.toHaveVisited('Recovered');
  });

  it('does not mind when a restored table is gone already', async () => {
    const run = await recovering({ deleteTable: failsWith('DynamoDb.ResourceNotFoundException', 'gone') });
    expect(run).toHaveSucceededWith({ incidentId: 'bad-import' });
  });
});

it('bears with an account that is busy, whatever it starts and whenever it sweeps', async () => {
  const limit = 'StepFunctions.ExecutionLimitExceededException';
  let sweeps = 0;
  let resets = 0;
  const run = await recovering({
    RestoreTable: afterFailures([limit], { restoredName: 'rewind-orders' }),
    BackUpTable: afterFailures([limit], { backupArn: 'arn of the backup' }),
    ProveQuiet: afterFailures([limit], { table: 'orders', warning: '' }),
    ResetTable: () => {
      resets += 1;
      if (resets % 2 === 1) throw new StateFailure(limit);
      return counts;
    },
    VerifyTable: afterFailures([limit], verified),
    Freeze: () => {
      sweeps += 1;
      if (sweeps % 2 === 1) throw new StateFailure('Lambda.ServiceException', 'it passes');
      return frozen;
    },
  });
  expect(run).toHaveSucceeded();
  for (const state of ['Frozen', 'Prepared.Drained.Quiet', 'SweptBeforeReset', 'SweptAfterReset'])
    expect(run).toHaveVisited(state, 1);
  expect(run.calls.filter(({ called }) => called === 'ResetTable').map(({ attempt }) => attempt)).toEqual([
    0, 1, 0, 1,
  ]);
});
