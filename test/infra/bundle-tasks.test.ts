import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { bundleOf } from '../../infra/bundle-tasks.ts';
import { defaultProvider } from '../../infra/lambda-credentials.ts';
import { tasks } from '../../infra/tasks.ts';
import { incidentProof, incidentThaw } from '../support/incident-run.ts';

const names = tasks.map(({ taskName }) => taskName);
const folder = mkdtempSync(join(tmpdir(), 'rewind-bundles-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => 30_000 };

/** The services that tasks call beside DynamoDB. */
const BESIDE_DYNAMODB: Readonly<Record<string, readonly string[]>> = {
  AcquireLock: ['sfn'],
  Freeze: ['eventbridge', 'lambda', 'pipes', 'resourcegroupstaggingapi', 'scheduler'],
  Preflight: ['sfn'],
  PrepareDrill: ['sfn'],
  ReportDrill: ['s3'],
  Survey: ['eventbridge', 'lambda', 'pipes', 'resourcegroupstaggingapi', 'scheduler'],
  Thaw: ['eventbridge', 'lambda', 'pipes', 'scheduler'],
  WriteReport: ['s3'],
};

type LambdaHandler = (payload: unknown, context: object) => Promise<unknown>;

async function handlerOf(task: string): Promise<LambdaHandler> {
  const file = join(folder, `${task}.mjs`);
  writeFileSync(file, bundleOf(task));
  const bundle = (await import(pathToFileURL(file).href)) as { handler: LambdaHandler };
  return bundle.handler;
}

// Each invocation logs a line.
beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => {}));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test.each(names)('bundles %s into less than 400 KB', (task) => {
  expect(bundleOf(task).byteLength).toBeLessThan(400_000);
});

test.each(names)('the bundle of %s carries no client that the task does not call', (task) => {
  const code = new TextDecoder().decode(bundleOf(task));
  const carried = new Set(
    [
      ...code.matchAll(
        /"com\.amazonaws\.(dynamodb|eventbridge|lambda|pipes|resourcegroupstaggingapi|s3|scheduler|sfn)"/g,
      ),
    ].map(([, name]) => name),
  );
  expect(carried).toEqual(new Set(['dynamodb', ...(BESIDE_DYNAMODB[task] ?? [])]));
});

test.each(names)('the bundle of %s has nothing that encodes streams of events', (task) => {
  expect(new TextDecoder().decode(bundleOf(task))).not.toContain('message checksum');
});

test.each(names)('loads the bundle of %s, which then asks for its configuration', async (task) => {
  const handler = await handlerOf(task);
  await expect(handler({}, context)).rejects.toMatchObject({
    name: 'InvalidConfiguration',
    message: expect.stringContaining('REWIND_SYSTEM: is not set'),
  });
});

interface Answer {
  readonly status?: number;
  readonly body: object;
}

/** Stands in for AWS's endpoints, and gives a function's environment that leads there. @returns what was asked. */
async function aws(system: object, answer: (request: IncomingMessage) => Answer): Promise<IncomingMessage[]> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const { status = 200, body } = answer(request);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'ROLEKEY');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  vi.stubEnv(
    'REWIND_SYSTEM',
    JSON.stringify({ ledgerTable: 'ledger', tables: [{ name: 'orders' }], ...system }),
  );
  return requests;
}

test('calls AWS from a bundle with the credentials that Lambda gives the function', async () => {
  const requests = await aws({ functions: { prefix: 'shop-' } }, ({ headers }) =>
    headers['x-amz-target'] === 'DynamoDB_20120810.DeleteItem'
      ? {
          status: 400,
          body: { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' },
        }
      : { body: {} },
  );
  const release = await handlerOf('ReleaseLock');
  const answer = await release({ incidentId: 'upload-7', executionArn: 'someone-else' }, context);
  expect(answer).toEqual({ released: false });
  expect(requests.map(({ headers }) => headers)).toMatchObject([
    { 'x-amz-target': 'DynamoDB_20120810.GetItem' },
    { 'x-amz-target': 'DynamoDB_20120810.Query' },
    {
      'x-amz-target': 'DynamoDB_20120810.DeleteItem',
      'x-amz-security-token': 'session',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=ROLEKEY\/\d{8}\/us-east-1\/dynamodb\//,
      ),
    },
  ]);
});

/** Answers by the operation's target, or by the path where a service has no targets; anything else is refused. */
const answering =
  (answers: Readonly<Record<string, object>>) =>
  ({ headers, url = '' }: IncomingMessage): Answer => {
    const body = answers[String(headers['x-amz-target'] ?? url.split('?')[0])];
    return body === undefined ? { status: 400, body: {} } : { body };
  };

