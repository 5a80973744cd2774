import { PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { beforeEach, describe, expect, it } from 'vitest';
import { freezeHandler } from '../../../src/tasks/freeze/handler.ts';
import { thawHandler } from '../../../src/tasks/thaw/handler.ts';
import { incident, openBadImport, sweep } from '../../support/bad-import.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import {
  awsError,
  functionArn,
  type ApplicationFunction,
  type ApplicationMapping,
} from '../../support/lambda-application.ts';
import { shop } from '../../support/shop.ts';

const STACK = 'aws:cloudformation:stack-name';

const ledger = freshLedger();
beforeEach(() => openBadImport(ledger));

/** Functions of which those with the tag `app: shop`, and those of a stack, are in scope. */
function taggedShop(
  functions: Record<string, ApplicationFunction>,
  mappings: Record<string, ApplicationMapping> = {},
) {
  const tagged = shop(ledger, {
    functions,
    mappings,
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
  const reserved = () => Object.fromEntries([...tagged.functions].map(([name, one]) => [name, one.reserved]));
  return { ...tagged, reserved };
}

describe('a freeze by tags and stacks', () => {
  it('stops the functions that have one of them, but neither the excluded nor its own', async () => {
    const { environment, mappings, reserved } = taggedShop(
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
    const { environment, lambda, tagging } = taggedShop({ orders: { tags: { app: 'shop' } } });
    tagging.on(GetResourcesCommand).rejects(awsError('AccessDeniedException'));
    await expect(freezeHandler(incident, environment)).rejects.toMatchObject({
      name: 'FreezeIncomplete',
      message: expect.stringMatching(/^no function was frozen by this call: .*tag:GetResources AccessDenied/),
    });
    expect(lambda.commandCalls(PutFunctionConcurrencyCommand)).toEqual([]);
  });

  it('asks again when the tagging API is throttled, in the middle of its pages too', async () => {
    const { environment, tagging, reserved } = taggedShop({
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
    const { environment, functions, reserved } = taggedShop({ orders: { tags: { app: 'shop' } }, late: {} });
    await freezeHandler(incident, environment);
    functions.set('late', { tags: { app: 'shop' } });
    await expect(freezeHandler(sweep, environment)).resolves.toMatchObject({ functions: 2, changed: 1 });
    expect(reserved()).toEqual({ orders: 0, late: 0 });
  });

  it('keeps a function stopped that has lost its tag, and its mapping paused, until they are thawed', async () => {
    const { environment, functions, mappings, reserved } = taggedShop(
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
