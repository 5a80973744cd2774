import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionCommand,
  ListEventSourceMappingsCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { freezeHandler } from '../../../src/tasks/freeze/handler.ts';
import {
  closeIncident,
  markVerified,
  markWriting,
  readIncident,
  reopenIncident,
} from '../../../src/tasks/ledger/incident-record.ts';
import { takeLock } from '../../../src/tasks/ledger/lock-record.ts';
import { thawHandler } from '../../../src/tasks/thaw/handler.ts';
import { incident } from '../../support/bad-import.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { awsError } from '../../support/lambda-application.ts';
import { frozenShop, ORDINARY_SHOP } from '../../support/shop.ts';
import { NOW, taskEnvironment } from '../../support/task-environment.ts';

const ledger = freshLedger();

describe('a thaw', () => {
  it('puts functions and mappings back to exactly what they were, a 0 of their own included', async () => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    expect(shop.now()).not.toEqual(shop.before);
    await expect(thawHandler(incident, shop.environment)).resolves.toEqual({
      functions: 3,
      eventSourceMappings: 2,
      pipes: 0,
      rules: 0,
      schedules: 0,
      writeFences: 0,
      warnings: [],
    });
    expect(shop.now()).toEqual(shop.before);
    expect(
      shop.lambda.commandCalls(DeleteFunctionConcurrencyCommand).map(({ args }) => args[0].input),
    ).toEqual([{ FunctionName: 'shop-a' }]);
    expect(shop.lambda.commandCalls(PutFunctionConcurrencyCommand).map(({ args }) => args[0].input)).toEqual([
      { FunctionName: 'shop-b', ReservedConcurrentExecutions: 25 },
    ]);
    expect(await ledger.record('frozen', 'bad-import')).toBeUndefined();
  });

  it('sets the functions free before it resumes the mappings', async () => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    await thawHandler(incident, shop.environment);
    const changes = shop.lambda
      .calls()
      .map(({ args }) => args[0].constructor.name)
      .filter((name) => /^(Put|Delete|Update)/.test(name));
    expect(changes.at(-1)).toBe('UpdateEventSourceMappingCommand');
    expect(changes.filter((name) => name === 'UpdateEventSourceMappingCommand')).toHaveLength(1);
  });

  it('makes no call of Lambda the second time', async () => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    await thawHandler(incident, shop.environment);
    shop.lambda.resetHistory();
    await expect(thawHandler(incident, shop.environment)).resolves.toMatchObject({
      functions: 3,
      eventSourceMappings: 2,
    });
    expect(shop.lambda.calls()).toEqual([]);
  });

  it('leaves alone what has been changed since an earlier thaw', async () => {
    const shop = await frozenShop(ledger, { functions: ORDINARY_SHOP.functions });
    await thawHandler(incident, shop.environment);
    shop.functions.set('shop-b', { reserved: 99 });
    await thawHandler(incident, shop.environment);
    expect(shop.functions.get('shop-b')).toEqual({ reserved: 99 });
  });

  it('restores the saved value over one that somebody has set meanwhile', async () => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    shop.functions.set('shop-b', { reserved: 5 });
    shop.functions.set('shop-locked', {});
    shop.mappings.set('uuid-off', { function: 'shop-b', state: 'Enabled' });
    await thawHandler(incident, shop.environment);
    expect(shop.now()).toEqual(shop.before);
  });

  it('waits until Lambda says that a mapping is on again', async () => {
    const shop = await frozenShop(ledger, {
      functions: { 'shop-a': {} },
      mappings: { 'uuid-on': { function: 'shop-a', state: 'Enabled' } },
    });
    const began = shop.environment.clock.now();
    await thawHandler(incident, shop.environment);
    expect(shop.mappings.get('uuid-on')?.state).toBe('Enabled');
    expect(shop.environment.clock.now() - began).toBeGreaterThanOrEqual(5000);
  });

  it('says what is not on yet while there is time to', async () => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    shop.environment.clock.advance(60_000);
    shop.lambda.on(UpdateEventSourceMappingCommand).resolves({});
    const short = { ...shop.environment, deadline: shop.environment.clock.now() + 60_000 };
    await expect(thawHandler(incident, short)).rejects.toMatchObject({
      name: 'ThawIncomplete',
      message: expect.stringContaining('uuid-on of shop-a: still Disabled, to be Enabled'),
    });
    expect(shop.environment.clock.now()).toBeLessThanOrEqual(short.deadline - 10_000);
  });

  it('counts out functions and mappings that were deleted, without failing', async () => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    shop.functions.delete('shop-b');
    shop.mappings.delete('uuid-on');
    await expect(thawHandler(incident, shop.environment)).resolves.toEqual({
      functions: 2,
      eventSourceMappings: 1,
      pipes: 0,
      rules: 0,
      schedules: 0,
      writeFences: 0,
      warnings: [],
    });
    expect(await ledger.record('incident#bad-import', 'function#shop-b')).toMatchObject({
      state: { S: 'gone' },
    });
    expect(await ledger.record('incident#bad-import', 'mapping#uuid-on')).toMatchObject({
      state: { S: 'gone' },
    });
  });

  it('works from the ledger although the scope has changed since', async () => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    const system = { ...shop.environment.system, functions: { prefix: 'nothing-', names: [], exclude: [] } };
    await thawHandler(incident, { ...shop.environment, system });
    expect(shop.now()).toEqual(shop.before);
  });
});

