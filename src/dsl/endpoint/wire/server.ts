import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoint } from '../endpoint.ts';
import { ServiceError } from '../service-error.ts';
import { readBody } from './read-body.ts';
import { whyRefused } from './why-refused.ts';

/** Where a server listens. */
export interface Listening {
  /** 0 for any free port. */
  readonly port: number;
  /** Loopback unless told otherwise. */
  readonly host: string;
}

export interface EndpointServer {
  /** `http://127.0.0.1:8083` */
  readonly url: string;
  close(): Promise<void>;
}

const target = 'AWSStepFunctions.';

/**
 * Serves an endpoint in AWS JSON 1.0: actions by the header X-Amz-Target, all of them POST to any path.
 * @param log hears of faults of the endpoint itself.
 * @throws Error with Node's code when it cannot listen there: `EADDRINUSE`.
 */
export async function serve(
  endpoint: Endpoint,
  { port, host }: Listening,
  log: (line: string) => void,
): Promise<EndpointServer> {
  const server = createServer((request, response) => {
    void answer(request, response, { endpoint, host, log });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Served {
  readonly endpoint: Endpoint;
  readonly host: string;
  readonly log: (line: string) => void;
}

async function answer(request: IncomingMessage, response: ServerResponse, served: Served): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  try {
    const refused = whyRefused(request, served.host);
    if (refused !== undefined) return send(response, { status: 403, body: { message: refused } });
    const body = await readBody(request);
    if (body === undefined)
      return send(response, { status: 413, body: { message: 'the request is too large' } });
    send(response, { status: 200, body: await served.endpoint.call(actionOf(request), body, gone.signal) });
  } catch (fault) {
    // Of one who has gone in the midst of a request nothing need be said.
    if (request.complete) send(response, errorOf(fault, served));
  }
}

function actionOf({ headers, method }: IncomingMessage): string {
  const name = headers['x-amz-target'];
  if (method === 'POST' && typeof name === 'string' && name.startsWith(target))
    return name.slice(target.length);
  throw new ServiceError(
    'UnknownOperationException',
    `an action is a POST with the header X-Amz-Target: ${target}<Action>, as SDKs and the AWS CLI send it`,
  );
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

function errorOf(fault: unknown, { log }: Served): Answer {
  if (fault instanceof ServiceError)
    return { status: 400, body: { __type: fault.name, message: fault.message, ...fault.members } };
  log(String((fault as Error).stack ?? fault));
  return { status: 500, body: { __type: 'InternalFailure', message: String(fault) } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  if (response.destroyed) return;
  const text = Buffer.from(JSON.stringify(body, inSeconds));
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': text.length,
    'x-amzn-requestid': randomUUID(),
  });
  response.end(text);
}

/** JSON has dates as seconds since the epoch. Source: "AWS JSON 1.0 protocol", timestamps. */
function inSeconds(this: unknown, name: string, value: unknown): unknown {
  const given: unknown = Reflect.get(this as object, name);
  return given instanceof Date ? given.getTime() / 1000 : value;
}
