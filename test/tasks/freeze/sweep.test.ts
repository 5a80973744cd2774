import { PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freezeHandler } from '../../../src/tasks/freeze/handler.ts';
import {
  beginThaw,
  markWriting,
  openIncident,
  reopenIncident,
} from '../../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import {
  awsError,
  lambdaApplication,
  type ApplicationFunction,
  type ApplicationMapping,
} from '../../support/lambda-application.ts';
import { ledgerTable, type LedgerTable } from '../../support/ledger-table.ts';
import { taskEnvironment } from '../../support/task-environment.ts';

const incident = { incidentId: 'bad-import' };
const sweep = { ...incident, sweep: true };

let ledger: LedgerTable;
beforeAll(async () => {
  ledger = await ledgerTable();
});
beforeEach(async () => {
  await ledger.reset();
  await openIncident(ledgerOf(taskEnvironment(ledger), 'bad-import'), '2026-11-22T03:14:07Z');
});
afterAll(() => ledger.close());

function shop(given: Record<string, ApplicationFunction>, feeding: Record<string, ApplicationMapping> = {}) {
  const functions = new Map(Object.entries(given));
  const mappings = new Map(Object.entries(feeding));
  const { client, mock } = lambdaApplication(functions, mappings);
  return { functions, mappings, mock, environment: taskEnvironment(ledger, { lambda: client }) };
}

/** Seconds from when all was frozen. */
const restOf = ({ frozenAt, atRestFrom }: { frozenAt: string; atRestFrom: string }): number =>
  (Date.parse(atRestFrom) - Date.parse(frozenAt)) / 1000;

describe('a sweep', () => {
  it('freezes what has appeared while the freeze stands', async () => {
    const { functions, environment } = shop({ 'shop-a': { reserved: 25 } });
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
      const { functions, environment } = shop(given);
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

  it('tells when all that it has stopped is at rest: each has its own timeout', async () => {
    const { functions, ...rest } = shop({ 'shop-a': { timeout: 60 } });
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
    const { functions, environment } = shop({ 'shop-a': { timeout: 60 } });
    await freezeHandler(incident, environment);
    functions.set('shop-a', { timeout: 3 });
    expect(restOf(await freezeHandler(sweep, environment))).toBe(60);
  });

  it('takes a function for stopped now when the call that stopped it died before it could note it', async () => {
    const { functions, mock, ...rest } = shop({ 'shop-a': { reserved: 25, timeout: 60 } });
    const environment = { ...rest.environment, deadline: Infinity };
    await freezeHandler(incident, environment);
    environment.clock.advance(3_600_000);
    functions.set('shop-a', { reserved: 25, timeout: 60 });
    // Its answer never comes, although Lambda has done it.
    mock.on(PutFunctionConcurrencyCommand).callsFake(() => {
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
      const { mappings, environment } = shop({ 'shop-a': {} }, given);
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
    const { mappings, environment } = shop({ 'shop-a': {} });
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
      const { functions, mock, environment } = shop({ 'shop-a': { reserved: 25 } });
      const own = ledgerOf(environment, 'bad-import');
      await freezeHandler(incident, environment);
      if (force) await markWriting(own);
      await beginThaw(own, force);
      functions.set('shop-a', { reserved: 25 });
      mock.resetHistory();
      for (const late of [sweep, incident])
        await expect(freezeHandler(late, environment)).rejects.toMatchObject({
          name: 'FreezeRefused',
          message: expect.stringMatching(/the freeze of bad-import has been lifted.*run the incident again/),
        });
      expect(mock.calls()).toEqual([]);
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
    const { mock, environment } = shop({ 'shop-a': {} });
    await expect(freezeHandler(sweep, environment)).rejects.toMatchObject({ name: 'FreezeRefused' });
    expect(mock.calls()).toEqual([]);
  });
});
