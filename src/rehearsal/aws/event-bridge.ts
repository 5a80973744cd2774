import type { HttpReply, HttpRequest } from './http-endpoint.ts';

/** What EventBridge Pipes and EventBridge Scheduler list, of which the embedded AWS has none. */
const EMPTY: Readonly<Record<string, object>> = {
  '/v1/pipes': { Pipes: [] },
  '/schedules': { Schedules: [] },
};

/** The answer to a listing of EventBridge; undefined for a request of another service. */
export function eventBridgeAnswer({ method, path }: HttpRequest): HttpReply | undefined {
  const listed = method === 'GET' ? EMPTY[path] : undefined;
  if (listed === undefined) return undefined;
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(listed) };
}