describe('the stages of a thaw', () => {
  const functions = {
    'shop-consume': { reserved: 7 },
    'shop-get-consume': {},
    'shop-put': {},
    'shop-idle': { reserved: 3 },
    'shop-get-order': {},
    'shop-home': {},
  };
  const mappings = {
    'uuid-on': { function: 'shop-consume', state: 'Enabled' },
    'uuid-fed': { function: 'shop-get-consume', state: 'Enabled' },
    // Off before the freeze, which therefore paused nothing.
    'uuid-off': { function: 'shop-idle', state: 'Disabled' },
  };
  const scope = { prefix: 'shop-', names: [], exclude: [], readers: ['shop-get-*', 'shop-home', 'shop-p'] };
  const staged = () => frozenShop(ledger, { functions, mappings, system: { functions: scope } });

  /** The functions in the order in which they were put back; mappings as they were resumed. */
  const order = ({ lambda }: Awaited<ReturnType<typeof frozenShop>>) =>
    lambda
      .calls()
      .map(({ args }) => args[0])
      .filter(({ constructor }) => /^(Put|Delete|Update)/.test(constructor.name))
      .map(({ input }) => {
        const { FunctionName, UUID } = input as { FunctionName?: string; UUID?: string };
        return FunctionName ?? UUID;
      });

  it('begin with what only reads, and end with what mappings feed, and these', async () => {
    const shop = await staged();
    // What is deployed meanwhile does not count: the ledger has it.
    const system = { ...shop.environment.system, functions: { prefix: 'shop-', names: [], exclude: [] } };
    await thawHandler(incident, { ...shop.environment, system });
    const put = order(shop);
    expect(new Set(put.slice(0, 2))).toEqual(new Set(['shop-get-order', 'shop-home']));
    expect(new Set(put.slice(2, 4))).toEqual(new Set(['shop-idle', 'shop-put']));
    expect(new Set(put.slice(4, 6))).toEqual(new Set(['shop-consume', 'shop-get-consume']));
    expect(new Set(put.slice(6))).toEqual(new Set(['uuid-fed', 'uuid-on']));
    expect(shop.now()).toEqual(shop.before);
  });

  it('go on past a function that cannot be put back, and each is told in the log', async () => {
    const shop = await staged();
    shop.lambda
      .on(DeleteFunctionConcurrencyCommand, { FunctionName: 'shop-home' })
      .rejects(awsError('AccessDeniedException', 'not allowed'));
    const lines: object[] = [];
    await expect(
      thawHandler(incident, { ...shop.environment, log: (line) => lines.push(line) }),
    ).rejects.toMatchObject({
      name: 'ThawIncomplete',
      message: expect.stringContaining('function shop-home, to be put back to absent: AccessDeniedException'),
    });
    const told = { task: 'Thaw', incidentId: 'bad-import', functions: 2, asTheyWere: 2, failed: 0 };
    expect(lines).toEqual([
      { ...told, stage: 'readers', asTheyWere: 1, failed: 1 },
      { ...told, stage: 'writers' },
      { ...told, stage: 'consumers' },
    ]);
    expect(shop.mappings.get('uuid-on')?.state).toBe('Enabled');
  });
});

