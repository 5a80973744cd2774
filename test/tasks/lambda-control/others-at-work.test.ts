import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { freezeHandler } from '../../../src/tasks/freeze/handler.ts';
import { withIncidentControls } from '../../../src/tasks/lambda-control/incident-controls.ts';
import { Activity, type ActivityKind } from '../../../src/tasks/ledger/activity.ts';
import { savedFunctions, settleFunction, stopFunction } from '../../../src/tasks/ledger/function-record.ts';
import { beginFreeze, beginThaw, reopenIncident } from '../../../src/tasks/ledger/incident-record.ts';
import { takeLock } from '../../../src/tasks/ledger/lock-record.ts';
import { thawHandler } from '../../../src/tasks/thaw/handler.ts';
import { incident, openBadImport } from '../../support/bad-import.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { shop } from '../../support/shop.ts';
import { NOW } from '../../support/task-environment.ts';

const FROZEN = { 'shop-a': { reserved: 0 } };
const FREE = { 'shop-a': { reserved: 25 } };
/** A lease, and what was begun at its end. */
const LONGEST_WAIT = 210_000;

const ledger = freshLedger();

/** A shop of one function, an incident that is open, and what a handler logs. */
async function loggedShop(given: { readonly deadlineInMinutes?: number } = {}) {
  const { environment, own, functions } = shop(ledger, { functions: FREE, ...given });
  const lines: object[] = [];
  const log = (line: object) => lines.push(line);
  const { clock } = environment;
  await openBadImport(ledger);
  /** Somebody's invocation that dies. */
  const died = (kind: ActivityKind) => new Activity(own, kind, clock).keep();
  return {
    environment: { ...environment, log },
    clock,
    own,
    lines,
    died,
    now: () => Object.fromEntries(functions),
  };
}

describe('a thaw', () => {
  it.each(['freeze', 'reset'] as const)('waits for a %s that may still be at work', async (kind) => {
    const { environment, clock, lines, died, now } = await loggedShop();
    await freezeHandler(incident, environment);
    const began = clock.now();
    await died(kind);
    await thawHandler(incident, environment);
    expect(clock.now() - began).toBeGreaterThanOrEqual(LONGEST_WAIT);
    expect(lines).toContainEqual({
      task: 'Thaw',
      incidentId: 'bad-import',
      waitsFor: kind,
      until: new Date(began + LONGEST_WAIT).toISOString(),
    });
    expect(now()).toEqual(FREE);
  });

  it('puts nothing back when it has no time to wait for them, and says so', async () => {
    const { environment, died, now } = await loggedShop({ deadlineInMinutes: 3 });
    await freezeHandler(incident, environment);
    await died('reset');
    await expect(thawHandler(incident, environment)).rejects.toMatchObject({
      name: 'ThawIncomplete',
      message: expect.stringMatching(
        /^nothing is put back yet: .*an earlier reset .* still at work, until .*; then thaw again with: npx rewind thaw bad-import --ledger rewind-ledger$/,
      ),
    });
    expect(now()).toEqual(FROZEN);
  });

  it('that has ended, in whatever way, is not waited for', async () => {
    const { environment, clock, own, now } = await loggedShop();
    await expect(thawHandler({ incidentId: 'another' }, environment)).rejects.toThrow('not in the ledger');
    await freezeHandler(incident, environment);
    await thawHandler(incident, environment);
    await reopenIncident(own);
    const began = clock.now();
    await freezeHandler(incident, environment);
    expect(clock.now() - began).toBeLessThan(LONGEST_WAIT);
    expect(now()).toEqual(FROZEN);
  });

  it('that has slept over its lease settles nothing that a new freeze has saved', async () => {
    const { environment, clock, own } = await loggedShop();
    await freezeHandler(incident, environment);
    const late = withIncidentControls(environment, { ...incident, work: 'thaw' }, async (controls) => {
      await beginThaw(own, false);
      clock.advance(31_000);
      await reopenIncident(own);
      await beginFreeze(own);
      await settleFunction(controls.ledger, 'shop-a', 'thawed');
    });
    await expect(late).rejects.toThrow('left alone, because the freeze of bad-import is now standing');
    expect((await savedFunctions(own)).get('shop-a')).toMatchObject({ state: 'frozen', before: 25 });
  });
});

