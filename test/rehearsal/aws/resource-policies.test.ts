import {
  BatchWriteItemCommand,
  DeleteResourcePolicyCommand,
  DeleteTableCommand,
  DynamoDBClient,
  GetItemCommand,
  GetResourcePolicyCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fencedPolicy } from '../../../src/tasks/fence/fenced-policy.ts';
import {
  recoverableTable,
  type RehearsedAccount,
  rehearsedAccount,
  refusalOf,
  second,
} from './rehearsed-account.ts';

const ORDERS = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
const Policy = fencedPolicy(undefined, {
  table: ORDERS,
  writer: 'arn:aws:iam::000000000000:role/rewind-reset',
});
const Item = { id: { S: '1' } };

async function accountWithOrders(): Promise<RehearsedAccount> {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  return account;
}

const put = ({ dynamodb }: RehearsedAccount, asked: { Policy?: string; ExpectedRevisionId?: string } = {}) =>
  dynamodb.send(new PutResourcePolicyCommand({ ResourceArn: ORDERS, Policy, ...asked }));
const get = ({ dynamodb }: RehearsedAccount, ResourceArn = ORDERS) =>
  dynamodb.send(new GetResourcePolicyCommand({ ResourceArn }));

describe('the resource policy of a table', () => {
  it('is kept to the letter, and told some seconds late', async () => {
    const account = await accountWithOrders();
    const { RevisionId } = await put(account);
    expect((await refusalOf(get(account))).name).toBe('PolicyNotFoundException');
    account.clock.pass(4 * second);
    expect(await get(account)).toMatchObject({ Policy, RevisionId });
  });

  it('changes only from the revision that is expected, and not again within fifteen seconds', async () => {
    const account = await accountWithOrders();
    const { RevisionId = '' } = await put(account, { ExpectedRevisionId: 'NO_POLICY' });
    const other = { Policy: Policy.replace('RewindWriteFence', 'Other') };
    expect((await refusalOf(put(account, { ...other, ExpectedRevisionId: 'NO_POLICY' }))).name).toBe(
      'PolicyNotFoundException',
    );
    const remove = () =>
      account.dynamodb.send(
        new DeleteResourcePolicyCommand({ ResourceArn: ORDERS, ExpectedRevisionId: RevisionId }),
      );
    expect((await refusalOf(remove())).name).toBe('ResourceInUseException');
    account.clock.pass(15 * second);
    await remove();
    account.clock.pass(4 * second);
    expect((await refusalOf(get(account))).name).toBe('PolicyNotFoundException');
  });

  it('lets the role that it excepts write, refuses every other one, and refuses nobody to read', async () => {
    const account = await accountWithOrders();
    await put(account);
    const clientOf = (role: string) => {
      const client = new DynamoDBClient({
        endpoint: account.aws.endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId: role, secretAccessKey: 'dummy' },
      });
      onTestFinished(() => client.destroy());
      return client;
    };
    await clientOf('rewind-reset').send(new PutItemCommand({ TableName: 'orders', Item }));
    const shop = clientOf('shop');
    const refused = {
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        /^User: arn:aws:iam::000000000000:role\/shop is not .* dynamodb:PutItem on resource: .*table\/orders/,
      ),
    };
    expect(await refusalOf(shop.send(new PutItemCommand({ TableName: 'orders', Item })))).toEqual(refused);
    expect(await refusalOf(shop.send(new PutItemCommand({ TableName: ORDERS, Item })))).toEqual(refused);
    const RequestItems = { orders: [{ PutRequest: { Item } }] };
    expect((await refusalOf(shop.send(new BatchWriteItemCommand({ RequestItems })))).name).toBe(
      'AccessDeniedException',
    );
    expect((await shop.send(new GetItemCommand({ TableName: 'orders', Key: Item }))).Item).toEqual(Item);
  });

  it('goes with its table, and belongs to a table that there is', async () => {
    const account = await accountWithOrders();
    await put(account);
    await account.dynamodb.send(new DeleteTableCommand({ TableName: 'orders' }));
    expect((await refusalOf(get(account))).name).toBe('ResourceNotFoundException');
    await recoverableTable(account, 'orders');
    expect((await refusalOf(get(account))).name).toBe('PolicyNotFoundException');
  });
});
