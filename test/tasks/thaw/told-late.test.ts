import {
  GetFunctionCommand,
  ListEventSourceMappingsCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { freezeHandler } from '../../../src/tasks/freeze/handler.ts';
import { openIncident, reopenIncident } from '../../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { thawHandler } from '../../../src/tasks/thaw/handler.ts';
import { incident, openBadImport } from '../../support/bad-import.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { awsError, functionArn } from '../../support/lambda-application.ts';
import { frozenShop, ORDINARY_SHOP, shop as shopOf } from '../../support/shop.ts';

const ledger = freshLedger();

describe('a freeze straight after a thaw, while Lambda still tells what was in between', () => {
  it.each([0, 3_600_000, -3_600_000])(
    'saves functions and mappings as they were put back, the clock of the thaw being %i ms ahead',
    async (ahead) => {
      const shop = await frozenShop(ledger, {
        functions: { 'shop-b': { reserved: 25 } },
        mappings: { 'uuid-on': { function: 'shop-b', state: 'Enabled' } },
      });
      const { clock } = shop.environment;
      const own = { ...clock, now: () => clock.now() + ahead };
      await thawHandler(incident, { ...shop.environment, clock: own, deadline: Infinity });
      expect(shop.now()).toEqual(shop.before);
      await reopenIncident(shop.own);
      const toldAt = clock.now() + 10_000;
      shop.lambda.on(GetFunctionCommand).callsFake(() => ({
        Concurrency: {
          ReservedConcurrentExecutions: clock.now() < toldAt ? 0 : shop.functions.get('shop-b')?.reserved,
        },
      }));
      shop.lambda.on(ListEventSourceMappingsCommand).callsFake(() => ({
        EventSourceMappings: [
          {
            UUID: 'uuid-on',
            FunctionArn: functionArn('shop-b'),
            State:
              clock.now() < toldAt ? 'Disabled' : shop.mappings.get('uuid-on')?.state.replace(/ing$/, 'ed'),
          },
        ],
      }));
      await freezeHandler(incident, shop.environment);
      expect(shop.functions.get('shop-b')).toEqual({ reserved: 0 });
      expect(await ledger.record('incident#bad-import', 'function#shop-b')).toMatchObject({
        before: { N: '25' },
      });
      expect(await ledger.record('incident#bad-import', 'mapping#uuid-on')).toMatchObject({
        enabledBefore: { BOOL: true },
      });
    },
  );
});

it('is not undone for ever by another incident whose freeze is told late of it', async () => {
  const shop = await frozenShop(ledger, { functions: { 'shop-b': { reserved: 25 } } });
  const { clock } = shop.environment;
  await thawHandler(incident, shop.environment);
  const other = { incidentId: 'other-thing' };
  await openIncident(ledgerOf(shop.environment, other.incidentId), '2026-11-22T03:14:07Z');
  const toldAt = clock.now() + 10_000;
  shop.lambda.on(GetFunctionCommand).callsFake(() => ({
    Concurrency: {
      ReservedConcurrentExecutions: clock.now() < toldAt ? 0 : shop.functions.get('shop-b')?.reserved,
    },
  }));
  await freezeHandler(other, shop.environment);
  expect(shop.functions.get('shop-b')).toEqual({ reserved: 0 });
  clock.advance(60_000);
  await thawHandler(other, shop.environment);
  expect(shop.now()).toEqual(shop.before);
});

describe('a thaw straight after a freeze, while Lambda still tells what was before', () => {
  async function lateShop() {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    const { clock } = shop.environment;
    const seenAt = clock.now() + 10_000;
    const told = () => (clock.now() < seenAt ? shop.before : shop.now());
    shop.lambda.on(GetFunctionCommand).callsFake(({ FunctionName }: { FunctionName: string }) => {
      const reserved = told().functions[FunctionName]?.reserved;
      return reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } };
    });
    shop.lambda.on(ListEventSourceMappingsCommand).callsFake(() => ({
      EventSourceMappings: Object.entries(told().mappings).map(([UUID, mapping]) => ({
        UUID,
        FunctionArn: functionArn(mapping.function),
        State: mapping.state.replace('Enabling', 'Enabled'),
      })),
    }));
    return shop;
  }

  it.each([0, 60_000, -60_000])(
    'puts functions and mappings back, its clock being %i ms ahead',
    async (ahead) => {
      const shop = await lateShop();
      const { clock } = shop.environment;
      const own = { ...clock, now: () => clock.now() + ahead };
      await thawHandler(incident, { ...shop.environment, clock: own });
      expect(shop.now().functions).toEqual(shop.before.functions);
      expect(
        shop.lambda.commandCalls(UpdateEventSourceMappingCommand).map(({ args }) => args[0].input),
      ).toEqual([{ UUID: 'uuid-on', Enabled: true }]);
    },
  );

  it('puts back what was stopped long after it was saved, by a call of which no answer came', async () => {
    const { environment, functions, lambda } = shopOf(ledger, { functions: { 'shop-b': { reserved: 25 } } });
    await openBadImport(ledger);
    const { clock } = environment;
    let calls = 0;
    let toldAt = Infinity;
    lambda.on(PutFunctionConcurrencyCommand).callsFake((asked: { ReservedConcurrentExecutions: number }) => {
      calls += 1;
      if (calls < 10) throw awsError('TooManyRequestsException');
      functions.set('shop-b', { reserved: asked.ReservedConcurrentExecutions });
      if (calls > 10) return asked;
      toldAt = clock.now() + 10_000;
      throw awsError('ServiceException');
    });
    lambda.on(GetFunctionCommand).callsFake(() => ({
      Concurrency: {
        ReservedConcurrentExecutions: clock.now() < toldAt ? 25 : functions.get('shop-b')?.reserved,
      },
    }));
    await expect(freezeHandler(incident, environment)).rejects.toMatchObject({ name: 'FreezeIncomplete' });
    expect(functions.get('shop-b')).toEqual({ reserved: 0 });
    await thawHandler(incident, environment);
    expect(functions.get('shop-b')).toEqual({ reserved: 25 });
  });

  it('does not change what a freeze could not stop', async () => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    for (const [name, before] of Object.entries(shop.before.functions)) shop.functions.set(name, before);
    for (const [uuid, before] of Object.entries(shop.before.mappings)) shop.mappings.set(uuid, before);
    await thawHandler(incident, shop.environment);
    const changes = shop.lambda.calls().map(({ args }) => args[0].constructor.name);
    expect(changes.filter((name) => /^(Put|Delete|Update)/.test(name))).toEqual([]);
    expect(shop.now()).toEqual(shop.before);
  });
});