describe('a freeze', () => {
  it('that has slept through a thaw and a new freeze changes nothing by what it read before', async () => {
    const { environment, clock, own, now } = await loggedShop();
    await beginFreeze(own);
    const late = withIncidentControls(environment, { ...incident, work: 'freeze' }, async (controls) => {
      await controls.othersAtRest();
      const record = (await savedFunctions(own)).get('shop-a');
      clock.advance(600_000);
      await beginThaw(own, false);
      await reopenIncident(own);
      await beginFreeze(own);
      const stop = async () => {
        await controls.plane.setReservedConcurrency('shop-a', 0);
        return {};
      };
      const one = { name: 'shop-a', arn: 'any', timeoutSeconds: 30, reads: false, before: 25 };
      await stopFunction(controls.ledger, one, { record, isStopped: false, stop });
    });
    await expect(late).rejects.toThrow(
      'left alone, because bad-import was thawed and is frozen anew meanwhile',
    );
    expect(now()).toEqual(FREE);
    expect((await savedFunctions(own)).size).toBe(0);
  });

  it('makes no change when the answer to whether it may has taken longer than its lease', async () => {
    const { environment, clock, own, now } = await loggedShop();
    await beginFreeze(own);
    const late = withIncidentControls(environment, { ...incident, work: 'freeze' }, async (controls) => {
      await controls.othersAtRest();
      let looks = 0;
      ledger.mock.on(GetItemCommand).callsFake(async (input) => {
        const answer = await ledger.engine.send(new GetItemCommand(input));
        if ((looks += 1) === 1) {
          clock.advance(240_000);
          await beginThaw(own, false);
        }
        return answer;
      });
      await controls.plane.setReservedConcurrency('shop-a', 0);
    });
    await expect(late).rejects.toThrow('left alone, because the freeze of bad-import is now lifting');
    expect(now()).toEqual(FREE);
  });

  it('waits for a thaw that may still be at work', async () => {
    const { environment, clock, died, now } = await loggedShop();
    const began = clock.now();
    await died('thaw');
    await freezeHandler(incident, environment);
    expect(clock.now() - began).toBeGreaterThanOrEqual(LONGEST_WAIT);
    expect(now()).toEqual(FROZEN);
  });

  it('does not wait for resets, nor for other freezes', async () => {
    const { environment, clock, died } = await loggedShop();
    const began = clock.now();
    await died('freeze');
    await died('reset');
    await freezeHandler(incident, environment);
    expect(clock.now() - began).toBeLessThan(LONGEST_WAIT);
  });

  it('freezes nothing when another incident has taken the lock while it waited', async () => {
    const { environment, clock, own, died, now } = await loggedShop();
    await died('thaw');
    const lock = { incidentId: 'other-thing', executionArn: 'other', acquiredAt: NOW, expiresAt: NOW };
    const sleep = clock.sleep.bind(clock);
    clock.sleep = async (milliseconds) => {
      await takeLock(own, lock, undefined);
      return sleep(milliseconds);
    };
    await expect(freezeHandler(incident, environment)).rejects.toMatchObject({
      name: 'FreezeRefused',
      message: expect.stringContaining(
        'nothing was frozen by this call: incident other-thing has taken the lock',
      ),
    });
    expect(now()).toEqual(FREE);
    // Its undo takes the note away that would keep the other incident from its next run.
    expect(await ledger.record('frozen', 'bad-import')).toBeDefined();
    await thawHandler({ ...incident, run: 'its-own' }, environment);
    expect(await ledger.record('frozen', 'bad-import')).toBeUndefined();
  });

  it('stops waiting when the incident is thawed meanwhile, and freezes nothing', async () => {
    const { environment, clock, own, died, now } = await loggedShop();
    await died('thaw');
    const sleep = clock.sleep.bind(clock);
    clock.sleep = async (milliseconds) => {
      await beginThaw(own, false);
      return sleep(milliseconds);
    };
    await expect(freezeHandler(incident, environment)).rejects.toMatchObject({
      name: 'FreezeRefused',
      message: expect.stringMatching(
        /^nothing was frozen by this call: .*the freeze of bad-import is now lifting/,
      ),
    });
    expect(now()).toEqual(FREE);
  });
});
