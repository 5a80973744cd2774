import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetFunctionCommand,
  ListFunctionsCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { freezeHandler } from '../../../src/tasks/freeze/handler.ts';
import {
  beginFreeze,
  beginThaw,
  markVerified,
  markWriting,
} from '../../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { takeLock } from '../../../src/tasks/ledger/lock-record.ts';
import { settleFunction } from '../../../src/tasks/ledger/function-record.ts';
import { incident, openBadImport } from '../../support/bad-import.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import {
  awsError,
  functionArn,
  lambdaApplication,
  type ApplicationFunction,
} from '../../support/lambda-application.ts';
import { shop } from '../../support/shop.ts';
import { NOW, taskEnvironment } from '../../support/task-environment.ts';

const ledger = freshLedger();
beforeEach(() => openBadImport(ledger));

const savedFunction = (name: string) => ledger.record('incident#bad-import', `function#${name}`);
const savedMapping = (uuid: string) => ledger.record('incident#bad-import', `mapping#${uuid}`);

describe('a freeze', () => {
  it('sets every function in scope to 0 over several pages, and says for how long invocations may last', async () => {
    const { functions, environment } = shop(ledger, {
      functions: {
        'shop-orders': { timeout: 60 },
        'shop-mail': { reserved: 25, timeout: 900 },
        'shop-login': { reserved: 0, timeout: 3 },
        'shop-clients': {},
        'blog-posts': { timeout: 600 },
      },
    });
    const result = await freezeHandler(incident, environment);
    expect(result).toEqual({
      functions: 4,
      alreadyAtZero: 1,
      eventSourceMappings: 0,
      pipes: 0,
      rules: 0,
      schedules: 0,
      writeFences: 0,
      changed: 3,
      atRestFrom: expect.any(String),
      longestTimeoutSeconds: 900,
      frozenAt: new Date(environment.clock.now()).toISOString(),
    });
    expect([...functions].map(([name, { reserved }]) => [name, reserved])).toEqual([
      ['shop-orders', 0],
      ['shop-mail', 0],
      ['shop-login', 0],
      ['shop-clients', 0],
      ['blog-posts', undefined],
    ]);
  });

  it('counts with the longest timeout of a function, that of a published version too', async () => {
    const { lambda, environment } = shop(ledger, {
      functions: {
        'shop-mail': { timeout: 30, versions: [900, 60] },
        'shop-orders': { timeout: 120, versions: [3] },
        'blog-posts': { versions: [1000] },
      },
      mappings: { 'uuid-1': { function: 'shop-mail:1', state: 'Enabled' } },
    });
    const { frozenAt, atRestFrom, ...result } = await freezeHandler(incident, environment);
    expect(result).toMatchObject({
      functions: 2,
      changed: 3,
      eventSourceMappings: 1,
      longestTimeoutSeconds: 900,
    });
    expect(Date.parse(atRestFrom) - Date.parse(frozenAt)).toBeGreaterThan(890_000);
    expect(lambda.commandCalls(PutFunctionConcurrencyCommand)).toHaveLength(2);
    expect(await savedFunction('shop-mail')).toMatchObject({
      arn: { S: functionArn('shop-mail') },
      timeoutSeconds: { N: '900' },
    });
    expect(await savedFunction('shop-orders')).toMatchObject({ timeoutSeconds: { N: '120' } });
  });

  it('saves what each function had: nothing, a number, or a 0 of its own', async () => {
    const { environment } = shop(ledger, {
      functions: {
        'shop-a': { timeout: 7 },
        'shop-b': { reserved: 25 },
        'shop-c': { reserved: 0 },
      },
    });
    await freezeHandler(incident, environment);
    expect(await savedFunction('shop-a')).toMatchObject({
      before: { S: 'absent' },
      state: { S: 'frozen' },
      arn: { S: functionArn('shop-a') },
      timeoutSeconds: { N: '7' },
      savedAt: { S: expect.stringContaining('2026-11-22T12:00') },
    });
    expect(await savedFunction('shop-b')).toMatchObject({ before: { N: '25' } });
    expect(await savedFunction('shop-c')).toMatchObject({ before: { N: '0' } });
  });

  it('has each setting in the ledger before it changes it', async () => {
    const { lambda, environment } = shop(ledger, {
      functions: { 'shop-a': {}, 'shop-b': { reserved: 25 } },
      mappings: { 'uuid-1': { function: 'shop-a', state: 'Enabled' } },
    });
    const saved: string[] = [];
    const wrong: string[] = [];
    const check = (key: string) => {
      if (!saved.includes(key)) wrong.push(key);
    };
    lambda.on(PutFunctionConcurrencyCommand).callsFake(({ FunctionName }: { FunctionName: string }) => {
      check(`function#${FunctionName}`);
      return { ReservedConcurrentExecutions: 0 };
    });
    lambda.on(UpdateEventSourceMappingCommand).callsFake(({ UUID }: { UUID: string }) => {
      check(`mapping#${UUID}`);
      throw awsError('ResourceNotFoundException');
    });
    const send = ledger.client.send.bind(ledger.client);
    const client = Object.create(ledger.client) as typeof ledger.client;
    client.send = (async (command: PutItemCommand) => {
      const answer = await send(command);
      const key = command instanceof PutItemCommand ? command.input.Item?.sk?.S : undefined;
      if (key !== undefined && !key.startsWith('active#')) saved.push(key);
      return answer;
    }) as typeof client.send;
    await freezeHandler(incident, { ...environment, dynamodb: client }).catch(() => undefined);
    expect(saved.toSorted()).toEqual(['function#shop-a', 'function#shop-b', 'mapping#uuid-1']);
    expect(wrong).toEqual([]);
    expect(await ledger.record('frozen', 'bad-import')).toBeDefined();
  });

  it('pauses the mappings of the scope, by any alias, before the first function stops', async () => {
    const { mappings, lambda, environment } = shop(ledger, {
      functions: { 'shop-a': {}, 'shop-b': {}, 'blog-a': {} },
      mappings: {
        'uuid-on': { function: 'shop-a', state: 'Enabled' },
        'uuid-alias': { function: 'shop-b:live', state: 'Enabled' },
        'uuid-off': { function: 'shop-b', state: 'Disabled' },
        'uuid-blog': { function: 'blog-a', state: 'Enabled' },
      },
    });
    await expect(freezeHandler(incident, environment)).resolves.toMatchObject({
      eventSourceMappings: 3,
      changed: 4,
    });
    expect([...mappings.values()].map(({ state }) => state)).toEqual([
      'Disabled',
      'Disabled',
      'Disabled',
      'Enabled',
    ]);
    expect(await savedMapping('uuid-on')).toMatchObject({
      enabledBefore: { BOOL: true },
      state: { S: 'frozen' },
    });
    expect(await savedMapping('uuid-off')).toMatchObject({ enabledBefore: { BOOL: false } });
    expect(await savedMapping('uuid-blog')).toBeUndefined();
    const changes = lambda
      .calls()
      .map(({ args }) => args[0].constructor.name)
      .filter((name) => name.startsWith('Update') || name.startsWith('Put'));
    expect(changes).toEqual([
      'UpdateEventSourceMappingCommand',
      'UpdateEventSourceMappingCommand',
      'PutFunctionConcurrencyCommand',
      'PutFunctionConcurrencyCommand',
    ]);
  });

  it('waits for a mapping that a deploy is changing before it decides whether it was on', async () => {
    const { mappings, lambda, environment } = shop(ledger, {
      functions: { 'shop-a': {} },
      mappings: { 'uuid-1': { function: 'shop-a', state: 'Updating' } },
    });
    const { clock } = environment;
    const until = clock.now() + 12_000;
    const sleep = clock.sleep.bind(clock);
    clock.sleep = async (milliseconds) => {
      await sleep(milliseconds);
      const mapping = mappings.get('uuid-1');
      if (clock.now() >= until && mapping?.state === 'Updating') mapping.state = 'Enabled';
    };
    await freezeHandler(incident, environment);
    expect(await savedMapping('uuid-1')).toMatchObject({ enabledBefore: { BOOL: true } });
    expect(lambda.commandCalls(UpdateEventSourceMappingCommand)).toHaveLength(1);
  });

  it('leaves alone its own functions and those excluded by ARN, and takes listed ones in', async () => {
    const functions = new Map<string, ApplicationFunction>(
      ['shop-a', 'shop-own', 'shop-kept', 'listed', 'not-listed'].map((name) => [name, {}]),
    );
    const { client } = lambdaApplication(functions);
    const environment = taskEnvironment(ledger, {
      lambda: client,
      system: {
        functions: { prefix: 'shop-', names: ['listed'], exclude: [functionArn('shop-kept')] },
        ownFunctions: ['shop-own'],
      },
    });
    await freezeHandler(incident, environment);
    const frozen = [...functions].filter(([, { reserved }]) => reserved === 0).map(([name]) => name);
    expect(frozen).toEqual(['shop-a', 'listed']);
  });

  it('keeps below twelve changes a second', async () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`shop-${index}`, {}]));
    const { environment } = shop(ledger, { functions: many });
    const began = environment.clock.now();
    await freezeHandler(incident, environment);
    expect(environment.clock.now() - began).toBeGreaterThanOrEqual((59 / 12) * 1000);
  });
});

