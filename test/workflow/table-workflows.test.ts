import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/dsl/asl/machine.ts';
import type { Invocation } from '../../src/dsl/simulator/invocation.ts';
import { StateFailure } from '../../src/dsl/simulator/state-failure.ts';
import { FIRST_RATES } from '../../src/tasks/pacing/rates.ts';
import { backUpTable } from '../../src/workflow/back-up-table.ts';
import { proveQuiet } from '../../src/workflow/prove-quiet.ts';
import { planTable, resetTable } from '../../src/workflow/reset-table.ts';
import { restoreTable } from '../../src/workflow/restore-table.ts';
import { verifyTable } from '../../src/workflow/verify-table.ts';
import { afterFailures, testedWorkflow } from '../support/tested-workflow.ts';

const sdk = (operation: string) => `arn:aws:states:::aws-sdk:dynamodb:${operation}`;

/** Answers one after the other, the last one from then on. */
function inTurn(...answers: readonly Json[]): () => Json {
  let next = 0;
  return () => answers[Math.min(next++, answers.length - 1)] ?? null;
}

it.each([
  ['BackUpTable', backUpTable],
  ['PlanTable', planTable],
  ['ProveQuiet', proveQuiet],
  ['ResetTable', resetTable],
  ['RestoreTable', restoreTable],
  ['VerifyTable', verifyTable],
])('%s refuses an input that it does not know, and calls nothing', async (_name, workflow) => {
  const run = await testedWorkflow(workflow).run({ table: 'no name!' });
  expect(run).toHaveFailedWith('InvalidInput', 'input.table');
  expect(run.calls).toEqual([]);
});

describe('the proof that one table is not written', () => {
  it('bears with a CloudWatch that fails in passing, and asks again while the table is written', async () => {
    const counted = inTurn({ Datapoints: [{ Sum: 3 }, { Sum: 4 }] }, { Datapoints: [] });
    let calls = 0;
    const run = await testedWorkflow(proveQuiet, {
      resources: {
        'arn:aws:states:::aws-sdk:cloudwatch:getMetricStatistics': () => {
          calls += 1;
          if (calls === 1) throw new StateFailure('CloudWatch.InternalServiceException', 'it passes');
          return counted();
        },
      },
    }).run({ table: 'orders', minutes: 10 });
    expect(run).toHaveSucceededWith({ table: 'orders', warning: '' });
    expect(run).toHaveTakenPath([
      '...',
      'Proof',
      'Proof.Otherwise.Counting',
      'Proof.Otherwise.Written.Begin',
      'Proof.Otherwise.Written',
      'Proof.Otherwise.Written.Ready',
      'Proof.Otherwise.Written.Wait',
      'Proof.Otherwise.Written',
      'Proof.Otherwise.Written.Ready',
      'Proof.Otherwise.Return',
      'Return',
    ]);
  });
});

describe('the backup of one table', () => {
  const input = { table: 'orders', backupName: 'before-rewind' };
  const begun = { BackupDetails: { BackupArn: 'arn of the backup' } };
  const being = (BackupStatus: string) => ({ BackupDescription: { BackupDetails: { BackupStatus } } });
  const backingUp = (createBackup: () => Json, describeBackup: () => Json) =>
    testedWorkflow(backUpTable, {
      resources: { [sdk('createBackup')]: createBackup, [sdk('describeBackup')]: describeBackup },
    }).run(input);

  it('waits for another one to end, asks until it is whole, and bears with throttling', async () => {
    const run = await backingUp(
      afterFailures(['DynamoDb.BackupInUseException', 'DynamoDb.ThrottlingException'], begun),
      inTurn(being('CREATING'), being('AVAILABLE')),
    );
    expect(run).toHaveSucceededWith({ backupArn: 'arn of the backup' });
    expect(run).toHaveTakenPath([
      '...',
      'Begun',
      'Backup.Begin',
      'Backup',
      'Backup.Ready',
      'Backup.Wait',
      'Backup',
      'Backup.Ready',
      'Return',
    ]);
    expect(run).toHaveCalled('dynamodb:describeBackup', { BackupArn: 'arn of the backup' });
  });

  it('asks again when it cannot be asked', async () => {
    const run = await backingUp(
      () => begun,
      afterFailures(['DynamoDb.InternalServerErrorException'], being('AVAILABLE')),
    );
    expect(run).toHaveSucceeded();
    expect(run).toHaveVisited('Backup', 1);
  });

  it('fails in words when the backup is deleted meanwhile', async () => {
    const run = await backingUp(() => begun, inTurn(being('CREATING'), being('DELETED')));
    expect(run).toHaveFailedWith(
      'PollFailed',
      'the backup of orders is DELETED; see who deletes backups, and start again',
    );
    expect(run.finalState).toBe('Backup.Failed');
  });

  it('gives up after six hours', async () => {
    const run = await backingUp(
      () => begun,
      () => being('CREATING'),
    );
    expect(run).toHaveFailedWith('GaveUp');
    expect(run).toHaveTaken('6 hours');
  });
});

