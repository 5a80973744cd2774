import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HeardRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpAnswer {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}

/** A server on this machine that answers as it is told, and keeps what it heard. */
export async function httpServer(answer: (request: HeardRequest) => HttpAnswer | Promise<HttpAnswer>) {
  const heard: HeardRequest[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers } = request;
    const told = { method, path, headers, body: Buffer.concat(chunks).toString() };
    heard.push(told);
    const { status = 200, headers: given = {}, body = '' } = await answer(told);
    response.writeHead(status, given).end(body);
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((fault: Error) => response.destroy(fault));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    heard: heard as readonly HeardRequest[],
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