describe('a second freeze', () => {
  it('changes nothing and saves nothing when all is still frozen', async () => {
    const { lambda, environment } = shop(ledger, {
      functions: { 'shop-a': { reserved: 25 }, 'shop-b': { reserved: 0 } },
      mappings: { 'uuid-1': { function: 'shop-a', state: 'Enabled' } },
    });
    await freezeHandler(incident, environment);
    const before = await ledger.records();
    lambda.resetHistory();
    await expect(freezeHandler(incident, environment)).resolves.toMatchObject({
      functions: 2,
      alreadyAtZero: 1,
      eventSourceMappings: 1,
      changed: 0,
    });
    expect(lambda.commandCalls(PutFunctionConcurrencyCommand)).toEqual([]);
    expect(lambda.commandCalls(UpdateEventSourceMappingCommand)).toEqual([]);
    expect(await ledger.records()).toEqual(before);
  });

  it('freezes again what somebody has set free, without touching what was saved', async () => {
    const { functions, mappings, environment } = shop(ledger, {
      functions: { 'shop-a': { reserved: 25 }, 'shop-b': {} },
      mappings: { 'uuid-1': { function: 'shop-a', state: 'Enabled' } },
    });
    await freezeHandler(incident, environment);
    functions.set('shop-a', { reserved: 3 });
    mappings.set('uuid-1', { function: 'shop-a', state: 'Enabled' });
    await expect(freezeHandler(incident, environment)).resolves.toMatchObject({ changed: 2 });
    expect(functions.get('shop-a')).toEqual({ reserved: 0 });
    expect(await savedFunction('shop-a')).toMatchObject({ before: { N: '25' } });
    expect(await savedMapping('uuid-1')).toMatchObject({ enabledBefore: { BOOL: true } });
  });

  it('sweeps up a function that has appeared since', async () => {
    const { functions, environment } = shop(ledger, { functions: { 'shop-a': { timeout: 600 } } });
    await freezeHandler(incident, environment);
    functions.set('shop-new', { timeout: 10 });
    await expect(freezeHandler(incident, environment)).resolves.toMatchObject({ functions: 2, changed: 1 });
    expect(await savedFunction('shop-new')).toMatchObject({ before: { S: 'absent' } });
  });

  it('still counts the timeout of a stopped function that was deleted since', async () => {
    const { functions, environment } = shop(ledger, {
      functions: { 'shop-a': { timeout: 600 }, 'shop-b': { timeout: 5 } },
    });
    await freezeHandler(incident, environment);
    functions.delete('shop-a');
    await expect(freezeHandler(incident, environment)).resolves.toMatchObject({ longestTimeoutSeconds: 600 });
  });

  it('saves afresh what it finds after a thaw of the same incident', async () => {
    const { functions, environment, own } = shop(ledger, { functions: { 'shop-a': { reserved: 25 } } });
    await freezeHandler(incident, environment);
    await settleFunction(own, 'shop-a', 'thawed');
    functions.set('shop-a', { reserved: 7 });
    await freezeHandler(incident, environment);
    expect(await savedFunction('shop-a')).toMatchObject({ before: { N: '7' }, state: { S: 'frozen' } });
  });
});

