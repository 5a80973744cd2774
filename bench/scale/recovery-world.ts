import type { Json } from '../../src/dsl/asl/machine.ts';
import type { VirtualClock } from '../../src/dsl/simulator/clock.ts';
import type { Invocation } from '../../src/dsl/simulator/invocation.ts';
import type { SimulationOptions } from '../../src/dsl/simulator/simulate.ts';
import { StateFailure } from '../../src/dsl/simulator/state-failure.ts';
import { acquireLock } from '../../src/tasks/acquire-lock/task.ts';
import { checkUndoable } from '../../src/tasks/check-undoable/task.ts';
import { compareTables } from '../../src/tasks/compare-tables/task.ts';
import { estimate } from '../../src/tasks/estimate/estimate.ts';
import { US_EAST_1 } from '../../src/tasks/estimate/prices.ts';
import { FIRST_RATES } from '../../src/tasks/pacing/rates.ts';
import { findProof } from '../../src/tasks/find-proof/task.ts';
import { freeze } from '../../src/tasks/freeze/task.ts';
import { markVerified } from '../../src/tasks/mark-verified/task.ts';
import { passGate } from '../../src/tasks/pass-gate/task.ts';
import type { Division } from '../../src/tasks/preflight/segments.ts';
import { preflight } from '../../src/tasks/preflight/task.ts';
import type { Report } from '../../src/tasks/report/report.ts';
import { releaseLock } from '../../src/tasks/release-lock/task.ts';
import { RESET_BOUNDS } from '../../src/tasks/reset-segment/reset-bounds.ts';
import { resetSegment } from '../../src/tasks/reset-segment/task.ts';
import { survey } from '../../src/tasks/survey/task.ts';
import { thaw } from '../../src/tasks/thaw/task.ts';
import { verifySegment } from '../../src/tasks/verify-segment/task.ts';
import { VERIFY_BOUNDS } from '../../src/tasks/verify-segment/verify-one-segment.ts';
import { writeReport } from '../../src/tasks/write-report/task.ts';
import { freezeFor, thawFor } from './lambda-control.ts';
import { RESTORABLE_LAG_SECONDS } from './limits.ts';
import { scanned, written } from './loads.ts';
import { EVERY_ITEM } from '../../src/tasks/selection/selection-mark.ts';
import { DAMAGE, type Disaster, type Setting } from './setting.ts';
import type { Account } from './stand-in.ts';
import type { TablePasses } from './table-passes.ts';

const LIVE = 'orders';
const RESTORED = 'rewind-orders';

/** What the recovery is started with. */
export const REQUEST = {
  incidentId: 'disaster',
  restorePoint: '2025-12-31T12:00:00Z',
  tables: [{ name: LIVE, confirm: LIVE }],
};

interface Around {
  readonly account: Account;
  readonly passes: TablePasses;
  readonly disaster: Disaster;
  readonly setting: Setting;
  readonly division: Division;
  readonly clock: VirtualClock;
}

/**
 * What stands in for the recovery's tasks, for DynamoDB and for CloudWatch: each takes the time that it would on AWS, and answers
 * as if all went well. The machines around them are the real ones.
 */
export function recoveryWorld(around: Around): Pick<SimulationOptions, 'functions' | 'resources'> {
  return {
    functions: Object.fromEntries(controlTasks(around).concat(tableTasks(around))),
    resources: services(around),
  };
}