describe('a thaw by a run that undoes its freeze', () => {
  const lockOf = (executionArn: string) => ({
    incidentId: 'bad-import',
    executionArn,
    acquiredAt: NOW,
    expiresAt: '2026-12-31T00:00:00Z',
  });

  it('leaves it to another run of the incident that has the lock, and touches nothing', async () => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    await takeLock(shop.own, lockOf('run-2'), undefined);
    await expect(thawHandler({ ...incident, run: 'run-1' }, shop.environment)).rejects.toMatchObject({
      name: 'StaysFrozen',
      message: expect.stringMatching(
        /another run of it has taken the lock .*run-2; leave it to that one, or, if it has ended, thaw with: npx rewind thaw bad-import /,
      ),
    });
    expect(shop.lambda.calls()).toEqual([]);
    expect((await readIncident(shop.own))?.freeze).toBe('standing');
  });

  it.each([
    ['it has the lock itself', ['run-1']],
    ['nobody has the lock', []],
  ])('thaws when %s', async (_, holders) => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    for (const holder of holders) await takeLock(shop.own, lockOf(holder), undefined);
    await thawHandler({ ...incident, run: 'run-1' }, shop.environment);
    expect(shop.now()).toEqual(shop.before);
  });
});

describe('a thaw of half reset tables', () => {
  it('refuses, saying that it stays frozen, and touches nothing', async () => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    await markWriting(shop.own, new Map(), 'run');
    await expect(thawHandler(incident, shop.environment)).rejects.toMatchObject({
      name: 'StaysFrozen',
      message: expect.stringContaining('run it again with the same incident id'),
    });
    expect(shop.lambda.calls()).toEqual([]);
    expect(shop.functions.get('shop-b')).toEqual({ reserved: 0 });
    expect(await ledger.record('frozen', 'bad-import')).toBeDefined();
  });

  it('thaws when forced, and the incident remains one that is being written', async () => {
    const shop = await frozenShop(ledger, { functions: ORDINARY_SHOP.functions });
    await markWriting(shop.own, new Map(), 'run');
    await expect(thawHandler({ ...incident, force: true }, shop.environment)).resolves.toMatchObject({});
    expect(shop.now()).toEqual(shop.before);
    expect(await ledger.record('incident#bad-import', 'incident')).toMatchObject({ state: { S: 'writing' } });
  });

  it('asks for force again when it was not through', async () => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    await markWriting(shop.own, new Map(), 'run');
    shop.lambda.on(PutFunctionConcurrencyCommand).rejects(awsError('AccessDeniedException'));
    await expect(thawHandler({ ...incident, force: true }, shop.environment)).rejects.toMatchObject({
      name: 'ThawIncomplete',
      message: expect.stringMatching(
        /thaw again with: npx rewind thaw bad-import --ledger \S+ --force; not done/,
      ),
    });
  });

  it('thaws once the tables are verified, and notes that the freeze is being lifted', async () => {
    const shop = await frozenShop(ledger, { functions: ORDINARY_SHOP.functions });
    await markWriting(shop.own, new Map(), 'run');
    await markVerified(shop.own, 'run');
    await expect(thawHandler(incident, shop.environment)).resolves.toMatchObject({
      functions: expect.any(Number),
    });
    expect(await ledger.record('incident#bad-import', 'incident')).toMatchObject({
      state: { S: 'verified' },
      freeze: { S: 'lifting' },
    });
    await closeIncident(shop.own);
    await expect(thawHandler(incident, shop.environment)).resolves.toMatchObject({
      functions: expect.any(Number),
    });
  });

  it('can be followed by another freeze of an incident that wrote nothing', async () => {
    const shop = await frozenShop(ledger, { functions: ORDINARY_SHOP.functions });
    await thawHandler(incident, shop.environment);
    expect(await markWriting(shop.own, new Map(), 'run')).toBe(false);
    await reopenIncident(shop.own);
    await freezeHandler(incident, shop.environment);
    expect(shop.functions.get('shop-b')).toEqual({ reserved: 0 });
    expect(await markWriting(shop.own, new Map(), 'run')).toBe(true);
  });
});

