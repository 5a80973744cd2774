import { describe, expect, it } from 'vitest';
import type { Call } from '../support/call-journal.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { awsError } from '../support/lambda-application.ts';
import { recoveryWorld, RESTORE_POINT, type RecoveryWorld } from '../support/recovery-world.ts';
import { sensitiveItems } from '../support/sensitive-items.ts';
import { tableArn } from '../support/table-description.ts';

const ledger = freshLedger();

const spoilt = { good: sensitiveItems(10, 15), damaged: sensitiveItems(11, 16, 'spoilt') };
const READER = 'arn:aws:iam::123456789012:role/VerifySegment';
const ADMIN = 'arn:aws:iam::123456789012:role/Admin';

/** An application with an ordinary table and a sensitive one, whose copies CloudTrail selects by their names' end. */
const shop = () =>
  recoveryWorld(ledger, {
    tables: { orders: spoilt, clients: spoilt },
    system: {
      tables: [{ name: 'orders' }, { name: 'clients', sensitive: true }],
      copyReaders: [READER],
      restoredNameSuffix: '-DataEventsLog',
    },
  });

const ofCopy = ({ input }: Call) => JSON.stringify(input).includes('rewind-clients-');
const copiesIn = ({ tables }: RecoveryWorld) =>
  [...tables.keys()].filter((name) => name.startsWith('rewind-'));

it('is planned, reset and verified by functions of its own, whose roles reach no other table', async () => {
  const world = shop();
  const worked: Record<string, Set<string>> = {};
  world.onTask = (task, passed) => {
    if (!task.endsWith('Segment') || !('payload' in passed)) return;
    const { table } = passed.payload as { table: string };
    (worked[table.replace(/^rewind-(\w+)-.*/, 'copy of $1')] ??= new Set()).add(task);
  };
  expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
  expect(await world.drill()).toMatchObject({ status: 'SUCCEEDED' });
  expect(worked).toEqual({
    orders: new Set(['ResetSegment', 'VerifySegment', 'PlanSegment']),
    'copy of orders': new Set(['VerifySegment']),
    clients: new Set(['ResetSensitiveSegment', 'VerifySensitiveSegment', 'PlanSensitiveSegment']),
    'copy of clients': new Set(['VerifySensitiveSegment']),
  });
});

/** Stops an execution as soon as it has asked for the copy. */
async function stoppedWhenBegun(world: RecoveryWorld): Promise<void> {
  const running = world.start({}, ({ type }, { machineName }) => {
    const begun = world.journal.of('RestoreTableToPointInTime').some(ofCopy);
    if (begun && machineName === 'RestoreTable' && type === 'TaskSucceeded') running.stop();
  });
  expect(await world.clock.runUntil(running.result)).toMatchObject({ status: 'ABORTED' });
}

