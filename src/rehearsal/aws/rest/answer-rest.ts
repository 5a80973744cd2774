import { randomUUID } from 'node:crypto';
import { asAwsError, unknownOperation } from '../aws-error.ts';
import type { CallLog } from '../call-log.ts';
import type { HttpReply, HttpRequest } from '../http-endpoint.ts';
import type { RestOperation, RestReply, RestService } from './rest-service.ts';

/**
 * Answers one call of whichever of these services has an operation for its method and path; errors as REST-JSON has
 * them, their name in `x-amzn-errortype`.
 */
export async function answerRest(
  services: readonly RestService[],
  request: HttpRequest,
  log: CallLog,
): Promise<HttpReply> {
  try {
    return rendered(await perform(services, request, log));
  } catch (thrown) {
    const error = asAwsError(thrown);
    return rendered({
      status: error.status,
      headers: { 'x-amzn-errortype': error.code },
      output: { ...error.fields, message: error.message },
    });
  }
}

async function perform(
  services: readonly RestService[],
  { method, path, query, headers, body }: HttpRequest,
  log: CallLog,
): Promise<RestReply> {
  for (const service of services) {
    const route = routeOf(service, method, path);
    if (route === undefined) continue;
    log.countCall(`${service.name}.${route.operation}`);
    service.admit?.(route.operation);
    return route.perform({ subject: route.subject, query, headers, body });
  }
  throw unknownOperation(`${method} ${path}`);
}

interface Route {
  readonly operation: string;
  readonly perform: RestOperation;
  /** The path's variable part, decoded; empty when it has none. */
  readonly subject: string;
}

/** The route of a request, undefined when the service has none. */
function routeOf({ routes, operations }: RestService, method: string, path: string): Route | undefined {
  for (const [operation, routeMethod, pattern] of routes) {
    const match = routeMethod === method ? pattern.exec(path) : null;
    const perform = operations[operation];
    if (match !== null && perform !== undefined)
      return { operation, perform, subject: decodeURIComponent(match[1] ?? '') };
  }
  return undefined;
}

function rendered({ status = 200, headers = {}, output }: RestReply): HttpReply {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers },
    ...(output !== undefined && { body: JSON.stringify(output) }),
  };
}