describe('a mapping that the list lacks', () => {
  it('is resumed all the same when Lambda knows it', async () => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    shop.lambda.on(ListEventSourceMappingsCommand).resolves({ EventSourceMappings: [] });
    await expect(thawHandler(incident, shop.environment)).resolves.toMatchObject({ eventSourceMappings: 2 });
    expect(
      shop.lambda.commandCalls(UpdateEventSourceMappingCommand).map(({ args }) => args[0].input),
    ).toEqual([{ UUID: 'uuid-on', Enabled: true }]);
    expect(shop.mappings.get('uuid-on')?.state).toBe('Enabled');
    expect(await ledger.record('incident#bad-import', 'mapping#uuid-on')).toMatchObject({
      state: { S: 'thawed' },
    });
  });

  it('is gone when Lambda does not know it either', async () => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    shop.mappings.delete('uuid-on');
    await expect(thawHandler(incident, shop.environment)).resolves.toMatchObject({ eventSourceMappings: 1 });
    expect(shop.lambda.commandCalls(UpdateEventSourceMappingCommand)).toEqual([]);
    expect(await ledger.record('incident#bad-import', 'mapping#uuid-on')).toMatchObject({
      state: { S: 'gone' },
    });
    expect(await ledger.record('incident#bad-import', 'mapping#uuid-off')).toMatchObject({
      state: { S: 'thawed' },
    });
  });
});