describe('a freeze in trouble', () => {
  it('repeats a change that Lambda throttles or that meets another operation', async () => {
    const { lambda, environment } = shop(ledger, {
      functions: { 'shop-a': {} },
      mappings: { 'uuid-1': { function: 'shop-a', state: 'Enabled' } },
    });
    lambda
      .on(PutFunctionConcurrencyCommand)
      .rejectsOnce(awsError('TooManyRequestsException'))
      .rejectsOnce(awsError('ResourceConflictException'))
      .resolves({ ReservedConcurrentExecutions: 0 });
    let updates = 0;
    lambda.on(UpdateEventSourceMappingCommand, { UUID: 'uuid-1' }).callsFake(() => {
      updates += 1;
      if (updates < 3) throw awsError('ResourceInUseException');
      throw awsError('ResourceNotFoundException');
    });
    const freezing = freezeHandler(incident, environment);
    await expect(freezing).resolves.toMatchObject({ functions: 1, changed: 1, eventSourceMappings: 0 });
    expect(lambda.commandCalls(PutFunctionConcurrencyCommand)).toHaveLength(3);
    expect(updates).toBe(3);
  });

  it('passes over a function that is deleted meanwhile', async () => {
    const { lambda, environment } = shop(ledger, { functions: { 'shop-a': {}, 'shop-b': {}, 'shop-c': {} } });
    lambda.on(GetFunctionCommand, { FunctionName: 'shop-a' }).rejects(awsError('ResourceNotFoundException'));
    lambda
      .on(PutFunctionConcurrencyCommand, { FunctionName: 'shop-b' })
      .rejects(awsError('ResourceNotFoundException'));
    await expect(freezeHandler(incident, environment)).resolves.toMatchObject({ functions: 1, changed: 1 });
  });

  it('freezes all others and names the function that cannot be frozen', async () => {
    const { functions, lambda, environment } = shop(ledger, {
      functions: { 'shop-a': {}, 'shop-b': {}, 'shop-c': {} },
    });
    lambda
      .on(PutFunctionConcurrencyCommand, { FunctionName: 'shop-b' })
      .rejects(awsError('InvalidParameterValueException', 'it must not be'));
    await expect(freezeHandler(incident, environment)).rejects.toMatchObject({
      name: 'FreezeIncomplete',
      message: expect.stringMatching(
        /2 of 3 functions are frozen.*function shop-b: InvalidParameterValueException: it must not be/,
      ),
    });
    expect(functions.get('shop-c')).toEqual({ reserved: 0 });
    expect(await savedFunction('shop-b')).toMatchObject({ before: { S: 'absent' } });
  });

  it('takes away what is provisioned of a function that Lambda would not stop for it, and saves it first', async () => {
    const provisioned = { live: 10, blue: 3, 7: 1 };
    const { functions, lambda, environment } = shop(ledger, {
      functions: {
        'shop-a': { provisioned: { ...provisioned } },
        'shop-b': { reserved: 25 },
      },
    });
    await expect(freezeHandler(incident, environment)).resolves.toMatchObject({ functions: 2, changed: 2 });
    expect(functions.get('shop-a')).toEqual({ reserved: 0, provisioned: {} });
    for (const [qualifier, requested] of Object.entries(provisioned))
      expect(await ledger.record('incident#bad-import', `provisioned#shop-a:${qualifier}`)).toMatchObject({
        requested: { N: String(requested) },
        state: { S: 'frozen' },
      });
    // Of others nobody asks.
    expect(
      new Set(lambda.commandCalls(ListProvisionedConcurrencyConfigsCommand).map(({ args }) => args[0].input)),
    ).toEqual(new Set([{ FunctionName: 'shop-a' }, { FunctionName: 'shop-a', Marker: '2' }]));
  });

  it('keeps what was provisioned when it comes again after having taken a part of it away', async () => {
    const { functions, lambda, environment } = shop(ledger, {
      functions: { 'shop-a': { provisioned: { live: 10, blue: 3 } } },
    });
    lambda
      .on(DeleteProvisionedConcurrencyConfigCommand, { Qualifier: 'blue' })
      .rejectsOnce(awsError('AccessDeniedException', 'not allowed'))
      .callsFake(() => {
        functions.get('shop-a')!.provisioned = {};
        return {};
      });
    await expect(freezeHandler(incident, environment)).rejects.toMatchObject({
      message: expect.stringMatching(/0 of 1 functions.*function shop-a: AccessDeniedException: not allowed/),
    });
    expect(functions.get('shop-a')).toEqual({ provisioned: { blue: 3 } });
    await expect(freezeHandler(incident, environment)).resolves.toMatchObject({ functions: 1 });
    for (const [qualifier, N] of [
      ['live', '10'],
      ['blue', '3'],
    ] as const)
      expect(await ledger.record('incident#bad-import', `provisioned#shop-a:${qualifier}`)).toMatchObject({
        requested: { N },
        state: { S: 'frozen' },
      });
  });

  it('does not believe a change that Lambda answers with another value', async () => {
    const { lambda, environment } = shop(ledger, { functions: { 'shop-a': {} } });
    lambda.on(PutFunctionConcurrencyCommand).resolves({ ReservedConcurrentExecutions: 10 });
    await expect(freezeHandler(incident, environment)).rejects.toMatchObject({
      name: 'FreezeIncomplete',
      message: expect.stringContaining(
        'function shop-a: Error: Lambda answers reserved concurrency 10 instead of 0',
      ),
    });
  });

  it('names a mapping that does not come to rest, with all functions frozen', async () => {
    const { functions, lambda, environment } = shop(ledger, {
      functions: { 'shop-a': {} },
      mappings: { 'uuid-1': { function: 'shop-a', state: 'Enabled' } },
    });
    lambda.on(UpdateEventSourceMappingCommand).resolves({});
    await expect(freezeHandler(incident, environment)).rejects.toMatchObject({
      name: 'FreezeIncomplete',
      message: expect.stringContaining('event-source mapping uuid-1 of shop-a: still Enabled'),
    });
    expect(functions.get('shop-a')).toEqual({ reserved: 0 });
  });

  it('ends before its time is up and goes on when called again', async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`shop-${index}`, {}]));
    const { functions, environment } = shop(ledger, { functions: many });
    const deadline = environment.clock.now() + 30_000;
    await expect(freezeHandler(incident, { ...environment, deadline })).rejects.toMatchObject({
      name: 'FreezeIncomplete',
      message: expect.stringContaining('not reached in the time of one call; and'),
    });
    expect(environment.clock.now()).toBeLessThan(deadline);
    const done = [...functions.values()].filter(({ reserved }) => reserved === 0).length;
    await expect(freezeHandler(incident, environment)).resolves.toMatchObject({
      functions: 200,
      changed: 200 - done,
    });
  });
});

