import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { Activity, type ActivityKind, othersAtRest } from '../../../src/tasks/ledger/activity.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { awsError } from '../../support/lambda-application.ts';
import { taskEnvironment } from '../../support/task-environment.ts';

const ledger = freshLedger();

const LEASE = 60_000;
/** What was begun at the end of a lease: six attempts of 23 seconds, and the pauses between them. */
const LANDED = 150_000;

function incident(incidentId = 'bad-import') {
  const environment = taskEnvironment(ledger);
  const { clock } = environment;
  const own = ledgerOf(environment, incidentId);
  return { clock, own, activity: (kind: ActivityKind) => new Activity(own, kind, clock) };
}

/** Waits for resets, and tells how long it took and whom it waited for. */
async function wait({ clock, own }: ReturnType<typeof incident>, kinds: readonly ActivityKind[] = ['reset']) {
  const began = clock.now();
  const waits = vi.fn();
  const deadline = began + 10 * 60_000;
  await othersAtRest(own, kinds, { clock, deadline, waits, worthWaiting: async () => {} });
  return { milliseconds: clock.now() - began, waits };
}

describe('what is at work', () => {
  it('is not waited for before it begins, nor once it has ended', async () => {
    const here = incident();
    const reset = here.activity('reset');
    await expect(wait(here)).resolves.toMatchObject({ milliseconds: 0 });
    await reset.keep();
    await reset.end();
    const { milliseconds, waits } = await wait(here);
    expect(milliseconds).toBe(0);
    expect(waits).not.toHaveBeenCalled();
  });

  it('is waited for until what it began before its lease ended has landed, if it has died', async () => {
    const here = incident();
    await here.activity('reset').keep();
    const { milliseconds, waits } = await wait(here);
    expect(milliseconds).toBe(LEASE + LANDED);
    expect(waits.mock.calls).toEqual([[{ kind: 'reset', until: '2026-11-22T12:03:30.000Z' }]]);
  });

  it.each([-3_000_000, -290_000, 290_000])(
    'is waited for no less and no longer when its clock is %i ms ahead',
    async (ahead) => {
      const here = incident();
      const { clock, own } = here;
      const began = clock.now();
      await new Activity(own, 'reset', { ...clock, now: () => clock.now() + ahead }).keep();
      clock.advance(20_000);
      expect((await wait(here)).milliseconds).toBeLessThanOrEqual(LEASE + LANDED);
      expect(clock.now() - began).toBeGreaterThanOrEqual(LEASE + LANDED);
    },
  );

  it('is not waited for when its lease has ended so long ago that no clock can tell otherwise', async () => {
    const here = incident();
    await here.activity('reset').keep();
    here.clock.advance(LEASE + LANDED + 3_600_000);
    await expect(wait(here)).resolves.toMatchObject({ milliseconds: 0 });
  });

  it('is waited for as long as it renews its lease', async () => {
    const here = incident();
    const reset = here.activity('reset');
    await reset.keep();
    let looks = 0;
    const worthWaiting = async () => {
      looks += 1;
      if (looks < 200) await reset.keep();
      if (looks === 200) await reset.end();
    };
    const began = here.clock.now();
    const waiting = { clock: here.clock, deadline: began + 900_000, waits: () => {}, worthWaiting };
    await othersAtRest(here.own, ['reset'], waiting);
    expect(looks).toBe(200);
    expect(here.clock.now() - began).toBeGreaterThan(LEASE + LANDED);
  });

  it('is not waited for when it is of another kind or of another incident', async () => {
    const here = incident();
    await here.activity('freeze').keep();
    await incident('other-thing').activity('reset').keep();
    await expect(wait(here)).resolves.toMatchObject({ milliseconds: 0 });
    expect((await wait(here, ['thaw', 'freeze'])).milliseconds).toBe(LEASE + LANDED);
  });

  it('renews its lease in time, and only then', async () => {
    const { clock, activity } = incident();
    const reset = activity('reset');
    await expect(reset.keep()).resolves.toBe(true);
    clock.advance(30_000);
    await expect(reset.keep()).resolves.toBe(false);
    clock.advance(1);
    await expect(Promise.all([reset.keep(), reset.keep()])).resolves.toEqual([true, true]);
    expect(ledger.mock.commandCalls(PutItemCommand)).toHaveLength(2);
  });

  it('ends without an error although its record cannot be taken away', async () => {
    const here = incident();
    const reset = here.activity('reset');
    await reset.keep();
    ledger.mock.on(DeleteItemCommand).rejectsOnce(awsError('InternalServerError'));
    await expect(reset.end()).resolves.toBeUndefined();
  });
});

describe('whoever waits', () => {
  it('gives up when the invocation has no more time, and says for whom it waited', async () => {
    const { clock, own, activity } = incident();
    await activity('thaw').keep();
    const waiting = othersAtRest(own, ['thaw'], {
      clock,
      deadline: clock.now() + 20_000,
      waits: () => {},
      worthWaiting: async () => {},
    });
    await expect(waiting).rejects.toThrow(
      'an earlier thaw of the same incident is still at work, until 2026-11-22T12:03:30.000Z if it has died',
    );
  });

  it('gives up when it is no longer worth waiting', async () => {
    const { clock, own, activity } = incident();
    await activity('thaw').keep();
    const worthWaiting = async () => Promise.reject(new Error('the freeze is lifted'));
    const waiting = { clock, deadline: clock.now() + 600_000, waits: () => {}, worthWaiting };
    await expect(othersAtRest(own, ['thaw'], waiting)).rejects.toThrow('the freeze is lifted');
  });
});
