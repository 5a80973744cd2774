import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { echo, roleArn, type ServedEndpoint, servedEndpoint } from '../../support/served-endpoint.ts';

let served: ServedEndpoint;
beforeAll(async () => {
  served = await servedEndpoint();
});
afterAll(() => served.close());

interface Sent {
  readonly action?: string;
  readonly body?: string;
  readonly headers?: { readonly [name: string]: string };
}

/** A request as it goes over the wire; `fetch` would not send any Host. */
function send({ action = 'ListStateMachines', body = '{}', headers = {} }: Sent) {
  const { hostname, port } = new URL(served.url);
  const target = {
    'x-amz-target': `AWSStepFunctions.${action}`,
    'content-type': 'application/x-amz-json-1.0',
  };
  return new Promise<{ status: number; headers: object; body: { [member: string]: unknown } }>(
    (resolve, reject) => {
      const sent = httpRequest(
        { hostname, port, method: 'POST', headers: { ...target, ...headers } },
        (answer) => {
          let text = '';
          answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              body: JSON.parse(text) as { [member: string]: unknown },
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    },
  );
}

describe('the wire', () => {
  it('has timestamps as seconds since the epoch, and an id for each answer', async () => {
    const body = JSON.stringify({ name: 'M', definition: JSON.stringify(echo), roleArn });
    const { status, headers, body: answer } = await send({ action: 'CreateStateMachine', body });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(Math.abs((answer['creationDate'] as number) - Date.now() / 1000)).toBeLessThan(60);
  });

  it.each([
    ['an unknown action', { action: 'StartDance' }, 'UnknownOperationException'],
    ['a body that is no JSON', { body: '{' }, 'SerializationException'],
    ['a member of another type', { body: '{"maxResults":"ten"}' }, 'SerializationException'],
    [
      'a word of another type',
      { body: '{"name":"N","type":5}', action: 'CreateStateMachine' },
      'SerializationException',
    ],
    ['a request that is no object', { body: 'null' }, 'SerializationException'],
    ['a member that the action does not have', { body: '{"colour":"red"}' }, 'ValidationException'],
    [
      'a request of another service',
      { headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' } },
      'UnknownOperationException',
    ],
  ])('answers to %s with an error', async (_what, sent, type) => {
    expect(await send(sent)).toMatchObject({
      status: 400,
      body: { __type: type, message: expect.any(String) },
    });
  });

  it('takes a member that is null for one that is not given', async () => {
    expect(await send({ body: '{"maxResults":null,"nextToken":null}' })).toMatchObject({ status: 200 });
    const nested = { name: 'Nulls', definition: JSON.stringify(echo), roleArn, tags: null };
    const body = JSON.stringify({ ...nested, tracingConfiguration: { enabled: null } });
    expect(await send({ action: 'CreateStateMachine', body })).toMatchObject({ status: 200 });
    expect(await send({ action: 'CreateStateMachine', body: '{"name":null}' })).toMatchObject({
      body: { message: expect.stringContaining("Value null at 'name' failed to satisfy constraint") },
    });
  });

  it('says nothing of a client that goes in the midst of a request', async () => {
    const { hostname, port } = new URL(served.url);
    const headers = { 'content-length': '100', 'x-amz-target': 'AWSStepFunctions.ListStateMachines' };
    const sent = httpRequest({ hostname, port, method: 'POST', headers });
    sent.on('error', () => {});
    await new Promise<void>((resolve) => sent.write('{', () => resolve()));
    sent.destroy();
    // The server hears of it before it answers this.
    expect((await send({})).status).toBe(200);
    expect(served.lines).toEqual([]);
  });

  it('refuses a request that is larger than any', async () => {
    expect(await send({ body: `"${'x'.repeat(5_000_000)}"` })).toMatchObject({ status: 413 });
  });
});

describe('others', () => {
  const { port } = { port: 80 };

  it.each([
    `localhost:${port}`,
    '127.0.0.1',
    'sync-localhost:80',
    'sync-127.0.0.1',
    '[::1]:80',
    'states.localhost',
  ])('who ask for %s are answered', async (host) => {
    expect((await send({ headers: { host } })).status).toBe(200);
  });

  it.each([
    ['by a name that was made to lead here', { host: 'evil.example:8083' }],
    ['by a name that only begins like this machine', { host: '127.0.0.1.evil.example' }],
    ['from a web page', { origin: 'https://evil.example' }],
    ['from a web page that hides it', { 'sec-fetch-site': 'cross-site' }],
  ])('who ask %s are refused', async (_how, headers) => {
    expect((await send({ headers })).status).toBe(403);
  });
});
