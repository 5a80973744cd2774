import { PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freezeHandler } from '../../../src/tasks/freeze/handler.ts';
import { openIncident } from '../../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { thawHandler } from '../../../src/tasks/thaw/handler.ts';
import {
  awsError,
  functionArn,
  lambdaApplication,
  type ApplicationFunction,
  type ApplicationMapping,
} from '../../support/lambda-application.ts';
import { ledgerTable, type LedgerTable } from '../../support/ledger-table.ts';
import { taggingApi } from '../../support/tagging-api.ts';
import { taskEnvironment } from '../../support/task-environment.ts';

const STACK = 'aws:cloudformation:stack-name';
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

/** Functions of which those with the tag `app: shop`, and those of a stack, are in scope. */
function shop(given: Record<string, ApplicationFunction>, feeding: Record<string, ApplicationMapping> = {}) {
  const functions = new Map(Object.entries(given));
  const mappings = new Map(Object.entries(feeding));
  const { client, mock } = lambdaApplication(functions, mappings);
  const tagging = taggingApi(functions);
  const environment = taskEnvironment(ledger, {
    lambda: client,
    tagging: tagging.client,
    system: {
      functions: {
        names: [],
        tags: [{ key: 'app', value: 'shop' }],
        stacks: ['ShopStack'],
        exclude: [functionArn('status-page')],
      },
      ownFunctions: ['own'],
    },
  });
  const reserved = () => Object.fromEntries([...functions].map(([name, one]) => [name, one.reserved]));
  return { functions, mappings, mock, tagging: tagging.mock, environment, reserved };
}

describe('a freeze by tags and stacks', () => {
  it('stops the functions that have one of them, but neither the excluded nor its own', async () => {
    const { environment, mappings, reserved } = shop(
      {
        orders: { tags: { app: 'shop' }, timeout: 60 },
        mail: { tags: { [STACK]: 'ShopStack' }, reserved: 25, versions: [90] },
        stock: { tags: { app: 'shop', [STACK]: 'ShopStack' } },
        blog: { tags: { app: 'blog' }, timeout: 900 },
        'status-page': { tags: { app: 'shop' }, versions: [900] },
        own: { tags: { [STACK]: 'ShopStack' }, versions: [900] },
      },
      {
        'uuid-mail': { function: 'mail', state: 'Enabled' },
        'uuid-page': { function: 'status-page', state: 'Enabled' },
      },
    );
    await expect(freezeHandler(incident, environment)).resolves.toMatchObject({
      functions: 3,
      eventSourceMappings: 1,
      longestTimeoutSeconds: 90,
    });
    expect(reserved()).toEqual({ orders: 0, mail: 0, stock: 0 });
    expect(mappings.get('uuid-page')?.state).toBe('Enabled');
  });

  it('stops nothing when the tags cannot be seen', async () => {
    const { environment, mock, tagging } = shop({ orders: { tags: { app: 'shop' } } });
    tagging.on(GetResourcesCommand).rejects(awsError('AccessDeniedException'));
    await expect(freezeHandler(incident, environment)).rejects.toMatchObject({
      name: 'FreezeIncomplete',
      message: expect.stringMatching(/^no function was frozen by this call: .*tag:GetResources AccessDenied/),
    });
    expect(mock.commandCalls(PutFunctionConcurrencyCommand)).toEqual([]);
  });

  it('asks again when the tagging API is throttled, in the middle of its pages too', async () => {
    const { environment, tagging, reserved } = shop({
      a: { tags: { app: 'shop' } },
      b: { tags: { app: 'shop' } },
      c: { tags: { app: 'shop' } },
    });
    tagging
      .on(GetResourcesCommand, { PaginationToken: '2' })
      .rejectsOnce(awsError('ThrottledException'))
      .resolves({
        ResourceTagMappingList: [{ ResourceARN: functionArn('c'), Tags: [{ Key: 'app', Value: 'shop' }] }],
      });
    await expect(freezeHandler(incident, environment)).resolves.toMatchObject({ functions: 3 });
    expect(reserved()).toEqual({ a: 0, b: 0, c: 0 });
  });
});

describe('a sweep by tags and stacks', () => {
  it('stops a function that has got the tag since', async () => {
    const { environment, functions, reserved } = shop({ orders: { tags: { app: 'shop' } }, late: {} });
    await freezeHandler(incident, environment);
    functions.set('late', { tags: { app: 'shop' } });
    await expect(freezeHandler(sweep, environment)).resolves.toMatchObject({ functions: 2, changed: 1 });
    expect(reserved()).toEqual({ orders: 0, late: 0 });
  });

  it('keeps a function stopped that has lost its tag, and its mapping paused, until they are thawed', async () => {
    const { environment, functions, mappings, reserved } = shop(
      { orders: { tags: { app: 'shop' }, reserved: 25 }, mail: { tags: { app: 'shop' } } },
      { 'uuid-orders': { function: 'orders', state: 'Enabled' } },
    );
    await freezeHandler(incident, environment);
    functions.set('orders', { reserved: 0 });
    await expect(freezeHandler(sweep, environment)).resolves.toMatchObject({ functions: 2, changed: 0 });
    functions.set('orders', { reserved: 100 });
    mappings.set('uuid-orders', { function: 'orders', state: 'Enabled' });
    await expect(freezeHandler(sweep, environment)).resolves.toMatchObject({ functions: 2, changed: 2 });
    expect(reserved()).toEqual({ orders: 0, mail: 0 });

    await thawHandler(incident, environment);
    expect(reserved()).toEqual({ orders: 25, mail: undefined });
  });
});