describe('a thaw in trouble', () => {
  it('goes on past a function that cannot get its concurrency back, names it and the remedy', async () => {
    const shop = await frozenShop(ledger, {
      functions: { 'shop-a': { reserved: 900 }, 'shop-b': { reserved: 25 }, 'shop-c': {} },
    });
    shop.lambda
      .on(PutFunctionConcurrencyCommand, { FunctionName: 'shop-a' })
      .rejects(awsError('InvalidParameterValueException', 'below its minimum value of [100]'));
    await expect(thawHandler(incident, shop.environment)).rejects.toMatchObject({
      name: 'ThawIncomplete',
      message: expect.stringMatching(
        /as they were: functions 2.*mend what is said of the rest.*npx rewind thaw bad-import --ledger rewind-ledger; not done: function shop-a, to be put back to 900: InvalidParameterValueException: below its minimum value of \[100\] \(raise the quota/,
      ),
    });
    expect(shop.functions.get('shop-b')).toEqual({ reserved: 25 });
    expect(shop.functions.get('shop-c')).toEqual({});
    expect(await ledger.record('frozen', 'bad-import')).toBeDefined();
  });

  it('is completed by a second call, which repeats only what was missing', async () => {
    const shop = await frozenShop(ledger, {
      functions: { 'shop-a': { reserved: 900 }, 'shop-b': { reserved: 25 } },
    });
    shop.lambda
      .on(PutFunctionConcurrencyCommand, { FunctionName: 'shop-a' })
      .rejectsOnce(awsError('InvalidParameterValueException'))
      .callsFake(() => {
        shop.functions.set('shop-a', { reserved: 900 });
        return { ReservedConcurrentExecutions: 900 };
      });
    await expect(thawHandler(incident, shop.environment)).rejects.toMatchObject({ name: 'ThawIncomplete' });
    await expect(thawHandler(incident, shop.environment)).resolves.toMatchObject({
      functions: 2,
    });
    // shop-a twice, shop-b once.
    expect(shop.lambda.commandCalls(PutFunctionConcurrencyCommand)).toHaveLength(3);
    expect(shop.now().functions).toEqual(shop.before.functions);
  });

  it('does not believe a change that does not read back', async () => {
    const shop = await frozenShop(ledger, { functions: { 'shop-a': { reserved: 25 } } });
    shop.lambda.on(PutFunctionConcurrencyCommand).resolves({ ReservedConcurrentExecutions: 25 });
    await expect(thawHandler(incident, shop.environment)).rejects.toMatchObject({
      name: 'ThawIncomplete',
      message: expect.stringContaining('reads back as 0'),
    });
    expect(await ledger.record('incident#bad-import', 'function#shop-a')).toMatchObject({
      state: { S: 'frozen' },
    });
  });

  it('repeats what Lambda throttles and what meets a mapping in transition', async () => {
    const shop = await frozenShop(ledger, {
      functions: { 'shop-a': {} },
      mappings: { 'uuid-on': { function: 'shop-a', state: 'Enabled' } },
    });
    shop.lambda
      .on(DeleteFunctionConcurrencyCommand)
      .rejectsOnce(awsError('TooManyRequestsException'))
      .callsFake(() => {
        shop.functions.set('shop-a', {});
        return {};
      });
    shop.lambda
      .on(UpdateEventSourceMappingCommand)
      .rejectsOnce(awsError('ResourceInUseException'))
      .callsFake(() => {
        shop.mappings.set('uuid-on', { function: 'shop-a', state: 'Enabling' });
        return {};
      });
    await expect(thawHandler(incident, shop.environment)).resolves.toMatchObject({
      functions: expect.any(Number),
    });
    expect(shop.now()).toEqual(shop.before);
  });

  it('names a mapping that does not come on, with its functions free', async () => {
    const shop = await frozenShop(ledger, {
      functions: { 'shop-a': {} },
      mappings: { 'uuid-on': { function: 'shop-a', state: 'Enabled' } },
    });
    shop.lambda.on(UpdateEventSourceMappingCommand).resolves({});
    await expect(thawHandler(incident, shop.environment)).rejects.toMatchObject({
      name: 'ThawIncomplete',
      message: expect.stringContaining(
        'event-source mapping uuid-on of shop-a: still Disabled, to be Enabled',
      ),
    });
    expect(shop.functions.get('shop-a')).toEqual({});
  });

  it('reports what became of the functions although the mappings cannot be listed', async () => {
    const shop = await frozenShop(ledger, ORDINARY_SHOP);
    shop.lambda.on(ListEventSourceMappingsCommand).rejects(awsError('AccessDeniedException', 'not allowed'));
    await expect(thawHandler(incident, shop.environment)).rejects.toMatchObject({
      name: 'ThawIncomplete',
      message: expect.stringMatching(
        /^as they were: functions 3.*event-source mappings: AccessDeniedException: not allowed/,
      ),
    });
  });

  it('names the first twenty of many failures and counts the rest', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => [`shop-${index}`, { reserved: 1 }]),
    );
    const shop = await frozenShop(ledger, { functions: many });
    shop.lambda.on(GetFunctionCommand).rejects(awsError('AccessDeniedException'));
    await expect(thawHandler(incident, shop.environment)).rejects.toMatchObject({
      message: expect.stringMatching(/(function shop-.*){20}; and 5 more$/),
    });
  });

  it('refuses an incident that the ledger does not know', async () => {
    await expect(thawHandler({ incidentId: 'typing-error' }, taskEnvironment(ledger))).rejects.toMatchObject({
      name: 'ThawRefused',
      message: expect.stringContaining('incident typing-error is not in the ledger rewind-ledger'),
    });
  });
});