describe('the copy of a sensitive table', () => {
  it('is protected before it is read, never backed up, named as it is wanted, and deleted in the end', async () => {
    const world = shop();
    let readable: boolean[] | undefined;
    world.journal.before = (call) => {
      if (call.operation !== 'Scan' || !ofCopy(call)) return;
      const copy = tableArn(String(call.input.TableName));
      readable ??= [READER, ADMIN].map((role) => world.policies.allows(copy, role, 'dynamodb:Scan'));
    };

    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });

    expect(readable).toEqual([true, false]);
    const { journal } = world;
    const protecting = journal.of('PutResourcePolicy').map(({ input }) => input.ResourceArn);
    expect(protecting).toEqual([expect.stringMatching(/:table\/rewind-clients-.*-DataEventsLog$/)]);
    expect(journal.of('CreateBackup').map(({ input }) => input.TableName)).toEqual(['orders']);
    const restored = journal.of('RestoreTableToPointInTime').map(({ input }) => input.TargetTableName);
    expect(restored).toEqual(Array.from({ length: 2 }, () => expect.stringMatching(/-DataEventsLog$/)));
    expect(copiesIn(world)).toEqual([]);
    expect(world.table('clients').items).toEqual(spoilt.good);
  });

  it('that cannot be protected is deleted, and the recovery undone before the gate; then it can be tried again', async () => {
    const world = shop();
    const before = world.settings();
    world.journal.before = ({ operation }) => {
      if (operation === 'PutResourcePolicy') throw awsError('AccessDeniedException', 'not authorized');
    };
    const result = await world.run();
    expect(result).toMatchObject({ status: 'FAILED', error: 'CopyUnprotected' });
    expect(result.cause).toMatch(
      /rewind-clients-.* is the copy of a sensitive table and could not be protected, so it was deleted again: AccessDeniedException/,
    );
    expect(result.cause).toContain('[undone: frozen, locked]');
    expect(copiesIn(world).filter((name) => name.startsWith('rewind-clients-'))).toEqual([]);
    expect(world.settings()).toEqual(before);
    expect(world.journal.of('BatchWriteItem', 'Scan')).toEqual([]);

    world.journal.before = () => {};
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('of an earlier run is not deleted when it cannot be protected, for it may be all that is left of the second', async () => {
    const world = shop();
    world.journal.before = ({ operation, input }) => {
      if (operation === 'BatchWriteItem' && 'clients' in (input.RequestItems as object))
        throw awsError('AccessDeniedException', 'not authorized');
    };
    expect((await world.run()).cause).toContain('apply of clients');
    const copies = copiesIn(world);

    world.journal.before = ({ operation, input }) => {
      if (operation === 'GetResourcePolicy' && JSON.stringify(input).includes('rewind-clients-'))
        throw awsError('AccessDeniedException', 'not authorized');
    };
    const second = await world.run();
    expect(second).toMatchObject({ status: 'FAILED', error: 'CopyUnprotected' });
    expect(second.cause).toMatch(
      /rewind-clients-.* which an earlier try has restored, is the copy of a sensitive table and could not be protected; it is left .*AccessDeniedException/,
    );
    expect(copiesIn(world)).toEqual(copies);

    world.journal.before = () => {};
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('clients').items).toEqual(spoilt.good);
    expect(world.journal.of('RestoreTableToPointInTime').filter(ofCopy)).toHaveLength(1);
  });

  it('that takes no policy while it is being made gets it within half a minute of being made', async () => {
    const world = shop();
    world.journal.before = (call) => {
      const [begun] = world.journal.of('RestoreTableToPointInTime').filter(ofCopy);
      const made = begun === undefined ? Infinity : begun.at + 12 * 60_000;
      if (call.operation === 'PutResourcePolicy' && call.at < made)
        throw awsError('ResourceInUseException', 'the table is being created');
    };
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    const [begun] = world.journal.of('RestoreTableToPointInTime').filter(ofCopy);
    const put = world.journal.of('PutResourcePolicy').at(-1);
    expect((put?.at ?? 0) - (begun?.at ?? 0)).toBeLessThan(12 * 60_000 + 30_000);
  });

  it('is protected although the execution was stopped when it had just asked for it', async () => {
    const world = shop();
    await stoppedWhenBegun(world);
    await world.clock.advanceBy(60_000);
    const [copy = ''] = copiesIn(world).filter((name) => name.startsWith('rewind-clients-'));
    expect(world.policies.allows(tableArn(copy), READER, 'dynamodb:Scan')).toBe(true);
    expect(world.policies.allows(tableArn(copy), ADMIN, 'dynamodb:Scan')).toBe(false);
  });

  it('that was left unprotected is adopted and protected by the next one', async () => {
    const world = shop();
    world.journal.before = ({ operation }) => {
      if (operation === 'PutResourcePolicy') throw awsError('AccessDeniedException', 'not authorized');
    };
    await stoppedWhenBegun(world);
    await world.clock.advanceBy(60_000);
    world.journal.before = () => {};
    world.journal.calls.length = 0;

    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.journal.of('RestoreTableToPointInTime').filter(ofCopy)).toEqual([]);
    const put = world.journal.first(({ operation }) => operation === 'PutResourcePolicy');
    expect(put).toBeLessThan(world.journal.first((call) => call.operation === 'Scan' && ofCopy(call)));
  });

  it('is not kept: the recovery is refused and nothing is touched', async () => {
    const world = shop();
    const result = await world.run({ keepRestoredTables: true });
    expect(result).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
    expect(result.cause).toContain('keepRestoredTables: tables[1], clients, is sensitive');
    expect(copiesIn(world)).toEqual([]);
  });

  it('is protected in a drill, too', async () => {
    const world = shop();
    expect(await world.drill({ restorePoint: RESTORE_POINT })).toMatchObject({ status: 'SUCCEEDED' });
    const put = world.journal.first((call) => call.operation === 'PutResourcePolicy' && ofCopy(call));
    expect(put).toBeLessThan(world.journal.first((call) => call.operation === 'Scan' && ofCopy(call)));
    expect(copiesIn(world)).toEqual([]);
  });
});