describe('the restore of one table', () => {
  const input = {
    tableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/orders',
    restoredName: 'rewind-orders',
    restorePoint: '2026-11-22T11:00:00Z',
  };
  const TableArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/rewind-orders';
  const active = { Table: { TableArn, TableStatus: 'ACTIVE', RestoreSummary: { RestoreInProgress: false } } };
  const missing = 'DynamoDb.ResourceNotFoundException';
  const throttled = 'DynamoDb.ThrottlingException';

  it('bears with throttling, and with a table that is not to be seen at once', async () => {
    const run = await testedWorkflow(restoreTable, {
      resources: {
        [sdk('describeTable')]: afterFailures([throttled, missing, missing, throttled], active),
        [sdk('restoreTableToPointInTime')]: afterFailures([throttled], {}),
        // Five a second is all that an account has.
        [sdk('tagResource')]: afterFailures([throttled], {}),
      },
    }).run(input);
    expect(run).toHaveSucceededWith({ restoredName: 'rewind-orders' });
    expect(run).toHaveCalled('dynamodb:restoreTableToPointInTime');
    expect(run).toHaveCalled('dynamodb:tagResource');
  });

  it('takes a table that its own lost request has made for the restored one', async () => {
    const run = await testedWorkflow(restoreTable, {
      resources: {
        [sdk('describeTable')]: afterFailures([missing], active),
        [sdk('restoreTableToPointInTime')]: afterFailures(['DynamoDb.TableAlreadyExistsException'], {}),
        [sdk('tagResource')]: () => ({}),
      },
    }).run(input);
    expect(run).toHaveSucceeded();
    expect(run).toHaveVisited('Restored', 1);
  });

  it('takes a copy that may not be tagged as it is', async () => {
    const run = await testedWorkflow(restoreTable, {
      resources: {
        [sdk('describeTable')]: () => active,
        [sdk('tagResource')]: afterFailures(['DynamoDb.AccessDeniedException'], {}),
      },
    }).run(input);
    expect(run).toHaveSucceededWith({ restoredName: 'rewind-orders' });
    expect(run).toHaveVisited('Tagged', 1);
  });
});

const incident = { incidentId: 'bad-import', run: 'run-1', table: 'orders', restoredTable: 'rewind-orders' };
const scattered = { atOnce: 3, stride: 3, rates: FIRST_RATES };
const busy = ['Lambda.TooManyRequestsException', 'Lambda.ServiceException'];

describe.each([
  ['reset of one table', resetTable, 'ResetSegment', 'apply', false],
  ['reset of a sensitive table', resetTable, 'ResetSensitiveSegment', 'apply', true],
  ['plan of one table', planTable, 'PlanSegment', 'plan', false],
  ['plan of a sensitive table', planTable, 'PlanSensitiveSegment', 'plan', true],
] as const)('the %s', (...of) => {
  const [, subject, task, mode, sensitive] = of;
  const counts = {
    restored: 5,
    live: 4,
    puts: 2,
    deletes: 1,
    unchanged: 3,
    selected: 6,
    leftAlone: 1,
    refused: 2,
    readUnits: 9,
    writeUnits: 4,
    indexWriteUnits: 8,
  };
  const input = { ...incident, mode, segments: 1, ...scattered, sensitive };
  const resetting = (segment: () => Json, asked: Json = input) =>
    testedWorkflow(subject, { functions: { [task]: segment } }).run(asked);

  it('calls a segment again until it is done, however busy Lambda is', async () => {
    let pages = 0;
    const busyAtFirst = afterFailures(busy, {});
    const run = await resetting(() => {
      busyAtFirst();
      pages += 1;
      return { done: pages === 3, counts };
    });
    expect(run).toHaveSucceededWith(counts);
    expect(run).toHaveCalled(task, { ...input, timeToLive: null, selection: 'all', segment: 0 });
    expect(run.calls.map(({ attempt }) => attempt)).toEqual([0, 1, 2, 0, 0]);
  });

  it('starts segments that lie apart, as many at a time as the plan says', async () => {
    const started: Json[] = [];
    let running = 0;
    let most = 0;
    const work = async (given: Json, { clock }: Invocation) => {
      started.push((given as { segment: number }).segment);
      running += 1;
      most = Math.max(most, running);
      await clock.sleep(60_000);
      running -= 1;
      return { done: true, counts };
    };
    const run = await testedWorkflow(subject, { functions: { [task]: work } }).run({
      ...input,
      segments: 8,
    });
    expect(run).toHaveSucceeded();
    expect(most).toBe(3);
    expect(started).toEqual([0, 3, 6, 1, 4, 7, 2, 5]);
  });

  it('adds up what its segments count, and hands the mark of the selection to each', async () => {
    const selection = 'a1'.repeat(32);
    const run = await resetting(() => ({ done: true, counts }), { ...input, segments: 2, selection });
    expect(run).toHaveSucceededWith(
      Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, 2 * count])),
    );
    expect(run).toHaveCalled(task, { ...input, timeToLive: null, segments: 2, selection, segment: 1 });
  });

  it('gives up a segment that is never done', async () => {
    const run = await resetting(() => ({ done: false, counts }));
    expect(run).toHaveFailedWith('ResetFailed', `${mode} of orders: 1 of 1 segments failed`);
    expect(run).toHaveVisited(
      sensitive ? 'Work.Worked.Apart.ProgressApart.GaveUp' : 'Work.Worked.Otherwise.Progress.GaveUp',
      1,
    );
    expect(run.calls).toHaveLength(600);
  });

  it('adds up a thousand large segments, whose counts fit into the result of a map', async () => {
    const large = Object.fromEntries(Object.keys(counts).map((name) => [name, 999_999_999]));
    const run = await resetting(() => ({ done: true, counts: large }), { ...input, segments: 1000 });
    expect(run).toHaveSucceededWith(
      Object.fromEntries(Object.keys(counts).map((name) => [name, 999_999_999_000])),
    );
  });

  it('says why when a thousand segments fail, each with many words', async () => {
    const run = await resetting(
      () => {
        throw new StateFailure('ResetRefused', `the freeze is being lifted; ${'x'.repeat(2000)}`);
      },
      { ...input, segments: 1000 },
    );
    expect(run).toHaveFailedWith(
      'ResetFailed',
      '1000 of 1000 segments failed, the first with ResetRefused: the freeze is being lifted; xxx',
    );
  });
});

