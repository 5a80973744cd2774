import { GetFunctionCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { freezeHandler } from '../../../src/tasks/freeze/handler.ts';
import { beginThaw, markWriting, reopenIncident } from '../../../src/tasks/ledger/incident-record.ts';
import { incident, openBadImport, sweep } from '../../support/bad-import.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { awsError } from '../../support/lambda-application.ts';
import { shop } from '../../support/shop.ts';

const ledger = freshLedger();
beforeEach(() => openBadImport(ledger));

/** Seconds from when all was frozen. */
const restOf = ({ frozenAt, atRestFrom }: { frozenAt: string; atRestFrom: string }): number =>
  (Date.parse(atRestFrom) - Date.parse(frozenAt)) / 1000;

describe('a sweep', () => {
  it('freezes what has appeared while the freeze stands', async () => {
    const { functions, environment } = shop(ledger, { functions: { 'shop-a': { reserved: 25 } } });
    await freezeHandler(incident, environment);
    functions.set('shop-new', {});
    await expect(freezeHandler(sweep, environment)).resolves.toMatchObject({ functions: 2, changed: 1 });
    expect(functions.get('shop-new')).toEqual({ reserved: 0 });
    await expect(freezeHandler(sweep, environment)).resolves.toMatchObject({ changed: 0 });
  });

  it.each([
    ['appeared', { 'shop-a': { reserved: 25 } }],
    ['was set free', { 'shop-a': { reserved: 25 }, 'shop-new': { reserved: 7 } }],
  ])(
    'tells again of a function that %s, which an earlier one stopped and may not have told of',
    async (_what, given) => {
      const { functions, environment } = shop(ledger, { functions: given });
      await freezeHandler(incident, environment);
      const since = new Date(environment.clock.now()).toISOString();
      environment.clock.advance(60_000);
      functions.set('shop-new', { reserved: 7 });
      await freezeHandler(sweep, environment);

      await expect(freezeHandler({ ...sweep, since }, environment)).resolves.toMatchObject({ changed: 1 });
      const later = new Date(environment.clock.now()).toISOString();
      await expect(freezeHandler({ ...sweep, since: later }, environment)).resolves.toMatchObject({
        changed: 0,
      });
    },
  );

  it.each([
    ['appeared', { 'shop-a': {} }],
    ['was set free', { 'shop-a': {}, 'shop-new': { reserved: 7 } }],
  ])(
    'tells of a function that %s, although another call of it has just stopped that one',
    async (_what, given) => {
      const { functions, lambda, environment } = shop(ledger, { functions: given });
      await freezeHandler(incident, environment);
      environment.clock.advance(60_000);
      const again = { ...sweep, since: new Date(environment.clock.now()).toISOString() };
      functions.set('shop-new', { reserved: 7 });
      let isFirst = true;
      lambda.on(GetFunctionCommand).callsFake(async ({ FunctionName }: { FunctionName: string }) => {
        if (isFirst && FunctionName === 'shop-new') {
          isFirst = false;
          await freezeHandler(again, environment);
        }
        return { Concurrency: { ReservedConcurrentExecutions: functions.get(FunctionName)?.reserved } };
      });
      const told = await freezeHandler(again, environment);
      expect(told.changed).toBe(1);
      expect(restOf(told)).toBeGreaterThan(10);
    },
  );

  it('tells when all that it has stopped is at rest: each has its own timeout', async () => {
    const { functions, ...rest } = shop(ledger, { functions: { 'shop-a': { timeout: 60 } } });
    const environment = { ...rest.environment, deadline: Infinity };
    const frozen = await freezeHandler(incident, environment);
    expect(restOf(frozen)).toBe(60);
    environment.clock.advance(60_000);
    await expect(freezeHandler(sweep, environment)).resolves.toMatchObject({ atRestFrom: frozen.atRestFrom });

    // A function on a Managed Instance may run for an hour and a half.
    functions.set('shop-new', { timeout: 5400 });
    const late = await freezeHandler(sweep, environment);
    expect(restOf(late)).toBe(5400);
    environment.clock.advance(5_400_000);
    functions.set('shop-a', { timeout: 60 });
    const later = await freezeHandler(sweep, environment);
    expect(restOf(later)).toBe(60);
  });

  it('counts with the timeout that a function had when it was stopped first, should it have less now', async () => {
    const { functions, environment } = shop(ledger, { functions: { 'shop-a': { timeout: 60 } } });
    await freezeHandler(incident, environment);
    functions.set('shop-a', { timeout: 3 });
    expect(restOf(await freezeHandler(sweep, environment))).toBe(60);
  });

  it('takes a function for stopped now when the call that stopped it died before it could note it', async () => {
    const { functions, lambda, ...rest } = shop(ledger, {
      functions: { 'shop-a': { reserved: 25, timeout: 60 } },
    });
    const environment = { ...rest.environment, deadline: Infinity };
    await freezeHandler(incident, environment);
    environment.clock.advance(3_600_000);
    functions.set('shop-a', { reserved: 25, timeout: 60 });
    // Its answer never comes, although Lambda has done it.
    lambda.on(PutFunctionConcurrencyCommand).callsFake(() => {
      functions.set('shop-a', { reserved: 0, timeout: 60 });
      throw awsError('TimeoutError', 'no answer');
    });
    await expect(freezeHandler(sweep, environment)).rejects.toMatchObject({ name: 'FreezeIncomplete' });
    environment.clock.advance(30_000);
    const seen = await freezeHandler(sweep, environment);
    expect(seen.changed).toBe(0);
    expect(restOf(seen)).toBe(60);
    environment.clock.advance(60_000);
    await expect(freezeHandler(sweep, environment)).resolves.toMatchObject({ atRestFrom: seen.atRestFrom });
  });

  it.each([
    ['appeared', {}],
    ['was resumed', { 'uuid-1': { function: 'shop-a', state: 'Enabled' } }],
  ])(
    'tells again of a mapping that %s, which an earlier one paused and may not have told of',
    async (_what, given) => {
      const { mappings, environment } = shop(ledger, { functions: { 'shop-a': {} }, mappings: given });
      await freezeHandler(incident, environment);
      const since = new Date(environment.clock.now()).toISOString();
      environment.clock.advance(60_000);
      mappings.set('uuid-1', { function: 'shop-a', state: 'Enabled' });
      await freezeHandler(sweep, environment);

      await expect(freezeHandler({ ...sweep, since }, environment)).resolves.toMatchObject({ changed: 1 });
      const later = new Date(environment.clock.now()).toISOString();
      await expect(freezeHandler({ ...sweep, since: later }, environment)).resolves.toMatchObject({
        changed: 0,
      });
    },
  );

  it('does not count a mapping that has appeared and was off', async () => {
    const { mappings, environment } = shop(ledger, { functions: { 'shop-a': {} } });
    await freezeHandler(incident, environment);
    const since = new Date(environment.clock.now()).toISOString();
    environment.clock.advance(60_000);
    mappings.set('uuid-new', { function: 'shop-a', state: 'Disabled' });
    await freezeHandler(sweep, environment);
    await expect(freezeHandler({ ...sweep, since }, environment)).resolves.toMatchObject({ changed: 0 });
  });

  it.each([
    ['before anything was written', false],
    ['by force while tables were written', true],
  ])(
    'refuses to renew a freeze that was lifted %s, and so does a freeze until a new run reopens it',
    async (_when, force) => {
      const { functions, lambda, environment, own } = shop(ledger, {
        functions: { 'shop-a': { reserved: 25 } },
      });
      await freezeHandler(incident, environment);
      if (force) await markWriting(own, new Map(), 'run');
      await beginThaw(own, force);
      functions.set('shop-a', { reserved: 25 });
      lambda.resetHistory();
      for (const late of [sweep, incident])
        await expect(freezeHandler(late, environment)).rejects.toMatchObject({
          name: 'FreezeRefused',
          message: expect.stringMatching(/the freeze of bad-import has been lifted.*run the incident again/),
        });
      expect(lambda.calls()).toEqual([]);
      expect(functions.get('shop-a')).toEqual({ reserved: 25 });
      expect(await ledger.record('incident#bad-import', 'incident')).toMatchObject({
        freeze: { S: 'lifting' },
      });

      await reopenIncident(own);
      await expect(freezeHandler(incident, environment)).resolves.toMatchObject({ changed: 1 });
      expect(functions.get('shop-a')).toEqual({ reserved: 0 });
    },
  );

  it('refuses an incident that was never frozen', async () => {
    const { lambda, environment } = shop(ledger, { functions: { 'shop-a': {} } });
    await expect(freezeHandler(sweep, environment)).rejects.toMatchObject({ name: 'FreezeRefused' });
    expect(lambda.calls()).toEqual([]);
  });
});
