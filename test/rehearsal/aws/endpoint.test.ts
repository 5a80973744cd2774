import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { startEmbeddedAws } from '../../../src/rehearsal/aws/embedded-aws.ts';
import { putAll, recoverableTable, refusalOf, rehearsedAccount, start } from './rehearsed-account.ts';

function call(endpoint: string, target: string, body: string): Promise<Response> {
  return fetch(endpoint, { method: 'POST', headers: { 'x-amz-target': target }, body });
}

test('listens on loopback only', async () => {
  const { aws } = await rehearsedAccount();
  expect(aws.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('refuses a body that is not JSON and a service that it does not have', async () => {
  const { aws } = await rehearsedAccount();
  const garbled = await call(aws.endpoint, 'DynamoDB_20120810.Scan', '{');
  expect(garbled.status).toBe(400);
  expect(await garbled.json()).toMatchObject({
    __type: 'com.amazonaws.dynamodb.v20120810#SerializationException',
  });
  const foreign = await call(aws.endpoint, 'AmazonSSM.GetParameter', '{}');
  expect(foreign.status).toBe(501);
  expect(await foreign.json()).toMatchObject({ __type: 'UnknownOperationException' });
});

test('survives a request that is no request, and refuses one that is too large', async () => {
  const { aws } = await rehearsedAccount();
  expect(await refusalOf(fetch(`${aws.endpoint}//`))).toMatchObject({ name: 'TypeError' });
  expect((await fetch(`${aws.endpoint}/%E0%A4%A`)).status).toBe(501);
  const large = await call(aws.endpoint, 'DynamoDB_20120810.ListTables', ' '.repeat(33 * 1024 * 1024));
  expect(large.status).toBe(413);
  expect((await call(aws.endpoint, 'DynamoDB_20120810.ListTables', '{}')).status).toBe(200);
});

test('keeps what one account holds from another', async () => {
  const [left, right] = await Promise.all([rehearsedAccount(), rehearsedAccount()]);
  await recoverableTable(left, 'orders');
  expect((await right.dynamodb.send(new ListTablesCommand({}))).TableNames).toEqual([]);
});

test('carries items of 390 KB', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'documents');
  const items = Array.from({ length: 12 }, (_, index) => ({
    id: { S: `document-${index}` },
    text: { S: 'ü'.repeat(195 * 1024) },
  }));
  await putAll(account, 'documents', items);
  expect(account.aws.contentAt('documents', start)).toEqual(await account.aws.contentNow('documents'));
  expect(account.aws.contentAt('documents', start).size).toBe(12);
});

test('answers nothing once it is closed', async () => {
  const aws = await startEmbeddedAws({ clock: { now: () => start } });
  await call(aws.endpoint, 'DynamoDB_20120810.ListTables', '{}');
  await aws.close();
  expect(await refusalOf(call(aws.endpoint, 'DynamoDB_20120810.ListTables', '{}'))).toMatchObject({
    name: 'TypeError',
  });
});
