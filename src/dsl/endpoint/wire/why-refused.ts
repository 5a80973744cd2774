import type { IncomingMessage } from 'node:http';

/** Names of this machine by loopback, and what SDKs make of them for actions with the host prefix `sync-`. */
const loopback = /^(sync-)?(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export const isLoopback = (host: string): boolean => host === '::1' || loopback.test(host);

/**
 * Why a request is not to be answered: one from a web page, or one that reached a loopback address under another name
 * (by a name server that was made to lead there). Undefined for those of SDKs and the CLI.
 * @param host where the server listens.
 */
export function whyRefused({ headers }: IncomingMessage, host: string): string | undefined {
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined)
    return 'requests of web pages are refused';
  const asked = (headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
  if (isLoopback(host) && !isLoopback(asked))
    return `the endpoint listens on ${host} only, and is not '${asked}'; ask for it as 127.0.0.1 or localhost`;
  return undefined;
}
