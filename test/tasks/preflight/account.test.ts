import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { KeyState } from '@aws-sdk/client-kms';
import { beforeEach, describe, expect, it } from 'vitest';
import { preflightHandler } from '../../../src/tasks/preflight/handler.ts';
import { encryptionKeys } from '../../support/encryption-keys.ts';
import { awsError } from '../../support/lambda-application.ts';

import { preflightedTables, request } from './preflighted-tables.ts';

const world = preflightedTables();
const { describes, window, environmentOf, refusal } = world;

describe('the keys that encrypt the tables', () => {
  const key = (name: string) => `arn:aws:kms:us-east-1:123456789012:key/${name}`;
  const encrypted = (name: string, by: string) =>
    describes(name, { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: key(by) } });
  beforeEach(() => {
    encrypted('orders', 'shared');
    encrypted('clients', 'shared');
  });

  it('are asked for once each, and may be used when they are Enabled', async () => {
    const { client, mock } = encryptionKeys({ [key('shared')]: 'Enabled' });
    const plan = await preflightHandler(request, environmentOf({ kms: client }));
    expect(plan.warnings.join()).not.toContain('key');
    expect(mock.calls()).toHaveLength(1);
  });

  it.each<[KeyState, string]>([
    ['Disabled', 'enable it'],
    ['PendingDeletion', 'cancel its deletion, and enable it'],
    ['PendingReplicaDeletion', 'cancel its deletion, and enable it'],
    ['PendingImport', 'import its key material again'],
    ['Unavailable', 'connect its custom key store again'],
    ['Creating', 'wait until it is Enabled'],
    ['Updating', 'wait until it is Enabled'],
    ['Melting' as KeyState, 'see that it is Enabled'],
  ])('are refused in the state %s, for every table, with the remedy', async (state, remedy) => {
    encrypted('clients', 'own');
    const { client: kms } = encryptionKeys({ [key('shared')]: 'Enabled', [key('own')]: state });
    const message = await refusal({}, environmentOf({ kms }));
    expect(message).toContain(
      `tables[1].name: the key ${key('own')} that encrypts clients is ${state}, and the restore needs it; ` +
        `${remedy}, and start again`,
    );
    expect(message).not.toContain('encrypts orders');
  });

  it('are refused when they are gone, beside what else is wrong with the table', async () => {
    window('orders', '2026-11-22T04:00:00Z', '2026-11-22T11:55:00Z');
    const { client: kms } = encryptionKeys({ [key('shared')]: awsError('NotFoundException') });
    const message = await refusal({}, environmentOf({ kms }));
    expect(message).toContain(`tables[0].name: the key ${key('shared')} that encrypts orders does not exist`);
    expect(message).toContain(
      `tables[1].name: the key ${key('shared')} that encrypts clients does not exist`,
    );
    expect(message).toMatch(/^- tables\[0\]\.name: .*2026-11-22T04:00:00Z/m);
  });

  it('are a warning when nobody may look at them', async () => {
    const { warnings } = await preflightHandler(request, environmentOf());
    expect(warnings).toContainEqual(
      'tables: whether the keys that encrypt orders, clients can be used is not known (kms:DescribeKey was denied); ' +
        'an AWS managed key always can, a customer managed key must be named in the deployment, or the restore fails',
    );
  });

  it.each([
    ['are refused', {}, false],
    ['are a warning', { keyNamed: true }, true],
  ])('of a sensitive table %s when nobody may look at them, given %j', async (_what, more, isPlanned) => {
    const environment = environmentOf({
      system: {
        tables: [{ name: 'orders' }, { name: 'clients', sensitive: true, ...more }],
        copyReaders: ['arn:aws:iam::123456789012:role/PlanSegment'],
      },
    });
    const told = isPlanned
      ? (await preflightHandler(request, environment)).warnings.join('\n')
      : await refusal({}, environment);
    const named = `clients is sensitive, and its key ${key('shared')} is not named in the deployment`;
    expect(told.includes(`tables[1].name: ${named}`)).toBe(!isPlanned);
    expect(told.includes('whether the keys that encrypt orders, clients can be used is not known')).toBe(
      isPlanned,
    );
  });

  it('end the preflight when KMS does not answer', async () => {
    const { client: kms } = encryptionKeys({ [key('shared')]: awsError('KMSInternalException') });
    await expect(preflightHandler(request, environmentOf({ kms }))).rejects.toThrow('KMSInternalException');
  });
});

describe('the tables that an account may have', () => {
  /** An account with so many tables, which are told a hundred at a time. */
  function has(tables: number) {
    world.ledger.mock.on(ListTablesCommand).callsFake(({ ExclusiveStartTableName: after }) => {
      const before = after === undefined ? 0 : Number(after);
      const page = Math.min(100, tables - before);
      const next = before + page;
      return {
        TableNames: Array.from({ length: page }, (_, index) => String(before + index)),
        LastEvaluatedTableName: next < tables ? String(next) : undefined,
      };
    });
  }
  const warnings = async () => (await preflightHandler(request, environmentOf())).warnings.join();

  it.each([2499, 2500])('are a warning when %i leave no room for the restored ones', async (tables) => {
    has(tables);
    expect(await warnings()).toContain(
      `tables: this account has ${tables} tables in this region and 2 are to be restored beside them, more than the ` +
        '2500 that DynamoDB allows unless the quota was raised; raise it, or delete tables that nobody needs',
    );
  });

  it.each([2498, 2501, 9000])(
    'are none when %i leave room, or show that the quota was raised',
    async (tables) => {
      has(tables);
      expect(await warnings()).not.toContain('this account has');
      expect(world.ledger.mock.commandCalls(ListTablesCommand).length).toBeLessThanOrEqual(26);
    },
  );

  it('are not asked after where that is denied', async () => {
    world.ledger.mock.on(ListTablesCommand).rejects(awsError('AccessDeniedException'));
    expect(await warnings()).not.toContain('this account has');
    world.ledger.mock.on(ListTablesCommand).rejects(awsError('InternalServerError'));
    await expect(warnings()).rejects.toThrow('InternalServerError');
  });
});

it('refuses what would not fit into the payloads of an execution', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `${'n'.repeat(200)}${100 + index}`);
  for (const name of names) {
    describes(name);
    window(name, '2026-10-20T00:00:00Z', '2026-11-22T11:55:00Z');
  }
  const environment = environmentOf({ system: { tables: names.map((name) => ({ name })) } });
  const tables = names.map((name) => ({ name, confirm: name }));
  expect(await refusal({ tables }, environment)).toMatch(
    /- tables: what the execution has to keep of these 100 takes up to \d{6} bytes, and the payload of a state has room for 256000; name fewer tables in one recovery$/,
  );
});