describe.each([
  ['one table', 'VerifySegment', false],
  ['a sensitive table', 'VerifySensitiveSegment', true],
] as const)('the verification of %s', (...of) => {
  const [, task, sensitive] = of;
  const input = { ...incident, segments: 2, ...scattered, sensitive };
  const verifying = (verify: (given: Json) => Json, CompareTables: () => Json = () => ({ items: 7 })) =>
    testedWorkflow(verifyTable, { functions: { [task]: verify, CompareTables } }).run(input);

  it('reads every segment of both tables, page by page, however busy Lambda is', async () => {
    const busyAtFirst = afterFailures(busy, {});
    const pages = new Map<string, number>();
    const run = await verifying(
      (given) => {
        busyAtFirst();
        const { table, segment } = given as { table: string; segment: number };
        const key = `${table} ${segment}`;
        pages.set(key, (pages.get(key) ?? 0) + 1);
        return { done: pages.get(key) === 2, items: 1 };
      },
      afterFailures(['Lambda.ServiceException'], { items: 7 }),
    );
    expect(run).toHaveSucceededWith({ items: 7, startedAt: expect.any(String) });
    expect(pages).toEqual(
      new Map([
        ['orders 0', 2],
        ['orders 1', 2],
        ['rewind-orders 0', 2],
        ['rewind-orders 1', 2],
      ]),
    );
  });

  it('compares them in its turn while the segments of other tables take all that the account may have', async () => {
    const full = Array.from({ length: 20 }, () => 'Lambda.TooManyRequestsException');
    const run = await verifying(() => ({ done: true, items: 1 }), afterFailures(full, { items: 7 }));
    expect(run).toHaveSucceededWith({ items: 7, startedAt: expect.any(String) });
  });

  it('reads the live table alone after a selective reset, and hands the plan on', async () => {
    const plan = { selective: true, run: 'run-1' };
    const read: string[] = [];
    const run = await testedWorkflow(verifyTable, {
      functions: {
        [task]: (given: Json) => {
          read.push((given as { table: string }).table);
          return { done: true, items: 1 };
        },
        CompareTables: () => ({ items: 7 }),
      },
    }).run({ ...input, plan });
    expect(run).toHaveSucceededWith({ items: 7, startedAt: expect.any(String) });
    expect(read).toEqual(['orders', 'orders']);
    expect(run).toHaveCalled('CompareTables', { ...input, plan, timeToLive: null });
  });

  it('gives up a segment that is never done', async () => {
    const run = await verifying((given) => ({
      done: (given as { segment: number }).segment === 0,
      items: 1,
    }));
    expect(run).toHaveFailedWith('VerifyFailed', 'reading of orders: 1 of 2 segments failed');
    expect(run).not.toHaveVisited('Compared');
  });

  it('fails with what a segment fails with', async () => {
    const run = await verifying(() => {
      throw new StateFailure('AccessDeniedException', 'not yours');
    });
    expect(run).toHaveFailedWith('VerifyFailed', 'the first with AccessDeniedException: not yours');
  });

  it('says why when a thousand segments fail, each with many words', async () => {
    const run = await testedWorkflow(verifyTable, {
      functions: {
        [task]: () => {
          throw new StateFailure('AccessDeniedException', `not yours; ${'x'.repeat(2000)}`);
        },
      },
    }).run({ ...input, segments: 1000 });
    expect(run).toHaveFailedWith(
      'VerifyFailed',
      'reading of orders: 1000 of 1000 segments failed, the first with AccessDeniedException: not yours; xxx',
    );
  });
});