describe('a freeze of the wrong incident', () => {
  it('refuses an incident that is not open, touching nothing', async () => {
    const { lambda, environment } = shop(ledger, { functions: { 'shop-a': {} } });
    await expect(freezeHandler({ incidentId: 'never-opened' }, environment)).rejects.toMatchObject({
      name: 'FreezeRefused',
      message: expect.stringContaining('incident never-opened is unknown to the ledger; start it'),
    });
    expect(lambda.commandCalls(ListFunctionsCommand)).toEqual([]);
    expect(await ledger.record('frozen', 'never-opened')).toBeUndefined();
  });

  it('refuses an incident whose tables are proven and whose application is coming back', async () => {
    const { lambda, environment, own } = shop(ledger, { functions: { 'shop-a': {} } });
    await beginFreeze(own);
    await markWriting(own, new Map(), 'run');
    await markVerified(own, 'run');
    await beginThaw(own, false);
    await expect(freezeHandler(incident, environment)).rejects.toMatchObject({
      name: 'FreezeRefused',
      message: expect.stringMatching(/incident bad-import is being thawed, .*; start it again/),
    });
    expect(lambda.commandCalls(ListFunctionsCommand)).toEqual([]);
  });

  it('refuses to sweep where nothing was frozen', async () => {
    const { lambda, environment } = shop(ledger, { functions: { 'shop-a': {} } });
    await expect(freezeHandler({ ...incident, sweep: true }, environment)).rejects.toMatchObject({
      name: 'FreezeRefused',
      message: expect.stringContaining('incident bad-import has no freeze that stands; run it again'),
    });
    expect(lambda.commandCalls(ListFunctionsCommand)).toEqual([]);
  });

  it('refuses when another incident has taken the lock', async () => {
    const { lambda, environment } = shop(ledger, { functions: { 'shop-a': {} } });
    const lock = { incidentId: 'other-thing', executionArn: 'arn:other', acquiredAt: NOW, expiresAt: NOW };
    await takeLock(ledgerOf(environment, 'other-thing'), lock, undefined);
    await expect(freezeHandler(incident, environment)).rejects.toMatchObject({
      name: 'FreezeRefused',
      message: expect.stringContaining('incident other-thing has taken the lock'),
    });
    expect(lambda.commandCalls(ListFunctionsCommand)).toEqual([]);
  });
});
