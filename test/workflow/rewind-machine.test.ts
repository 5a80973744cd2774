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
  selection: 'all',
};
const time = '2026-11-22T12:00:00Z';
const frozen = { changed: 0, atRestFrom: time, longestTimeoutSeconds: 60, frozenAt: time };
/** What a sweep tells that has stopped something late. */
const stillRunning = { ...frozen, changed: 1, atRestFrom: '2026-11-22T12:00:01Z' };
const counts = { restored: 5, live: 5, puts: 1, deletes: 0, unchanged: 4 };
const verified = { items: 5, expired: 0, readUnits: 10, digest: 'of five items', startedAt: time };

/** Every task and child workflow as it answers when all goes well. */
const well: Readonly<Record<string, Answer>> = {
  FindProof: () => ({ isProven: false, copies: [] }),
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

const SET_FREE = `; functions keep appearing, or being set free: what was stopped last may run until ${stillRunning.atRestFrom}; stop what deploys, and start again [undone: frozen, locked]`;
const NOT_RESTORABLE = `; not every table can be restored to a second after ${time}, which is before the damage came to rest; see that point-in-time recovery of each table goes on, and start again [undone: frozen, locked]`;

describe('before the gate', () => {
  it.each<[what: string, others: Readonly<Record<string, Answer>>, finalWords: string]>([
    [
      'the application never comes to rest',
      { Freeze: (given) => (Object.hasOwn(given as object, 'sweep') ? stillRunning : frozen) },
      `prepared › drained › quiet: not reached within 3 hours${SET_FREE}`,
    ],
    [
      'the damage never becomes restorable itself',
      { CheckUndoable: () => ({ ready: false, latestRestorable: time, checkedAt: time }) },
      `undoable: not reached within 1 hour${NOT_RESTORABLE}`,
    ],
  ])('gives up when %s, and thaws', async (_what, others, words) => {
    const run = await recovering(others);
    expect(run).toHaveFailedWith('GaveUp', words);
    expect(run).toHaveTakenPath(['...', 'Frozen.Undo', 'Locked.Undo', 'Failed']);
    expect(run).not.toHaveCalled('PassGate');
  });

  /** Finds something to stop so many times, when it sweeps after the plan, or after another task. */
  function disturbed(times: number, task = 'ResetTable') {
    let left = 0;
    return {
      [task]: (given: Json) => {
        left = times;
        return well[task]?.(given) ?? null;
      },
      Freeze: () => {
        left -= 1;
        return left >= 0 ? stillRunning : frozen;
      },
    };
  }

  it('waits until whatever a sweep had to stop late has ended', async () => {
    const run = await recovering(disturbed(2));
    expect(run).toHaveVisited('SweptBeforeReset', 3);
    expect(run).toHaveVisited('SweptBeforeReset.Wait', 2);
    expect(run).toHaveCalled('PassGate');
  });

  it('waits until what was written late can be restored, too', async () => {
    const late = { ...stillRunning, frozenAt: '2026-11-22T12:00:02Z' };
    const asked: string[] = [];
    const run = await recovering({
      Freeze: (given) => (Object.hasOwn(given as object, 'sweep') ? late : frozen),
      CheckUndoable: (given) => {
        asked.push((given as { since: string }).since);
        return { ready: asked.length !== 2, latestRestorable: time, checkedAt: time };
      },
    });
    expect(run).toHaveVisited('UndoableToTheEnd.Wait', 1);
    expect(asked.slice(1)).toEqual([late.atRestFrom, late.atRestFrom]);
    expect(run).toHaveCalled('PassGate');
  });

  const undoable = (ready: boolean) => () => ({ ready, latestRestorable: time, checkedAt: time });

  /** The damage can be restored when that is asked for the first time; then these come, and the last one for ever. */
  function afterwards(...answers: readonly (() => Json)[]): Readonly<Record<string, Answer>> {
    const left = [undoable(true), ...answers];
    return { CheckUndoable: () => (left.length > 1 ? left.shift() : left[0])?.() ?? null };
  }

  it('bears with a function that is busy when it looks at what was written late', async () => {
    const run = await recovering(
      afterwards(failsWith('Lambda.ServiceException', 'it passes'), undoable(true)),
    );
    expect(run).toHaveSucceeded();
    expect(run.calls.filter(({ called }) => called === 'CheckUndoable')).toHaveLength(3);
  });

  it('gives up when what was written late never becomes restorable, and thaws', async () => {
    const run = await recovering(afterwards(undoable(false)));
    expect(run).toHaveFailedWith('GaveUp', `undoableToTheEnd: not reached within 1 hour${NOT_RESTORABLE}`);
    expect(run).not.toHaveCalled('PassGate');
  });

  it('thaws when what was written late cannot be kept restorable', async () => {
    const run = await recovering(afterwards(failsWith('NotUndoable', 'backups are off')));
    expect(run).toHaveFailedWith('NotUndoable', 'backups are off [undone: frozen, locked]');
    expect(run).not.toHaveCalled('PassGate');
  });

  it.each([
    ['before the plan', 'ProveQuiet', 'sweptBeforePlan'],
    ['before the reset', 'ResetTable', 'sweptBeforeReset'],
  ])('gives up when something is always set free again %s, and thaws', async (_when, task, step) => {
    const run = await recovering(disturbed(1000, task));
    expect(run).toHaveFailedWith('GaveUp', `${step}: not reached within 3 hours${SET_FREE}`);
    expect(run).not.toHaveCalled('PassGate');
  });

  it('thaws when the damage cannot be kept restorable', async () => {
    const run = await recovering({ CheckUndoable: failsWith('NotUndoable', 'backups are off') });
    expect(run).toHaveFailedWith('NotUndoable', 'backups are off [undone: frozen, locked]');
    expect(run).toHaveCalled('Thaw', {
      incidentId: 'bad-import',
      run: expect.stringContaining(':execution:Rewind:'),
    });
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
  it('does not mind when a restored table is gone already', async () => {
    const run = await recovering({ deleteTable: failsWith('DynamoDb.ResourceNotFoundException', 'gone') });
    expect(run).toHaveSucceededWith({ incidentId: 'bad-import' });
  });

  it('waits for a restored table that cannot be deleted yet', async () => {
    const run = await recovering({
      deleteTable: afterFailures(
        [
          'DynamoDb.ResourceInUseException',
          'DynamoDb.LimitExceededException',
          'DynamoDb.ResourceInUseException',
        ],
        {},
      ),
    });
    expect(run).toHaveSucceededWith({ incidentId: 'bad-import' });
    expect(run).toHaveVisited('CleanedUp.Remove.Removals.Removed', 1);
  });
});

describe('an incident that was proven before', () => {
  const proven = { FindProof: () => ({ isProven: true, copies: ['rewind-orders'] }) };
  const passes = 'Lambda.ServiceException';

  it('is finished, however busy AWS is, and although a copy is gone already', async () => {
    const run = await recovering({
      ...proven,
      AcquireLock: afterFailures([passes], well.AcquireLock?.(null) ?? null),
      Thaw: afterFailures([passes, 'ThawIncomplete'], well.Thaw?.(null) ?? null),
      deleteTable: afterFailures(
        [
          'DynamoDb.ResourceInUseException',
          'DynamoDb.InternalServerErrorException',
          'DynamoDb.ResourceNotFoundException',
        ],
        {},
      ),
      WriteReport: afterFailures([passes], { incidentId: 'bad-import' }),
      ReleaseLock: afterFailures([passes], { released: true }),
    });
    expect(run).toHaveSucceededWith({ incidentId: 'bad-import' });
    expect(run).toHaveCalled('AcquireLock', expect.objectContaining({ finishing: true }));
    for (const task of ['Survey', 'Freeze', 'ResetTable', 'MarkVerified']) expect(run).not.toHaveCalled(task);
  });

  it.each([
    ['FindProof', 'Found'],
    ['AcquireLock', 'Finished.Rest.Relocked'],
    ['Thaw', 'Finished.Rest.ThawedToTheEnd'],
    ['WriteReport', 'Finished.Rest.Reported'],
    ['ReleaseLock', 'Finished.Rest.Released'],
  ])('is left as it is when %s fails, and nothing is undone', async (task, state) => {
    const run = await recovering({ ...proven, [task]: failsWith('AccessDeniedException', 'no') });
    expect(run).toHaveFailedWith('AccessDeniedException', 'no');
    expect(run).toHaveTakenPath(['...', state, 'Failed']);
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
  for (const state of [
    'Frozen',
    'Prepared.Drained.Quiet',
    'SweptBeforePlan',
    'SweptBeforeReset',
    'SweptAfterReset',
  ])
    expect(run).toHaveVisited(state, 1);
  expect(run.calls.filter(({ called }) => called === 'ResetTable').map(({ attempt }) => attempt)).toEqual([
    0, 1, 0, 1,
  ]);
});
