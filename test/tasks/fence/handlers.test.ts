import {
  DescribeTableCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import { DeleteFunctionConcurrencyCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import type { RecoverySystem } from '../../../src/tasks/recovery-system.ts';
import { freezeHandler } from '../../../src/tasks/freeze/handler.ts';
import { reopenIncident } from '../../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { thawHandler } from '../../../src/tasks/thaw/handler.ts';
import { incident, openBadImport } from '../../support/bad-import.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { awsError } from '../../support/lambda-application.ts';
import { shop } from '../../support/shop.ts';
import { tableArn, tableDescription } from '../../support/table-description.ts';
import { TablePolicyStore } from '../../support/table-policies.ts';

const ledger = freshLedger();

const POLICY = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'dynamodb:GetItem', Resource: '*' }],
});
const WRITER = 'arn:aws:iam::123456789012:role/ResetSegment';
const both = { ...incident, tables: ['orders', 'clients'] };

/** A shop whose orders are fenced and whose clients are not; its tables may be taken away. */
async function fencedShop(given: Partial<RecoverySystem> = { fenceWriter: WRITER }) {
  const { environment, lambda, now } = shop(ledger, {
    functions: { 'shop-a': {} },
    system: {
      tables: [
        { name: 'orders', forensicBackup: true, writeFence: true },
        { name: 'clients', forensicBackup: true },
      ],
      ...given,
    },
  });
  const tables = new Set(['orders', 'clients']);
  const policies = new TablePolicyStore(() => environment.clock.now());
  policies.serve(ledger.mock, (arn) => tables.has(arn.split('/')[1] ?? ''));
  policies.set(tableArn('orders'), POLICY);
  ledger.mock.on(DescribeTableCommand).callsFake(({ TableName }: { TableName: string }) => {
    if (!tables.has(TableName)) throw awsError('ResourceNotFoundException');
    return { Table: tableDescription(TableName) };
  });
  await openBadImport(ledger);
  return { environment, lambda, now, policies, tables, policy: () => policies.get(tableArn('orders')) };
}

const puts = () => ledger.mock.commandCalls(PutResourcePolicyCommand).length;