test('reads what each service answers in the bundle that carries most clients', async () => {
  const own = { FunctionName: 'rewind-own' };
  const arn = 'arn:aws:lambda:us-east-1:123456789012:function:shop-1';
  const system = { functions: { tags: [{ key: 'app', value: 'shop' }] }, ownFunctions: [own.FunctionName] };
  const requests = await aws(
    system,
    answering({
      '/2015-03-31/functions': { Functions: [own, { FunctionName: 'shop-1', FunctionArn: arn }] },
      '/2015-03-31/functions/rewind-own': { Concurrency: { ReservedConcurrentExecutions: 0 } },
      '/2015-03-31/functions/shop-1': {},
      '/2015-03-31/event-source-mappings': { EventSourceMappings: [] },
      'ResourceGroupsTaggingAPI_20170126.GetResources': {
        PaginationToken: '',
        ResourceTagMappingList: [{ ResourceARN: arn, Tags: [{ Key: 'app', Value: 'shop' }] }],
      },
      '/v1/pipes': { Pipes: [{ Name: 'to-shop', Target: arn }] },
      '/schedules': { Schedules: [{ Name: 'nightly', GroupName: 'default', Target: { Arn: arn } }] },
      'AWSEvents.ListEventBuses': { EventBuses: [{ Name: 'default' }] },
      'AWSEvents.ListRules': {
        Rules: [{ Name: 'hourly', State: 'ENABLED', ScheduleExpression: 'rate(1 hour)' }],
      },
      'AWSEvents.ListTargetsByRule': { Targets: [{ Id: '1', Arn: arn }] },
      'DynamoDB_20120810.Query': { Items: [] },
      'DynamoDB_20120810.GetItem': {},
      'DynamoDB_20120810.DescribeTable': {
        Table: {
          TableName: 'orders',
          Replicas: [{ RegionName: 'eu-west-1' }],
          GlobalTableVersion: '2019.11.21',
        },
      },
      'DynamoDB_20120810.DescribeKinesisStreamingDestination': {
        KinesisDataStreamDestinations: [{ StreamArn: 'arn:of:stream/audit', DestinationStatus: 'ACTIVE' }],
      },
    }),
  );
  const survey = await handlerOf('Survey');
  await expect(survey({ incidentId: 'upload-7', tables: ['orders'] }, context)).resolves.toMatchObject({
    faults: [expect.stringContaining('rewind-own belongs to this system and has reserved concurrency 0')],
    functions: 1,
    warnings: [
      expect.stringContaining('the pipes to-shop'),
      expect.stringContaining('the schedules default/nightly'),
      expect.stringContaining('the scheduled rules default/hourly'),
      expect.stringContaining('orders has replicas (eu-west-1)'),
      expect.stringContaining('orders streams to Kinesis (audit)'),
    ],
  });
  const listings = requests.flatMap(({ url = '' }) => (/^\/(v1|schedules)/.test(url) ? [url] : []));
  expect(listings.sort()).toEqual([
    '/schedules?MaxResults=100&State=ENABLED',
    '/v1/pipes?DesiredState=RUNNING&Limit=100',
  ]);
});

test('learns from a bundle whether another recovery runs, and whether a key may be used', async () => {
  const lock = { incidentId: 'other-1', executionArn: 'arn:other', expiresAt: '2099-01-01T00:00:00Z' };
  await aws(
    { functions: { prefix: 'shop-' } },
    answering({
      'DynamoDB_20120810.GetItem': {
        Item: Object.fromEntries(Object.entries(lock).map(([name, S]) => [name, { S }])),
      },
      'DynamoDB_20120810.Query': { Items: [] },
      'AWSStepFunctions.DescribeExecution': { status: 'RUNNING' },
      'DynamoDB_20120810.DescribeTable': {
        Table: { TableName: 'orders', TableStatus: 'ACTIVE', SSEDescription: { KMSMasterKeyArn: 'arn:key' } },
      },
      'DynamoDB_20120810.DescribeContinuousBackups': {},
      'TrentService.DescribeKey': { KeyMetadata: { KeyId: 'key', KeyState: 'PendingDeletion' } },
    }),
  );
  const preflight = await handlerOf('Preflight');
  const request = {
    incidentId: 'upload-7',
    executionArn: 'arn:mine',
    restorePoint: '2026-01-02T03:04:05Z',
    tables: [{ name: 'orders', confirm: 'orders' }],
    faults: ['functions: none is in scope'],
    warnings: [],
  };
  const refusal = await preflight(request, context).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ name: 'PreflightRefused' });
  expect(String(refusal)).toContain('functions: none is in scope');
  expect(String(refusal)).toContain('lock: held by incident other-1');
  expect(String(refusal)).toContain('the key arn:key that encrypts orders is PendingDeletion');
});

test('reads the credentials anew whenever it is asked', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'FIRST');
  const provider = defaultProvider();
  expect(await provider()).toMatchObject({ accessKeyId: 'FIRST' });
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'SECOND');
  expect(await provider()).toMatchObject({ accessKeyId: 'SECOND' });
});

test('puts a report into a bucket from a bundle', async () => {
  const Item = {
    state: { S: 'verified' },
    openedAt: { S: incidentProof.lockedAt },
    verifiedAt: { S: incidentProof.passedAt },
    proof: { S: JSON.stringify(incidentProof) },
  };
  const bodies: Promise<string>[] = [];
  const requests = await aws(
    { functions: { prefix: 'shop-' }, reportBucket: { name: 'reports', prefix: 'shop' } },
    (request) => {
      if (request.method === 'PUT') bodies.push(read(request));
      if (request.headers['x-amz-target']?.toString().endsWith('GetItem') === true) return { body: { Item } };
      return { body: { Items: [] } };
    },
  );
  const handler = await handlerOf('WriteReport');
  await expect(handler(incidentThaw, context)).resolves.toMatchObject({ incidentId: 'bad-import' });
  const puts = requests.filter(({ method }) => method === 'PUT');
  expect(puts.map(({ url, headers }) => [url?.replace(/\?.*/, ''), headers['content-type']])).toEqual([
    ['/reports/shop/bad-import/report.json', 'application/json'],
    ['/reports/shop/bad-import/report.html', 'text/html; charset=utf-8'],
  ]);
  for (const { headers } of puts) expect(headers.authorization).toContain('Credential=ROLEKEY/');
  const [json = '', page] = await Promise.all(bodies);
  expect(JSON.parse(json)).toMatchObject({ incidentId: 'bad-import', warnings: [] });
  expect(page).toMatch(/^<!doctype html>/);
});

async function read(request: IncomingMessage): Promise<string> {
  const chunks = await request.toArray();
  return Buffer.concat(chunks as Buffer[]).toString();
}
