import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/dsl/asl/machine.ts';
import { StateFailure } from '../../src/dsl/simulator/state-failure.ts';
import { besideOthers, FIRST_RATES } from '../../src/tasks/pacing/rates.ts';
import { drill } from '../../src/workflow/drill.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { LEDGER_TABLE } from '../support/ledger-table.ts';
import { recoveryWorld } from '../support/recovery-world.ts';
import { sensitiveItems } from '../support/sensitive-items.ts';
import { afterFailures, testedWorkflow } from '../support/tested-workflow.ts';

const ledger = freshLedger();

const orders = {
  good: sensitiveItems(10, 15),
  damaged: [...sensitiveItems(12, 14, 'spoilt'), ...sensitiveItems(15, 16)],
};
const clients = { good: sensitiveItems(30, 32), damaged: sensitiveItems(30, 32) };
const world = () => recoveryWorld(ledger, { tables: { orders, clients } });

describe('a drill', () => {
  it('restores to the latest second, plans, deletes the copies, and reports figures and times', async () => {
    const own = world();
    const { status, output } = await own.drill();
    expect(status).toBe('SUCCEEDED');
    expect(output).toEqual({
      drillId: expect.stringMatching(/^drill-[0-9a-f]{16}$/),
      // Five minutes behind, as the window is.
      restorePoint: '2026-11-22T11:55:00Z',
      startedAt: '2026-11-22T12:00:00.000Z',
      finishedAt: expect.stringMatching(/^2026-11-22T12:/),
      tables: ['orders', 'clients'].map((name) => ({
        name,
        counts: expect.objectContaining({ puts: 0, deletes: 0, leftAlone: 0 }),
        estimate: expect.objectContaining({ changeShare: 0, writeUnits: 0, dollars: 0 }),
        restoreSeconds: expect.any(Number),
        planSeconds: expect.any(Number),
      })),
      warnings: [],
    });
    expect([...own.tables.keys()]).toEqual(['orders', 'clients']);
    const { drillId, tables } = output as { drillId: string; tables: { restoreSeconds: number }[] };
    expect(tables[0]?.restoreSeconds).toBeGreaterThan(30);
    expect(JSON.parse((await ledger.record(`incident#${drillId}`, 'report'))?.report?.S ?? '')).toEqual(
      output,
    );
  });

  it('tells what a recovery of some tables to a second would write', async () => {
    const own = world();
    const { output } = await own.drill({ restorePoint: '2026-11-22T12:00:00+01:00', tables: ['orders'] });
    expect(output).toMatchObject({
      restorePoint: '2026-11-22T11:00:00Z',
      tables: [
        { name: 'orders', counts: { puts: 5, deletes: 1, unchanged: 1 }, estimate: { changeShare: 1 } },
      ],
    });
  });

  it('freezes nothing, and writes to no table of the application', async () => {
    const own = world();
    const before = own.settings();
    await own.drill({ restorePoint: '2026-11-22T11:00:00Z' });
    expect(own.settings()).toEqual(before);
    expect(own.table('orders').items).toEqual(orders.damaged);
    expect(own.table('orders').writes).toEqual([]);
    const changes = own.journal.of(
      'PutFunctionConcurrency',
      'DeleteFunctionConcurrency',
      'UpdateEventSourceMapping',
      'BatchWriteItem',
    );
    expect(changes).toEqual([]);
    const written = own.journal.of('PutItem', 'UpdateItem', 'DeleteItem').map(({ input }) => input.TableName);
    expect(new Set(written)).toEqual(new Set([LEDGER_TABLE]));
  });

  it('refuses what cannot be restored, and stands back for a recovery', async () => {
    const own = world();
    const refused = await own.drill({ restorePoint: '2026-11-22T11:59:59Z', tables: ['orders', 'stranger'] });
    expect(refused).toMatchObject({ status: 'FAILED', error: 'DrillRefused' });
    expect(refused.cause).toContain('tables: stranger is not under protection');
    expect(refused.cause).toContain('restorePoint 2026-11-22T11:59:59Z is outside what can be restored');
    const recovery = own.start();
    await own.pass(10);
    const second = await own.drill();
    expect(second).toMatchObject({ status: 'FAILED', error: 'DrillRefused' });
    expect(second.cause).toContain('a recovery comes first: lock: held by incident bad-import');
    expect(await own.clock.runUntil(recovery.result)).toMatchObject({ status: 'SUCCEEDED' });
    expect(own.journal.of('RestoreTableToPointInTime')).toHaveLength(2);
  });
});