describe('a freeze', () => {
  it('fences only the tables that it is given and that are configured so', async () => {
    const { environment, policies, policy } = await fencedShop();
    expect(await freezeHandler(incident, environment)).toMatchObject({ writeFences: 0 });
    expect(policy()).toBe(POLICY);
    expect(await freezeHandler(both, environment)).toMatchObject({ writeFences: 1, changed: 1 });
    expect(policy()).toContain('RewindWriteFence');
    expect(policies.get(tableArn('clients'))).toBeUndefined();
  });

  it('lets the other role write on where a table has become sensitive since, and the thaw knows the policy still', async () => {
    const { environment, policy } = await fencedShop();
    await freezeHandler(both, environment);
    const { system } = environment;
    const tables = system.tables.map((table) =>
      table.name === 'orders' ? { name: 'orders', sensitive: true, writeFence: true } : table,
    );
    const other = 'arn:aws:iam::123456789012:role/ResetSensitiveSegment';
    const later = { ...environment, system: { ...system, tables, sensitiveFenceWriter: other } };
    expect(await freezeHandler(both, later)).toMatchObject({ writeFences: 1 });
    expect(policy()?.split('RewindWriteFence')).toHaveLength(2);
    expect(policy()).toContain(other);
    expect(policy()).not.toContain(WRITER);
    expect(await freezeHandler({ ...both, sweep: true }, later)).toMatchObject({ changed: 0 });
    expect(puts()).toBe(2);
    await thawHandler(incident, later);
    expect(policy()).toBe(POLICY);
  });

  it('leaves a fence that stands, and saves nothing anew', async () => {
    const { environment } = await fencedShop();
    await freezeHandler(both, environment);
    expect(await freezeHandler({ ...both, sweep: true }, environment)).toMatchObject({
      writeFences: 1,
      changed: 0,
    });
    expect(puts()).toBe(1);
    expect(await ledger.record('incident#bad-import', 'policy#orders')).toMatchObject({
      before: { S: POLICY },
      arn: { S: tableArn('orders') },
      state: { S: 'frozen' },
    });
  });

  it('tells again of a fence that was taken out, which an earlier sweep raised and may not have told of', async () => {
    const { environment, policies } = await fencedShop();
    await freezeHandler(both, environment);
    const since = new Date(environment.clock.now()).toISOString();
    environment.clock.advance(60_000);
    policies.set(tableArn('orders'), POLICY);
    await freezeHandler({ ...both, sweep: true }, environment);

    const sweep = { ...both, sweep: true };
    await expect(freezeHandler({ ...sweep, since }, environment)).resolves.toMatchObject({ changed: 1 });
    const later = new Date(environment.clock.now()).toISOString();
    await expect(freezeHandler({ ...sweep, since: later }, environment)).resolves.toMatchObject({
      changed: 0,
    });
  });

  it('says from when on a fence that was raised again is heeded, and so does the next sweep', async () => {
    const { environment, policies } = await fencedShop();
    const first = await freezeHandler(both, environment);
    environment.clock.advance(60_000);
    const sweep = { ...both, sweep: true };
    await expect(freezeHandler(sweep, environment)).resolves.toMatchObject({ atRestFrom: first.atRestFrom });

    policies.set(tableArn('orders'), POLICY);
    const raisedAt = environment.clock.now();
    const { atRestFrom, frozenAt } = await freezeHandler(sweep, environment);
    expect(Date.parse(atRestFrom)).toBeGreaterThan(raisedAt + 30_000);
    expect(Date.parse(atRestFrom)).toBeLessThan(Date.parse(frozenAt) + 30_000);
    await expect(freezeHandler(sweep, environment)).resolves.toMatchObject({ atRestFrom });
  });

  it('does not overwrite a policy that somebody changes between the look and the put', async () => {
    const { environment, policies, policy } = await fencedShop();
    const other = POLICY.replace('GetItem', 'Query');
    // The change is not told yet.
    ledger.mock.on(GetResourcePolicyCommand).callsFakeOnce(() => {
      policies.set(tableArn('orders'), other);
      return { Policy: POLICY, RevisionId: 'an earlier one' };
    });
    await expect(freezeHandler(both, environment)).rejects.toMatchObject({
      name: 'FreezeIncomplete',
      message: expect.stringContaining('write fence of orders: Error: somebody has changed the policy'),
    });
    expect(policy()).toBe(other);
  });

  it('refuses for good what the next look finds changed', async () => {
    const { environment, policies } = await fencedShop();
    await freezeHandler(both, environment);
    environment.clock.advance(120_000);
    policies.set(tableArn('orders'), POLICY.replace('GetItem', 'Query'));
    await expect(freezeHandler({ ...both, sweep: true }, environment)).rejects.toMatchObject({
      name: 'FreezeRefused',
      message: expect.stringMatching(
        /^1 of 1 functions are frozen; mend what is said of the rest, and start the incident again, .*orders: Error: somebody has changed the policy/,
      ),
    });
  });

  it('of a new run fences what somebody has made of the policy since, and the thaw puts that back', async () => {
    const { environment, policies, policy } = await fencedShop();
    await freezeHandler(both, environment);
    environment.clock.advance(120_000);
    const other = POLICY.replace('GetItem', 'Query');
    policies.set(tableArn('orders'), other);
    await expect(freezeHandler(both, environment)).resolves.toMatchObject({ writeFences: 1, changed: 1 });
    expect(policy()).toContain('RewindWriteFence');
    await thawHandler(incident, environment);
    expect(policy()).toBe(other);
  });

  it('of a new run tells that there was another policy first, and keeps it, be it started however often', async () => {
    const { environment, policies, policy } = await fencedShop();
    await freezeHandler(both, environment);
    for (const other of [undefined, POLICY.replace('GetItem', 'Query'), undefined]) {
      environment.clock.advance(120_000);
      policies.set(tableArn('orders'), other);
      await freezeHandler(both, environment);
    }
    const told = { writeFences: 1, warnings: [expect.stringMatching(/orders was changed .*policy#orders/)] };
    await expect(thawHandler(incident, environment)).resolves.toMatchObject(told);
    await expect(thawHandler(incident, environment)).resolves.toMatchObject(told);
    expect(policy()).toBeUndefined();
    expect(await ledger.record('incident#bad-import', 'policy#orders')).toMatchObject({
      replaced: { S: POLICY },
    });
  });

  it('tells nothing of a policy that is as it was first again', async () => {
    const { environment, policies, policy } = await fencedShop();
    await freezeHandler(both, environment);
    for (const other of [undefined, POLICY]) {
      environment.clock.advance(120_000);
      policies.set(tableArn('orders'), other);
      await freezeHandler(both, environment);
    }
    await expect(thawHandler(incident, environment)).resolves.toMatchObject({ writeFences: 1, warnings: [] });
    expect(policy()).toBe(POLICY);
  });

  it('refuses for good a fence for another role that somebody has changed the policy around', async () => {
    const { environment, policies, policy } = await fencedShop();
    await freezeHandler(both, environment);
    environment.clock.advance(120_000);
    const changed = policy()?.replace('GetItem', 'Query');
    policies.set(tableArn('orders'), changed);
    const system = { ...environment.system, fenceWriter: `${WRITER}2` };
    await expect(freezeHandler(both, { ...environment, system })).rejects.toMatchObject({
      name: 'FreezeRefused',
      message: expect.stringContaining('take the statement RewindWriteFence out of it by hand, and start'),
    });
    expect(policy()).toBe(changed);
  });

  it('is not refused for a fence of before a thaw that is told for some seconds more', async () => {
    const { environment, policies, policy } = await fencedShop();
    await freezeHandler(both, environment);
    const fenced = policy();
    await thawHandler(incident, environment);
    await reopenIncident(ledgerOf(environment, incident.incidentId));
    const toldAt = environment.clock.now() + 10_000;
    ledger.mock
      .on(GetResourcePolicyCommand)
      .callsFake(() =>
        environment.clock.now() < toldAt
          ? { Policy: fenced, RevisionId: 'the former' }
          : policies.read(tableArn('orders')),
      );
    await expect(freezeHandler(both, environment)).resolves.toMatchObject({ writeFences: 1 });
    expect(policy()).toContain('RewindWriteFence');
  });

  it('is incomplete where another call of it has raised the fence meanwhile, and the next one goes on', async () => {
    const { environment, policy } = await fencedShop();
    let calls = 0;
    ledger.mock.on(DescribeTableCommand).callsFake(async () => {
      calls += 1;
      if (calls === 1) await freezeHandler(both, environment);
      return { Table: tableDescription('orders') };
    });
    await expect(freezeHandler(both, environment)).rejects.toMatchObject({
      name: 'FreezeIncomplete',
      message: expect.stringContaining('write fence of orders: Error: another call has raised it meanwhile'),
    });
    await expect(freezeHandler(both, environment)).resolves.toMatchObject({ writeFences: 1 });
    expect(policy()?.split('RewindWriteFence')).toHaveLength(2);
    await thawHandler(incident, environment);
    expect(policy()).toBe(POLICY);
  });

  it('refuses for good a fence that stays and that the incident has not put there', async () => {
    const { environment, policies, policy } = await fencedShop();
    const foreign = POLICY.replace('"Effect"', '"Sid":"RewindWriteFence","Effect"');
    policies.set(tableArn('orders'), foreign);
    await expect(freezeHandler(both, environment)).rejects.toMatchObject({
      name: 'FreezeRefused',
      message: expect.stringContaining('a statement RewindWriteFence that this incident has not put there'),
    });
    expect(policy()).toBe(foreign);
  });

  it('refuses for good a table that has been deleted', async () => {
    const { environment, tables } = await fencedShop();
    tables.delete('orders');
    await expect(freezeHandler(both, environment)).rejects.toMatchObject({
      name: 'FreezeRefused',
      message: expect.stringContaining('the table does not exist'),
    });
  });

  it('is incomplete while a repetition may do some of the rest', async () => {
    const { environment, lambda, tables } = await fencedShop();
    tables.delete('orders');
    lambda.on(PutFunctionConcurrencyCommand).rejects(awsError('AccessDeniedException'));
    await expect(freezeHandler(both, environment)).rejects.toMatchObject({
      name: 'FreezeIncomplete',
      message: expect.stringMatching(
        /^0 of 1 functions are frozen; start the incident again, .*the table does not exist/,
      ),
    });
  });

  it('refuses when nobody is named who may write on', async () => {
    const { environment } = await fencedShop({});
    await expect(freezeHandler(both, environment)).rejects.toMatchObject({
      name: 'FreezeRefused',
      message: expect.stringContaining('no role is named that may write on'),
    });
  });
});

describe('a thaw', () => {
  it('puts the policy back once, and counts it when it is called again', async () => {
    const { environment, policy } = await fencedShop();
    await freezeHandler(both, environment);
    expect(await thawHandler(incident, environment)).toMatchObject({ writeFences: 1, warnings: [] });
    expect(policy()).toBe(POLICY);
    const before = puts();
    expect(await thawHandler(incident, environment)).toMatchObject({ writeFences: 1, warnings: [] });
    expect(puts()).toBe(before);
  });

  it('says what is left while there is time to, and goes on from there', async () => {
    const { environment, policy, now } = await fencedShop();
    await freezeHandler(both, environment);
    environment.clock.advance(60_000);
    const short = { ...environment, deadline: environment.clock.now() + 35_000 };
    await expect(thawHandler(incident, short)).rejects.toMatchObject({ name: 'ThawIncomplete' });
    expect(environment.clock.now()).toBeLessThanOrEqual(short.deadline - 10_000);
    expect(policy()).toBe(POLICY);
    await expect(thawHandler(incident, environment)).resolves.toMatchObject({ functions: 1, writeFences: 1 });
    expect(now().functions).toEqual({ 'shop-a': {} });
  });

  it('takes a fence that is not seen for none only when it has looked for long enough', async () => {
    const { environment, policies, policy } = await fencedShop();
    await freezeHandler(both, environment);
    const fenced = policy();
    policies.set(tableArn('orders'), POLICY);
    const short = { ...environment, deadline: environment.clock.now() + 35_000 };
    await expect(thawHandler(incident, short)).rejects.toMatchObject({ name: 'ThawIncomplete' });
    expect(environment.clock.now()).toBeLessThanOrEqual(short.deadline - 10_000);
    // It was there all the while.
    policies.set(tableArn('orders'), fenced);
    await expect(thawHandler(incident, environment)).resolves.toMatchObject({ writeFences: 1 });
    expect(policy()).toBe(POLICY);
  });

  it('blames nobody for a policy that is back already and is told late', async () => {
    const { environment, policies, policy } = await fencedShop();
    await freezeHandler(both, environment);
    environment.clock.advance(60_000);
    const told = policies.read(tableArn('orders'));
    policies.set(tableArn('orders'), POLICY);
    const toldUntil = environment.clock.now() + 1000;
    ledger.mock
      .on(GetResourcePolicyCommand)
      .callsFake(() => (environment.clock.now() < toldUntil ? told : policies.read(tableArn('orders'))));
    await expect(thawHandler(incident, environment)).rejects.toMatchObject({
      name: 'ThawIncomplete',
      message: expect.not.stringContaining('somebody'),
    });
    environment.clock.advance(30_000);
    await expect(thawHandler(incident, environment)).resolves.toMatchObject({ writeFences: 1, warnings: [] });
    expect(policy()).toBe(POLICY);
  });

  it('takes a policy that is back already for what it is', async () => {
    const { environment, policies, policy } = await fencedShop();
    await freezeHandler(both, environment);
    policies.set(tableArn('orders'), POLICY);
    expect(await thawHandler(incident, environment)).toMatchObject({ writeFences: 1, warnings: [] });
    expect(policy()).toBe(POLICY);
  });

  it('counts out a table that has been deleted', async () => {
    const { environment, tables } = await fencedShop();
    await freezeHandler(both, environment);
    tables.delete('orders');
    expect(await thawHandler(incident, environment)).toMatchObject({ writeFences: 0, warnings: [] });
  });

  it('warns of many such tables in no more words than its answer has room for', async () => {
    const names = Array.from({ length: 22 }, (_, number) => `orders-${number}`);
    const { environment, policies, tables } = await fencedShop({
      tables: names.map((name) => ({ name, forensicBackup: false, writeFence: true })),
      fenceWriter: WRITER,
    });
    for (const name of names) tables.add(name);
    await freezeHandler({ ...incident, tables: names }, environment);
    for (const name of names) policies.set(tableArn(name), POLICY);
    const { warnings } = await thawHandler(incident, { ...environment, deadline: Infinity });
    expect(warnings).toHaveLength(21);
    expect(warnings.at(-1)).toBe('and 2 more resource policies were left as they are');
  });

  it('leaves what somebody else has put there, and warns of it', async () => {
    const { environment, policies, policy } = await fencedShop();
    await freezeHandler(both, environment);
    const other = POLICY.replace('GetItem', 'Query');
    policies.set(tableArn('orders'), other);
    expect(await thawHandler(incident, environment)).toMatchObject({
      writeFences: 0,
      warnings: [expect.stringContaining('the resource policy of orders was changed by somebody')],
    });
    expect(policy()).toBe(other);
  });

  it('fails for a policy that does not read back, and goes on with the functions', async () => {
    const { environment } = await fencedShop();
    await freezeHandler(both, environment);
    ledger.mock.on(GetResourcePolicyCommand).rejects(awsError('AccessDeniedException', 'not allowed'));
    await expect(thawHandler(incident, environment)).rejects.toMatchObject({
      name: 'ThawIncomplete',
      message: expect.stringContaining('functions 1'),
    });
    await expect(thawHandler(incident, environment)).rejects.toThrow(
      'write fence of orders: AccessDeniedException: not allowed',
    );
  });

  it('is incomplete when a function did not come back, though a policy was changed around the fence for good', async () => {
    const { environment, policies, policy, lambda } = await fencedShop();
    await freezeHandler(both, environment);
    policies.set(tableArn('orders'), (policy() ?? '').replace('GetItem', 'Query'));
    lambda.on(DeleteFunctionConcurrencyCommand).rejects(awsError('AccessDeniedException'));
    await expect(thawHandler(incident, environment)).rejects.toMatchObject({
      name: 'ThawIncomplete',
      message: expect.stringContaining('somebody has changed the policy around the fence'),
    });
  });
});
