import { describe, expect, it } from 'vitest';
import type { Call } from '../support/call-journal.ts';
import { freezesAndThaws } from '../support/freezes-and-thaws.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { awsError } from '../support/lambda-application.ts';
import { keepWriting } from '../support/outside-writer.ts';
import { recoveryWorld, type RecoveryWorld } from '../support/recovery-world.ts';
import { sensitiveItems } from '../support/sensitive-items.ts';
import { tableArn } from '../support/table-description.ts';

const ledger = freshLedger();

const orders = { good: sensitiveItems(10, 19), damaged: sensitiveItems(12, 21, 'spoilt') };
const clients = { good: sensitiveItems(30, 36), damaged: sensitiveItems(30, 36) };

/** As somebody has once written it, with white space of its own. */
const POLICY = `{ "Version": "2012-10-17",
  "Statement": { "Sid": "Partner", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::210987654321:root" },
    "Action": "dynamodb:GetItem", "Resource": "${tableArn('orders')}" } }`;

const fenced = (given: { readonly policies?: Record<string, string> } = {}) =>
  recoveryWorld(ledger, {
    tables: { orders, clients },
    functions: { 'shop-orders': {}, 'shop-mail': { reserved: 25 } },
    policies: { orders: POLICY, ...given.policies },
    system: {
      tables: [
        { name: 'orders', forensicBackup: true, writeFence: true },
        { name: 'clients', forensicBackup: false, writeFence: true },
      ],
      fenceWriter: 'arn:aws:iam::123456789012:role/ResetSegment',
    },
  });

const policiesOf = ({ policies }: RecoveryWorld) =>
  ['orders', 'clients'].map((table) => policies.get(tableArn(table)));
const AS_BEFORE = [POLICY, undefined];

const saved = (table: string) => ledger.record('incident#bad-import', `policy#${table}`);
const isNote = ({ operation, input }: Call) =>
  operation === 'UpdateItem' && String(input.UpdateExpression).includes('fenceRevision');

/** Has the first of the calls that are meant fail, as if the function had died there. */
function dieAt(world: RecoveryWorld, meant: (call: Call) => boolean): void {
  let times = 0;
  world.journal.before = (call) => {
    if (times > 0 || !meant(call)) return;
    times += 1;
    throw awsError('Crash', 'the function has died');
  };
}