describe('the machine of a drill', () => {
  const tables = [
    {
      name: 'orders',
      arn: 'arn of orders',
      restoredName: 'rewind-orders',
      segments: 2,
      sensitive: false,
      forensicBackup: true,
      atOnce: 1,
      stride: 1,
      rates: FIRST_RATES,
      drillRates: besideOthers(FIRST_RATES),
      timeToLive: null,
    },
  ];
  const prepared = { drillId: 'drill-1', restorePoint: '2026-11-22T11:00:00Z', tables, warnings: [] };
  const drilling = (others: Readonly<Record<string, (given: Json) => Json>>, input: Json = {}) => {
    const answers: Readonly<Record<string, (given: Json) => Json>> = {
      PrepareDrill: () => prepared,
      RestoreTable: () => ({ restoredName: 'rewind-orders' }),
      PlanTable: () => ({ puts: 1 }),
      ReportDrill: (given) => given,
      deleteTable: () => ({}),
      ...others,
    };
    return testedWorkflow(drill, {
      functions: answers,
      resources: {
        'arn:aws:states:::states:startExecution.sync:2': (given) => {
          const { StateMachineArn, Input } = given as { StateMachineArn: string; Input: Json };
          return { Output: answers[StateMachineArn.slice(2, -1)]?.(Input) ?? null };
        },
        'arn:aws:states:::aws-sdk:dynamodb:deleteTable': (given) => answers.deleteTable?.(given) ?? null,
      },
    }).run(input);
  };
  const failing = (...failures: readonly StateFailure[]) => {
    const left = [...failures];
    return (): Json => {
      const failure = left.shift();
      if (failure) throw failure;
      return {};
    };
  };

  it('refuses an input that it does not know', async () => {
    expect(await drilling({}, { incidentId: 'bad-import' })).toHaveFailedWith('InvalidInput', 'incidentId');
  });

  it('reads beside the application, and reports how long a recovery takes, which has the table to itself', async () => {
    const given: Json[] = [];
    const keep = (input: Json): Json => {
      given.push(input);
      return { puts: 1 };
    };
    expect(await drilling({ PlanTable: keep, ReportDrill: keep })).toHaveSucceeded();
    expect(given).toMatchObject([
      { rates: { read: { unitsPerSecond: 6_000, adaptive: false } } },
      { plans: [{ name: 'orders', rates: FIRST_RATES }] },
    ]);
  });

  it('deletes the copies when a plan fails, waiting for those that are still being made', async () => {
    const inUse = new StateFailure('DynamoDb.ResourceInUseException', 'it is CREATING');
    const run = await drilling({
      PlanTable: failing(new StateFailure('ResetFailed', 'not today')),
      deleteTable: failing(inUse, inUse),
    });
    expect(run).toHaveFailedWith('ResetFailed', 'not today');
    expect(run).toHaveCalled('dynamodb:deleteTable', { TableName: 'rewind-orders' });
    expect(run).not.toHaveCalled('ReportDrill');
  });

  it('says both when the copies cannot be deleted either', async () => {
    const run = await drilling({
      RestoreTable: failing(new StateFailure('PollFailed', 'no restore')),
      deleteTable: () => {
        throw new StateFailure('DynamoDb.DynamoDbException', 'not allowed');
      },
    });
    expect(run).toHaveFailedWith('PollFailed', 'no restore');
    expect(run.cause).toContain('not allowed');
  });

  it('bears with a busy account, and with faults that pass', async () => {
    const busy = new StateFailure('StepFunctions.ExecutionLimitExceededException', 'busy');
    const lambda = new StateFailure('Lambda.ServiceException', 'it passes');
    const run = await drilling({
      PrepareDrill: afterFailures(['Lambda.ServiceException'], prepared),
      RestoreTable: failing(busy),
      PlanTable: failing(busy),
      ReportDrill: failing(lambda),
      deleteTable: failing(
        new StateFailure('DynamoDb.ResourceInUseException', 'it is CREATING'),
        new StateFailure('DynamoDb.InternalServerErrorException', 'it passes'),
      ),
    });
    expect(run).toHaveSucceeded();
    expect(run).toHaveVisited('Practised.Finally.Removals.Removed', 1);
  });

  it('bears with them too when it deletes the copies after a failure', async () => {
    const run = await drilling({
      PlanTable: failing(new StateFailure('ResetFailed', 'not today')),
      deleteTable: failing(
        new StateFailure('DynamoDb.InternalServerErrorException', 'it passes'),
        new StateFailure('DynamoDb.ResourceNotFoundException', 'gone'),
      ),
    });
    expect(run).toHaveFailedWith('ResetFailed', 'not today');
    expect(run.cause).not.toContain('gone');
  });

  it('does not mind when a copy is gone already', async () => {
    const run = await drilling({
      deleteTable: failing(new StateFailure('DynamoDb.ResourceNotFoundException', 'gone')),
    });
    expect(run).toHaveSucceeded();
  });
});
