import type { Environment } from '../../../src/tasks/handler.ts';
import type { Counts } from '../../../src/tasks/incident.ts';
import type { Item } from '../../../src/tasks/item/item.ts';
import { RESET_BOUNDS, type ResetBounds } from '../../../src/tasks/reset-segment/reset-bounds.ts';
import { resetOneSegment } from '../../../src/tasks/reset-segment/reset-one-segment.ts';
import type { ResetRequest } from '../../../src/tasks/reset-segment/reset-request.ts';
import { TaskError } from '../../../src/tasks/task-error.ts';
import { type Behaviour, MemoryDynamodb, arnOf } from './memory-dynamodb.ts';

export const KEYS = ['pk', 'sk'];

export const REQUEST: ResetRequest = {
  incidentId: 'inc-1',
  run: 'arn:aws:states:us-east-1:123456789012:execution:Rewind:inc-1',
  table: 'orders',
  restoredTable: 'rewind-orders',
  mode: 'apply',
  segment: 0,
  segments: 1,
};

export const TINY: ResetBounds = {
  window: { items: 3, bytes: 10_000 },
  pagesBetweenSaves: 3,
  stopMargin: 60_000,
};

/** The ledger of an incident that has passed its gate and whose lock the run holds. */
export const passedGate = (run = REQUEST.run, incident: Item = {}): Item[] => [
  {
    pk: { S: 'incident#inc-1' },
    sk: { S: 'incident' },
    state: { S: 'writing' },
    freeze: { S: 'standing' },
    ...incident,
  },
  { pk: { S: 'lock' }, sk: { S: 'lock' }, incidentId: { S: 'inc-1' }, executionArn: { S: run } },
];

/** A live table, its restored copy and a ledger whose incident has passed its gate. */
export function resetWorld(
  { live, restored }: { readonly live: readonly Item[]; readonly restored: readonly Item[] },
  behaviour: Partial<Behaviour> = {},
): MemoryDynamodb {
  const dynamodb = new MemoryDynamodb(behaviour);
  dynamodb.fill('orders', KEYS, live);
  dynamodb.fill('rewind-orders', KEYS, restored);
  dynamodb.fill('ledger', KEYS, passedGate());
  dynamodb.described.set('rewind-orders', {
    RestoreSummary: { SourceTableArn: arnOf('orders'), RestoreInProgress: false },
  });
  return dynamodb;
}

/** One invocation's environment. @param minutes until its deadline. */
export function invocation({ client, clock }: MemoryDynamodb, minutes = 15): Environment {
  return {
    dynamodb: client,
    system: {
      ledgerTable: 'ledger',
      tables: [{ name: 'orders', forensicBackup: true }],
      functions: { names: [], exclude: [] },
      ownFunctions: [],
    },
    clock,
    deadline: clock.now() + minutes * 60_000,
  };
}

/** Plans a segment in the run that is going to apply it, undisturbed. @returns the same world. */
export async function planned(dynamodb: MemoryDynamodb, request = REQUEST): Promise<MemoryDynamodb> {
  const plan = { ...request, mode: 'plan' } as const;
  await resetToTheEnd(dynamodb.undisturbed(), plan, { bounds: RESET_BOUNDS, minutes: 15 });
  return dynamodb;
}

interface Running {
  readonly bounds: ResetBounds;
  /** Minutes an invocation has. */
  readonly minutes: number;
}

/** Calls one segment again and again, after failures too, until it is done. */
export async function resetToTheEnd(
  dynamodb: MemoryDynamodb,
  request: ResetRequest,
  { bounds, minutes }: Running,
): Promise<Counts> {
  for (let calls = 0; calls < 10_000; calls += 1) {
    try {
      const answer = await resetOneSegment(request, invocation(dynamodb, minutes), bounds);
      if (answer.done) return answer.counts;
    } catch (error) {
      if (!(error instanceof TaskError && error.name === 'Lost')) throw error;
    }
  }
  throw new Error('the segment is never done');
}
