import {
  GetProvisionedConcurrencyConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { freezeHandler } from '../../../src/tasks/freeze/handler.ts';
import { openIncident } from '../../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { thawHandler } from '../../../src/tasks/thaw/handler.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { awsError, lambdaApplication, type ApplicationFunction } from '../../support/lambda-application.ts';
import { taskEnvironment } from '../../support/task-environment.ts';

const incident = { incidentId: 'bad-import' };

const ledger = freshLedger();

const BEFORE: Record<string, ApplicationFunction> = {
  'shop-a': { provisioned: { live: 10, 7: 1 } },
  'shop-b': { reserved: 25, provisioned: { live: 20 } },
  'shop-c': {},
};

async function frozenShop() {
  const functions = new Map(Object.entries(structuredClone(BEFORE)));
  const { client, mock } = lambdaApplication(functions);
  const environment = taskEnvironment(ledger, { lambda: client });
  await openIncident(ledgerOf(environment, 'bad-import'), '2026-11-22T03:14:07Z');
  await freezeHandler(incident, environment);
  expect(functions.get('shop-b')).toEqual({ reserved: 0, provisioned: {} });
  mock.resetHistory();
  const record = (place: string) => ledger.record('incident#bad-import', `provisioned#${place}`);
  return { functions, mock, environment, record };
}

describe('a thaw after a freeze that took provisioned concurrency away', () => {
  it('puts it back to exactly what it was, when the functions have what they had reserved', async () => {
    const { functions, environment, record } = await frozenShop();
    await expect(thawHandler(incident, environment)).resolves.toMatchObject({ functions: 3 });
    expect(Object.fromEntries(functions)).toEqual(BEFORE);
    expect(await record('shop-a:live')).toMatchObject({ state: { S: 'thawed' } });
  });

  it('asks for it once: a second thaw finds nothing owed', async () => {
    const { mock, environment } = await frozenShop();
    await thawHandler(incident, environment);
    mock.resetHistory();
    await thawHandler(incident, environment);
    expect(mock.commandCalls(PutProvisionedConcurrencyConfigCommand)).toEqual([]);
    expect(mock.commandCalls(GetProvisionedConcurrencyConfigCommand)).toEqual([]);
  });

  it('leaves alone what somebody has put back already', async () => {
    const { functions, mock, environment } = await frozenShop();
    functions.set('shop-a', structuredClone(BEFORE['shop-a']!));
    await thawHandler(incident, environment);
    const put = mock.commandCalls(PutProvisionedConcurrencyConfigCommand).map(({ args }) => args[0].input);
    expect(put).toEqual([{ FunctionName: 'shop-b', Qualifier: 'live', ProvisionedConcurrentExecutions: 20 }]);
    expect(Object.fromEntries(functions)).toEqual(BEFORE);
  });

  it('reports what cannot be put back, goes on, and does it the next time', async () => {
    const { functions, mock, environment } = await frozenShop();
    let isRefused = true;
    mock
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
    const { mock, environment } = await frozenShop();
    mock.on(PutProvisionedConcurrencyConfigCommand, { Qualifier: '7' }).resolves({});
    await expect(thawHandler(incident, environment)).rejects.toMatchObject({
      message: expect.stringContaining(
        'provisioned concurrency of shop-a:7, to be put back to 1: Error: reads back as absent',
      ),
    });
  });

  it('takes an alias that was deleted meanwhile for gone', async () => {
    const { mock, environment, record } = await frozenShop();
    mock
      .on(GetProvisionedConcurrencyConfigCommand, { FunctionName: 'shop-b' })
      .rejects(awsError('ResourceNotFoundException'));
    await thawHandler(incident, environment);
    expect(await record('shop-b:live')).toMatchObject({ state: { S: 'gone' } });
  });
});
