import {
  GetProvisionedConcurrencyConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { thawHandler } from '../../../src/tasks/thaw/handler.ts';
import { incident } from '../../support/bad-import.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { awsError, type ApplicationFunction } from '../../support/lambda-application.ts';
import { frozenShop } from '../../support/shop.ts';

const ledger = freshLedger();

const BEFORE: Record<string, ApplicationFunction> = {
  'shop-a': { provisioned: { live: 10, 7: 1 } },
  'shop-b': { reserved: 25, provisioned: { live: 20 } },
  'shop-c': {},
};

async function frozen() {
  const shop = await frozenShop(ledger, { functions: BEFORE });
  expect(shop.functions.get('shop-b')).toEqual({ reserved: 0, provisioned: {} });
  const record = (place: string) => ledger.record('incident#bad-import', `provisioned#${place}`);
  return { ...shop, record };
}

describe('a thaw after a freeze that took provisioned concurrency away', () => {
  it('puts it back to exactly what it was, when the functions have what they had reserved', async () => {
    const { functions, environment, record } = await frozen();
    await expect(thawHandler(incident, environment)).resolves.toMatchObject({ functions: 3 });
    expect(Object.fromEntries(functions)).toEqual(BEFORE);
    expect(await record('shop-a:live')).toMatchObject({ state: { S: 'thawed' } });
  });

  it('asks for it once: a second thaw finds nothing owed', async () => {
    const { lambda, environment } = await frozen();
    await thawHandler(incident, environment);
    lambda.resetHistory();
    await thawHandler(incident, environment);
    expect(lambda.commandCalls(PutProvisionedConcurrencyConfigCommand)).toEqual([]);
    expect(lambda.commandCalls(GetProvisionedConcurrencyConfigCommand)).toEqual([]);
  });

  it('leaves alone what somebody has put back already', async () => {
    const { functions, lambda, environment } = await frozen();
    functions.set('shop-a', structuredClone(BEFORE['shop-a']!));
    await thawHandler(incident, environment);
    const put = lambda.commandCalls(PutProvisionedConcurrencyConfigCommand).map(({ args }) => args[0].input);
    expect(put).toEqual([{ FunctionName: 'shop-b', Qualifier: 'live', ProvisionedConcurrentExecutions: 20 }]);
    expect(Object.fromEntries(functions)).toEqual(BEFORE);
  });

  it('puts it back although Lambda still tells what was there before the freeze', async () => {
    const { functions, lambda, environment } = await frozen();
    const seenAt = environment.clock.now() + 10_000;
    const of = { FunctionName: 'shop-b', Qualifier: 'live' };
    lambda.on(GetProvisionedConcurrencyConfigCommand, of).callsFake(() => {
      const requested = environment.clock.now() < seenAt ? 20 : functions.get('shop-b')?.provisioned?.live;
      if (requested === undefined) throw awsError('ProvisionedConcurrencyConfigNotFoundException');
      return { RequestedProvisionedConcurrentExecutions: requested };
    });
    await thawHandler(incident, environment);
    expect(Object.fromEntries(functions)).toEqual(BEFORE);
  });

  it('reports what cannot be put back, goes on, and does it the next time', async () => {
    const { functions, lambda, environment } = await frozen();
    let isRefused = true;
    lambda
      .on(PutProvisionedConcurrencyConfigCommand, { FunctionName: 'shop-a', Qualifier: 'live' })
      .callsFake(() => {
        if (isRefused) throw awsError('InvalidParameterValueException', 'the quota is used up');
        functions.get('shop-a')!.provisioned!.live = 10;
        return {};
      });
    await expect(thawHandler(incident, environment)).rejects.toMatchObject({
      name: 'ThawIncomplete',
      message: expect.stringContaining(
        'provisioned concurrency of shop-a:live, to be put back to 10: InvalidParameterValueException: the quota is used up',
      ),
    });
    expect(functions.get('shop-b')).toEqual(BEFORE['shop-b']);
    isRefused = false;
    await thawHandler(incident, environment);
    expect(Object.fromEntries(functions)).toEqual(BEFORE);
  });

  it('does not believe a change that reads back as another one', async () => {
    const { lambda, environment } = await frozen();
    lambda.on(PutProvisionedConcurrencyConfigCommand, { Qualifier: '7' }).resolves({});
    await expect(thawHandler(incident, environment)).rejects.toMatchObject({
      message: expect.stringContaining(
        'provisioned concurrency of shop-a:7, to be put back to 1: Error: reads back as absent',
      ),
    });
  });

  it('takes an alias that was deleted meanwhile for gone', async () => {
    const { lambda, environment, record } = await frozen();
    lambda
      .on(GetProvisionedConcurrencyConfigCommand, { FunctionName: 'shop-b' })
      .rejects(awsError('ResourceNotFoundException'));
    await thawHandler(incident, environment);
    expect(await record('shop-b:live')).toMatchObject({ state: { S: 'gone' } });
  });
});
