import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../service-error.ts';

/** Bytes of a request: a definition of a mebibyte, escaped as JSON text. */
const mostBytes = 4 * 1024 * 1024;

/**
 * A request's JSON; undefined when it is larger than any of the API.
 * @throws ServiceError SerializationException when it is not JSON.
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // The rest is read and dropped, so that the answer can be heard.
    if (bytes <= mostBytes) chunks.push(chunk);
  }
  if (bytes > mostBytes) return undefined;
  const text = Buffer.concat(chunks).toString();
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch (fault) {
    throw new ServiceError('SerializationException', `the request is no JSON: ${(fault as Error).message}`);
  }
}