describe('a write fence', () => {
  it('is lowered half a minute before the first function comes back, so that none meets it', async () => {
    const world = fenced();
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    const last = world.journal.of('PutResourcePolicy', 'DeleteResourcePolicy').at(-1);
    const back = world.journal
      .of('PutFunctionConcurrency', 'DeleteFunctionConcurrency')
      .find(({ input }) => input.ReservedConcurrentExecutions !== 0);
    expect(Number(back?.at) - Number(last?.at)).toBeGreaterThanOrEqual(30_000);
  });

  it('refuses a writer that is no function, so that the recovery succeeds; then each policy is as it was, to the letter', async () => {
    const world = fenced();
    const before = world.settings();
    const writer = keepWriting(world, 'orders', sensitiveItems(40, 40));
    const result = await world.run({}, ({ type }, { machineName }) => {
      if (machineName === 'VerifyTable' && type === 'ExecutionSucceeded') writer.stop();
    });

    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { writeFences: 2, warnings: [] } });
    expect(writer.refused).toBeGreaterThan(20);
    // Proven, not assumed.
    expect(world.journal.of('GetMetricStatistics')).not.toEqual([]);
    expect(world.table('orders').items).toEqual(orders.good);
    expect(policiesOf(world)).toEqual(AS_BEFORE);
    expect(world.settings()).toEqual(before);
    expect(world.writeFromOutside('orders', sensitiveItems(41, 41)[0] ?? {})).toBe(true);
  });

  it('keeps what the policy says, lets the recovery and DynamoDB itself write, and denies nothing but writes of items', async () => {
    const world = fenced();
    await world.run();
    const put = world.journal
      .of('PutResourcePolicy')
      .find(({ input }) => input.ResourceArn === tableArn('orders'));
    const { Statement } = JSON.parse(String(put?.input.Policy)) as { Statement: unknown[] };
    expect(Statement).toEqual([
      (JSON.parse(POLICY) as { Statement: unknown }).Statement,
      {
        Sid: 'RewindWriteFence',
        Effect: 'Deny',
        Principal: '*',
        Action: [
          'BatchWriteItem',
          'DeleteItem',
          'PartiQLDelete',
          'PartiQLInsert',
          'PartiQLUpdate',
          'PutItem',
          'UpdateItem',
        ].map((action) => `dynamodb:${action}`),
        Resource: tableArn('orders'),
        Condition: {
          ArnNotEquals: {
            'aws:PrincipalArn': [
              'arn:aws:iam::123456789012:role/ResetSegment',
              'arn:aws:iam::123456789012:role/aws-service-role/replication.dynamodb.amazonaws.com/AWSServiceRoleForDynamoDBReplication',
            ],
          },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
    ]);
  });

  it('warns of a policy that somebody has changed, although the thaw has to be called again', async () => {
    const world = fenced();
    const theirs = POLICY.replace('GetItem', 'Query');
    world.beforeTask = (name) => {
      if (name === 'Thaw' && policiesOf(world)[1] !== undefined)
        world.policies.set(tableArn('orders'), theirs);
    };
    dieAt(world, ({ operation, input }) => {
      return operation === 'PutFunctionConcurrency' && input.ReservedConcurrentExecutions === 25;
    });
    expect(await world.run()).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        warnings: [expect.stringContaining('the resource policy of orders was changed by somebody')],
      },
    });
    expect(policiesOf(world)).toEqual([theirs, undefined]);
  });

  it('is raised when the functions are stopped and saved first, and lowered before they come back', async () => {
    const world = fenced();
    await world.run();
    const { journal } = world;
    const onOrders = ({ input }: Call) => input.ResourceArn === tableArn('orders');
    const raised = journal.first((call) => call.operation === 'PutResourcePolicy' && onOrders(call));
    const stopped = journal.first(({ operation }) => operation === 'PutFunctionConcurrency');
    const kept = journal.first(
      ({ operation, input }) =>
        operation === 'PutItem' && JSON.stringify(input.Item).includes('policy#orders'),
    );
    const lowered = journal.first(({ operation }) => operation === 'DeleteResourcePolicy');
    const back = journal.first(({ operation }) => operation === 'DeleteFunctionConcurrency');
    expect(stopped).toBeLessThan(raised);
    expect(kept).toBeLessThan(raised);
    expect(lowered).toBeLessThan(back);
  });

  it.each([
    ['before it is put', ({ operation }: Call) => operation === 'PutResourcePolicy'],
    ['when it is put and not yet noted', isNote],
  ])('of a freeze that fails %s is raised by the next one', async (_when, meant) => {
    const world = fenced();
    const before = world.settings();
    const failures: string[] = [];
    world.onTask = (task, passed) => {
      if (task === 'Freeze' && 'error' in passed) failures.push(passed.error.message);
    };
    dieAt(world, meant);
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(failures).toEqual([expect.stringContaining('Crash: the function has died')]);
    expect(policiesOf(world)).toEqual(AS_BEFORE);
    expect(world.settings()).toEqual(before);
  });

  it('of an execution that was stopped is taken over by the next one, with what was saved first', async () => {
    const world = fenced();
    const running = world.start({}, ({ type }, { machineName }) => {
      if (machineName === 'RestoreTable' && type === 'WaitStateEntered') running.stop();
    });
    expect(await world.clock.runUntil(running.result)).toMatchObject({ status: 'ABORTED' });
    expect(policiesOf(world)[0]).toContain('RewindWriteFence');
    expect((await saved('orders'))?.before).toEqual({ S: POLICY });
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(policiesOf(world)).toEqual(AS_BEFORE);
  });

  it('comes down with a thaw by force in the middle of a reset', async () => {
    const world = fenced();
    let thawed = false;
    world.journal.before = async ({ operation, input }) => {
      if (thawed || operation !== 'BatchWriteItem' || !('orders' in (input.RequestItems as object))) return;
      thawed = true;
      await world.thawByHand({ force: true });
    };
    expect(await world.run()).toMatchObject({ status: 'FAILED' });
    expect(policiesOf(world)).toEqual(AS_BEFORE);
  });
});

