import { PutResourcePolicyCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { ITEM_WRITES } from '../../../src/tasks/fence/fenced-policy.ts';
import { protectCopyHandler } from '../../../src/tasks/protect-copy/handler.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { awsError } from '../../support/lambda-application.ts';
import { TablePolicyStore } from '../../support/table-policies.ts';
import { tableArn } from '../../support/table-description.ts';
import { taskEnvironment } from '../../support/task-environment.ts';

const READERS = ['PlanSegment', 'VerifySegment'].map((name) => `arn:aws:iam::123456789012:role/${name}`);
const request = { tableArn: tableArn('clients'), restoredName: 'rewind-clients' };
const copy = tableArn('rewind-clients');

const ledger = freshLedger();

/** A copy that is made, or so many seconds before it is. */
function restored({ madeIn = 0, refusal = 'ResourceInUseException' } = {}) {
  const environment = taskEnvironment(ledger, {
    system: { tables: [{ name: 'clients', sensitive: true }], copyReaders: READERS },
  });
  const { clock } = environment;
  const madeAt = clock.now() + madeIn * 1000;
  const policies = new TablePolicyStore(() => clock.now());
  policies.serve(ledger.mock, (arn) => {
    if (arn === copy && clock.now() < madeAt) throw awsError(refusal);
    return arn === copy;
  });
  return { environment, policies, madeAt };
}

describe('the policy of a copy', () => {
  const allows = async (principal: string, action: string) => {
    const { environment, policies } = restored();
    await protectCopyHandler(request, environment);
    return policies.allows(copy, principal, action);
  };

  it.each(['BatchGetItem', 'ConditionCheckItem', 'GetItem', 'PartiQLSelect', 'Query', 'Scan'])(
    'lets the recovery and nobody else %s',
    async (name) => {
      expect(await allows(READERS[0] ?? '', `dynamodb:${name}`)).toBe(true);
      expect(await allows('arn:aws:iam::123456789012:role/Admin', `dynamodb:${name}`)).toBe(false);
    },
  );

  it.each([
    'CreateBackup',
    'EnableKinesisStreamingDestination',
    'ExportTableToPointInTime',
    'RestoreTableToPointInTime',
    'UpdateContinuousBackups',
    'UpdateTable',
    ...ITEM_WRITES.map((action) => action.replace('dynamodb:', '')),
  ])('lets nobody %s, not the recovery either', async (name) => {
    expect(await allows(READERS[0] ?? '', `dynamodb:${name}`)).toBe(false);
    expect(await allows('arn:aws:iam::123456789012:role/Admin', `dynamodb:${name}`)).toBe(false);
  });

  it.each(['DeleteTable', 'DescribeTable', 'GetResourcePolicy', 'PutResourcePolicy', 'DeleteResourcePolicy'])(
    'leaves %s to whoever may do it',
    async (name) =>
      expect(await allows('arn:aws:iam::123456789012:role/Rewind', `dynamodb:${name}`)).toBe(true),
  );
});

describe('a copy', () => {
  it.each(['ResourceInUseException', 'ResourceNotFoundException'])(
    'that answers %s while it is being made is asked until it takes the policy',
    async (refusal) => {
      const { environment, policies, madeAt } = restored({ madeIn: 300, refusal });
      await expect(protectCopyHandler(request, environment)).resolves.toEqual({ protected: true });
      expect(policies.get(copy)).toContain('RewindCopyReaders');
      // Half a minute at most, that is, in which it could be read.
      expect(environment.clock.now() - madeAt).toBeLessThan(30_000);
    },
  );

  it('that is not made in the time of one call is to be asked again', async () => {
    const { environment, policies } = restored({ madeIn: 3600 });
    await expect(protectCopyHandler(request, environment)).resolves.toEqual({ protected: false });
    expect(environment.clock.now()).toBeLessThan(environment.deadline);
    expect(policies.get(copy)).toBeUndefined();
  });

  it('that is not made in the time of one call that nobody waits for has Lambda call again', async () => {
    const { environment, policies } = restored({ madeIn: 3600 });
    await expect(protectCopyHandler({ ...request, unawaited: true }, environment)).rejects.toMatchObject({
      name: 'CopyUnprotected',
    });
    expect(environment.clock.now()).toBeLessThan(environment.deadline);
    expect(policies.get(copy)).toBeUndefined();
  });

  it('that an earlier try has protected is left as it is', async () => {
    const { environment } = restored();
    await protectCopyHandler(request, environment);
    environment.clock.advance(60_000);
    await expect(protectCopyHandler(request, environment)).resolves.toEqual({ protected: true });
    expect(ledger.mock.commandCalls(PutResourcePolicyCommand)).toHaveLength(1);
  });

  it('that somebody gave another policy gets this one', async () => {
    const { environment, policies } = restored();
    policies.set(
      copy,
      JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }),
    );
    await expect(protectCopyHandler(request, environment)).resolves.toEqual({ protected: true });
    expect(policies.allows(copy, 'arn:aws:iam::123456789012:role/Admin', 'dynamodb:Scan')).toBe(false);
  });

  it('whose policy is another one again at once is not taken for protected', async () => {
    const { environment, policies } = restored();
    const ofOthers = JSON.stringify({ Statement: [] });
    ledger.mock.on(PutResourcePolicyCommand).callsFake(() => {
      policies.set(copy, ofOthers);
      return { RevisionId: 'mine' };
    });
    await expect(protectCopyHandler(request, environment)).rejects.toMatchObject({
      name: 'CopyUnprotected',
      message: expect.stringContaining('the resource policy of rewind-clients was put and is not'),
    });
  });

  it('must be named like one: the policy of a live table is never touched', async () => {
    const { environment } = restored();
    await expect(
      protectCopyHandler({ ...request, restoredName: 'clients' }, environment),
    ).rejects.toMatchObject({ name: 'CopyUnprotected' });
    expect(ledger.mock.commandCalls(PutResourcePolicyCommand)).toEqual([]);
  });
});
