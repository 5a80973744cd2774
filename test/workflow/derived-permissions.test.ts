import { describe, expect, it } from 'vitest';
import { compile } from '../../src/dsl/compiler/compile.ts';
import { policyFromPermissions } from '../../src/dsl/compiler/permissions/policy-from-permissions.ts';
import { RolePolicy } from '../../src/dsl/simulator/iam/role-policy.ts';
import { allWorkflows } from '../../src/workflow/all-workflows.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { recoveryWorld, RESTORE_POINT } from '../support/recovery-world.ts';
import { sensitiveItems } from '../support/sensitive-items.ts';

const ledger = freshLedger();

const account = '123456789012';
const compiled = allWorkflows.map((workflow) => compile(workflow));
const damaged = { good: sensitiveItems(10, 12), damaged: sensitiveItems(10, 12, 'spoilt') };

/** A recovery under the permissions that the compiler derives, each machine with its own. */
function derived(leftOut?: string) {
  const policies = Object.fromEntries(
    compiled.map(({ name, permissions }) => {
      const kept = permissions.map((one) => ({
        ...one,
        actions: one.actions.filter((action) => action !== leftOut),
      }));
      const stated = kept.filter(({ actions }) => actions.length > 0);
      return [name, new RolePolicy(policyFromPermissions(stated, { account }))];
    }),
  );
  const machines = Object.fromEntries(compiled.map(({ name, machine }) => [name, machine]));
  const world = recoveryWorld(ledger, {
    tables: { orders: damaged, clients: damaged },
    system: {
      tables: [{ name: 'orders' }, { name: 'clients', sensitive: true }],
      copyReaders: [`arn:aws:iam::${account}:role/VerifySensitiveSegment`],
    },
    deployment: { account, machines, nameOf: (name) => name, policies },
  });
  return { world, policies };
}

describe('the permissions that the compiler derives', () => {
  it('are enough for a whole recovery and a drill, and all of them are used but those for stopping and redriving', async () => {
    const { world, policies } = derived();
    expect(await world.drill({ restorePoint: RESTORE_POINT })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    const unused = Object.entries(policies).flatMap(([machine, policy]) =>
      policy
        .unused()
        .map(({ action, resource }) => `${machine}: ${action} on ${resource.split(':').slice(5).join(':')}`),
    );
    expect(unused.sort()).toEqual([
      // What ends well stops nothing and redrives nothing.
      'Drill: states:StopExecution on execution:PlanTable:*',
      'Drill: states:StopExecution on execution:RestoreTable:*',
      'PlanTable: states:RedriveExecution on execution:PlanTable/*',
      'PlanTable: states:StopExecution on execution:PlanTable/*',
      'PlanTable: states:StopExecution on execution:PlanTable:*',
      'ResetTable: states:RedriveExecution on execution:ResetTable/*',
      'ResetTable: states:StopExecution on execution:ResetTable/*',
      'ResetTable: states:StopExecution on execution:ResetTable:*',
      // The copy of the sensitive table could be protected.
      'RestoreTable: dynamodb:DeleteTable on ',
      // No person is asked in this one; the topic is the deployment's.
      'Rewind: sns:Publish on ',
      'Rewind: states:StopExecution on execution:BackUpTable:*',
      'Rewind: states:StopExecution on execution:ProveQuiet:*',
      'Rewind: states:StopExecution on execution:ResetTable:*',
      'Rewind: states:StopExecution on execution:RestoreTable:*',
      'Rewind: states:StopExecution on execution:VerifyTable:*',
      'VerifyTable: states:RedriveExecution on execution:VerifyTable/*',
      'VerifyTable: states:StopExecution on execution:VerifyTable/*',
      'VerifyTable: states:StopExecution on execution:VerifyTable:*',
    ]);
    expect(Object.values(policies).flatMap((policy) => [...policy.refused(), ...policy.unchecked()])).toEqual(
      [],
    );
  });

  it.each([
    ['dynamodb:RestoreTableToPointInTime', 'DynamoDb.DynamoDbException'],
    ['dynamodb:BatchWriteItem', 'DynamoDb.DynamoDbException'],
    ['dynamodb:DescribeBackup', 'DynamoDb.DynamoDbException'],
    ['states:DescribeExecution', 'StepFunctions.AWSStepFunctionsException'],
  ])('are all needed: without %s a recovery is undone', async (action, error) => {
    const { world } = derived(action);
    const before = world.settings();
    const result = await world.run();
    expect(result).toMatchObject({ status: 'FAILED', error });
    expect(result.cause).toContain(`is not authorized to perform: ${action} on resource: arn:aws:`);
    expect(result.cause).toContain('[undone: frozen, locked]');
    expect(world.settings()).toEqual(before);
  });
});