describe('a policy that somebody changes during the recovery', () => {
  const OTHER = POLICY.replace('Partner', 'OtherPartner');

  /** Changes the policy of the orders when the first restored table is waited for. */
  function changed(world: RecoveryWorld, change: (now: string) => string): void {
    let times = 0;
    world.journal.before = ({ operation }) => {
      if (times > 0 || operation !== 'RestoreTableToPointInTime') return;
      times += 1;
      world.policies.set(tableArn('orders'), change(world.policies.get(tableArn('orders')) ?? ''));
    };
  }

  it('so that the fence is gone, breaks the freeze before the gate: it is undone at once, and their policy stays', async () => {
    const world = fenced();
    const calls = freezesAndThaws(world);
    changed(world, () => OTHER);
    const result = await world.run();
    expect(result).toMatchObject({ status: 'FAILED', error: 'FreezeRefused' });
    expect(calls).toEqual(['Freeze', 'FreezeRefused', 'Thaw']);
    expect(result.cause).toContain(
      'write fence of orders: Error: somebody has changed the policy since it was saved',
    );
    expect(result.cause).toContain('[undone: frozen, locked]');
    expect(policiesOf(world)).toEqual([OTHER, undefined]);
    expect(await saved('orders')).toMatchObject({ state: { S: 'left' }, before: { S: POLICY } });
  });

  it('to what it was, gets the fence again', async () => {
    const world = fenced();
    changed(world, () => POLICY);
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(policiesOf(world)).toEqual(AS_BEFORE);
  });

  it('back while tables are verified, breaks the freeze even if the sweep that raises the fence again fails', async () => {
    const world = fenced();
    let isTakenOut = false;
    const running = world.start({}, ({ type }, { machineName }) => {
      if (machineName !== 'VerifyTable' || type !== 'ExecutionStarted' || isTakenOut) return;
      isTakenOut = true;
      world.policies.set(tableArn('orders'), POLICY);
    });
    dieAt(world, (call) => isTakenOut && isNote(call));
    const result = await world.clock.runUntil(running.result);
    expect(result).toMatchObject({ status: 'FAILED', error: 'FreezeBroken' });
    expect(result.cause).toContain(
      '1 functions, event-source mappings, pipes, rules, schedules or write fences were not frozen',
    );
    expect(policiesOf(world)[0]).toContain('RewindWriteFence');
  });

  it('while tables are verified is kept, and the next run puts the fence around what they have made of it', async () => {
    const world = fenced();
    let isDeployed = false;
    const running = world.start({}, ({ type }, { machineName }) => {
      if (machineName !== 'VerifyTable' || type !== 'ExecutionStarted' || isDeployed) return;
      isDeployed = true;
      world.policies.set(tableArn('orders'), OTHER);
    });
    const result = await world.clock.runUntil(running.result);
    expect(result).toMatchObject({ status: 'FAILED', error: 'FreezeRefused' });
    expect(result.cause).toContain('stop what deploys, and start the incident again');
    expect(result.cause).not.toContain('npx rewind thaw');
    expect(policiesOf(world)[0]).toBe(OTHER);
    expect(world.functions.get('shop-mail')).toEqual({ reserved: 0 });
    expect(await world.run()).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        warnings: expect.arrayContaining([
          expect.stringContaining('the resource policy of orders was changed by somebody'),
        ]),
      },
    });
    expect(world.table('orders').items).toEqual(orders.good);
    expect(policiesOf(world)).toEqual([OTHER, undefined]);
    expect(await saved('orders')).toMatchObject({ state: { S: 'thawed' }, replaced: { S: POLICY } });
  });

  it('around the fence is not overwritten: the thaw says which statement to take out, and then lets it be', async () => {
    const world = fenced();
    const calls = freezesAndThaws(world);
    changed(world, (now) => now.replace('Partner', 'OtherPartner'));
    const result = await world.run();
    expect(result).toMatchObject({ status: 'FAILED', error: 'ThawRefused' });
    expect(calls.filter((call) => call === 'ThawRefused')).toHaveLength(1);
    expect(result.cause).toContain(
      'write fence of orders: Error: somebody has changed the policy around the fence',
    );
    expect(result.cause).toContain('take the statement RewindWriteFence out of it by hand');
    expect(policiesOf(world)[0]).toContain('OtherPartner');
    expect(world.functions.get('shop-mail')).toEqual({ reserved: 25 });

    world.policies.set(tableArn('orders'), OTHER);
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(policiesOf(world)).toEqual([OTHER, undefined]);
    expect(await ledger.record('frozen', 'bad-import')).toBeUndefined();
  });
});

describe('the preflight', () => {
  it('refuses a policy that has no room for the fence', async () => {
    const long = JSON.stringify({ Version: '2012-10-17', Id: 'x'.repeat(20_000), Statement: [] });
    const result = await fenced({ policies: { clients: long } }).run();
    expect(result).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
    expect(result.cause).toContain('tables[1].name: the resource policy of clients would have 20');
    expect(result.cause).toContain('DynamoDB allows 20480; make the policy shorter');
  });

  it('refuses a fence that is none of this incident', async () => {
    const left = JSON.stringify({ Statement: [{ Sid: 'RewindWriteFence', Effect: 'Deny' }] });
    const result = await fenced({ policies: { clients: left } }).run();
    expect(result.error).toBe('PreflightRefused');
    expect(result.cause).toContain('has a statement RewindWriteFence that this incident has not put there');
  });
});
