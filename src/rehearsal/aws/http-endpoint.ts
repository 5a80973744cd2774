import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface HttpReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface HttpEndpoint {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  close(): Promise<void>;
}

/** DynamoDB's largest request, a BatchWriteItem of 16 MB, plus room for its JSON. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/**
 * Serves HTTP on loopback only.
 * @param port 0 takes any free port.
 * @param handle answers one request; if it throws, the connection is cut.
 */
export async function serveHttp(
  port: number,
  handle: (request: HttpRequest) => Promise<HttpReply>,
): Promise<HttpEndpoint> {
  const server = createServer((incoming, response) => {
    reply(incoming, handle).then(
      (answer) => send(response, answer),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function reply(
  incoming: IncomingMessage,
  handle: (request: HttpRequest) => Promise<HttpReply>,
): Promise<HttpReply> {
  const body = await readBody(incoming);
  if (body === undefined) return { status: 413 };
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://loopback');
  const { method = 'GET', headers } = incoming;
  return handle({ method, path: pathname, query: searchParams, headers, body });
}

/** The whole body, or undefined when it is larger than any request of AWS may be. */
async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return bytes > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, reply: HttpReply): void {
  const { body: given = '' } = reply;
  const body = typeof given === 'string' ? Buffer.from(given, 'utf8') : given;
  response.writeHead(reply.status, { ...reply.headers, 'content-length': body.length });
  response.end(body);
}