function controlTasks({ account, disaster, setting, division }: Around) {
  const { functions, mappings: eventSourceMappings, longestTimeoutSeconds } = setting;
  const none = 0;
  const nothingPaused = { pipes: none, rules: none, schedules: none };
  let proven: Report['tables'] = [];
  return [
    account.standIn(survey, async () => ({
      faults: [],
      warnings: [],
      functions,
      alreadyAtZero: none,
      eventSourceMappings,
      missedSchedules: { names: [], more: none },
    })),
    account.standIn(preflight, async ({ restorePoint }) => ({
      restorePoint,
      tables: [
        {
          name: LIVE,
          arn: `arn:aws:dynamodb:us-east-1:123456789012:table/${LIVE}`,
          restoredName: RESTORED,
          ...division,
          rates: FIRST_RATES,
          sensitive: false,
          forensicBackup: false,
          timeToLive: null,
          selection: EVERY_ITEM,
        },
      ],
      warnings: [],
      approvalHours: 4,
      quietMinutes: 3,
    })),
    account.standIn(acquireLock, async (_input, invocation) => ({
      resuming: false,
      acquiredAt: time(invocation),
    })),
    account.standIn(findProof, async () => ({ isProven: false, copies: [] })),
    account.standIn(freeze, async ({ sweep = false }, invocation) => {
      await freezeFor(setting, invocation.clock, sweep);
      return {
        functions,
        alreadyAtZero: none,
        eventSourceMappings,
        ...nothingPaused,
        writeFences: none,
        changed: sweep ? 0 : functions + eventSourceMappings,
        // Nothing is stopped late.
        atRestFrom: new Date(0).toISOString(),
        longestTimeoutSeconds,
        frozenAt: time(invocation),
      };
    }),
    account.standIn(checkUndoable, async ({ since }, invocation) => {
      const latest = invocation.clock.now() - RESTORABLE_LAG_SECONDS * 1000;
      return {
        ready: latest > Date.parse(since),
        latestRestorable: new Date(latest).toISOString(),
        checkedAt: time(invocation),
      };
    }),
    account.standIn(passGate, async ({ tables, warnings }, invocation) => ({
      passedAt: time(invocation),
      warnings,
      tables: tables.map(({ name, planned, rates = FIRST_RATES }) => ({
        name,
        counts: planned,
        estimate: estimate(planned, {
          facts: { bytes: disaster.items * setting.itemBytes, hasStream: false },
          rates,
          prices: US_EAST_1,
        }),
      })),
    })),
    account.standIn(markVerified, async (proof, invocation) => {
      proven = proof.tables.map((table) => ({ ...table, planned: null }));
      return { verifiedAt: time(invocation) };
    }),
    account.standIn(compareTables, async () => ({
      items: disaster.items,
      expired: none,
      readUnits: none,
      digest: '',
    })),
    account.standIn(thaw, async (_input, { clock }) => {
      await thawFor(setting, clock);
      return { functions, eventSourceMappings, ...nothingPaused, writeFences: none, warnings: [] };
    }),
    account.standIn(writeReport, async (_input, invocation) => ({
      ...REQUEST,
      startedAt: time(invocation),
      frozenAt: time(invocation),
      finishedAt: time(invocation),
      functions,
      provisionedConcurrency: none,
      eventSourceMappings,
      ...nothingPaused,
      writeFences: none,
      tables: proven,
      warnings: [],
      followUps: [],
    })),
    account.standIn(releaseLock, async () => ({ released: true })),
  ];
}

function tableTasks({ account, passes, disaster, setting, division }: Around) {
  const items = Math.round(disaster.items / division.segments);
  const wrong = (share: number): number => Math.round(items * disaster.damage * share);
  const [puts, deletes] = [wrong(DAMAGE.changed + DAMAGE.missing), wrong(DAMAGE.added)];
  const counts = {
    restored: items,
    live: items,
    puts,
    deletes,
    unchanged: items - puts,
    selected: items + deletes,
    leftAlone: 0,
    refused: 0,
    readUnits: Math.round(scanned(2 * items, setting.itemBytes)),
    writeUnits: written(puts + deletes, setting.itemBytes),
    indexWriteUnits: 0,
  };
  return [
    account.standIn(resetSegment, async ({ mode, segment }, { clock, deadline }) => {
      const pass = passes.get(mode === 'plan' ? 'plan' : 'reset');
      return {
        done: await pass.workOn(segment, { clock, until: deadline - RESET_BOUNDS.stopMargin }),
        counts,
      };
    }),
    account.standIn(verifySegment, async ({ table, segment }, { clock, deadline }) => {
      const pass = passes.get(table === LIVE ? 'verify live' : 'verify restored');
      return {
        done: await pass.workOn(segment, { clock, until: deadline - VERIFY_BOUNDS.stopMargin }),
        items,
      };
    }),
  ];
}

function services({ setting, clock }: Around): NonNullable<SimulationOptions['resources']> {
  let restoredAt = Infinity;
  return {
    [sdk('describeTable')]: (): Json => {
      if (restoredAt === Infinity)
        throw new StateFailure('DynamoDb.ResourceNotFoundException', 'there is no such table');
      const ready = clock.now() >= restoredAt;
      return {
        Table: { TableStatus: ready ? 'ACTIVE' : 'CREATING', RestoreSummary: { RestoreInProgress: !ready } },
      };
    },
    [sdk('restoreTableToPointInTime')]: () => {
      restoredAt = clock.now() + setting.restoreSeconds * 1000;
      return {};
    },
    [sdk('deleteTable')]: () => ({}),
    'arn:aws:states:::aws-sdk:cloudwatch:getMetricStatistics': () => ({ Datapoints: [] }),
  };
}

const sdk = (operation: string): string => `arn:aws:states:::aws-sdk:dynamodb:${operation}`;

const time = ({ clock }: Invocation): string => new Date(clock.now()).toISOString();
