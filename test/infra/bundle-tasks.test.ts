import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bundleOf } from '../../infra/bundle-tasks.ts';
import { defaultProvider } from '../../infra/lambda-credentials.ts';
import { tasks } from '../../infra/tasks.ts';

const names = tasks.map(({ taskName }) => taskName);
const folder = mkdtempSync(join(tmpdir(), 'rewind-bundles-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => 30_000 };

type LambdaHandler = (payload: unknown, context: object) => Promise<unknown>;

async function handlerOf(task: string): Promise<LambdaHandler> {
  const file = join(folder, `${task}.mjs`);
  writeFileSync(file, bundleOf(task));
  const bundle = (await import(pathToFileURL(file).href)) as { handler: LambdaHandler };
  return bundle.handler;
}

// Each invocation logs a line.
beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => {}));
afterEach(() => void vi.unstubAllEnvs());

test.each(names)('bundles %s into less than 430 KB', (task) => {
  expect(bundleOf(task).byteLength).toBeLessThan(430_000);
});

test.each(names)('loads the bundle of %s, which then asks for its configuration', async (task) => {
  const handler = await handlerOf(task);
  await expect(handler({}, context)).rejects.toMatchObject({
    name: 'InvalidConfiguration',
    message: expect.stringContaining('REWIND_SYSTEM: is not set'),
  });
});

test('calls AWS from a bundle with the credentials that Lambda gives the function', async () => {
  const requests: IncomingHttpHeaders[] = [];
  const dynamodb = createServer((request, response) => {
    requests.push(request.headers);
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end('{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"}');
  });
  await new Promise<void>((listening) => dynamodb.listen(0, '127.0.0.1', listening));
  const { port } = dynamodb.address() as AddressInfo;
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'ROLEKEY');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  vi.stubEnv(
    'REWIND_SYSTEM',
    JSON.stringify({ ledgerTable: 'ledger', tables: [{ name: 'orders' }], functions: { prefix: 'shop-' } }),
  );
  const release = await handlerOf('ReleaseLock');
  const answer = await release({ incidentId: 'upload-7', executionArn: 'someone-else' }, context);
  dynamodb.close();
  expect(answer).toEqual({ released: false });
  expect(requests).toMatchObject([
    {
      'x-amz-target': 'DynamoDB_20120810.DeleteItem',
      'x-amz-security-token': 'session',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=ROLEKEY\/\d{8}\/us-east-1\/dynamodb\//,
      ),
    },
  ]);
});

test('reads the credentials anew whenever it is asked', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'FIRST');
  const provider = defaultProvider();
  expect(await provider()).toMatchObject({ accessKeyId: 'FIRST' });
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'SECOND');
  expect(await provider()).toMatchObject({ accessKeyId: 'SECOND' });
});
