/** Which operation of Lambda's REST API a method and path mean. */
const ROUTES: readonly (readonly [operation: string, method: string, path: RegExp])[] = [
  ['ListFunctions', 'GET', /^\/2015-03-31\/functions\/?$/],
  ['GetFunction', 'GET', /^\/2015-03-31\/functions\/([^/]+)$/],
  ['Invoke', 'POST', /^\/2015-03-31\/functions\/([^/]+)\/invocations$/],
  ['GetFunctionConcurrency', 'GET', /^\/2019-09-30\/functions\/([^/]+)\/concurrency$/],
  ['PutFunctionConcurrency', 'PUT', /^\/2017-10-31\/functions\/([^/]+)\/concurrency$/],
  ['DeleteFunctionConcurrency', 'DELETE', /^\/2017-10-31\/functions\/([^/]+)\/concurrency$/],
  ['ListEventSourceMappings', 'GET', /^\/2015-03-31\/event-source-mappings\/?$/],
  ['GetEventSourceMapping', 'GET', /^\/2015-03-31\/event-source-mappings\/([^/]+)$/],
  ['UpdateEventSourceMapping', 'PUT', /^\/2015-03-31\/event-source-mappings\/([^/]+)$/],
  ['ListTags', 'GET', /^\/2017-03-31\/tags\/([^/]+)$/],
  ['TagResource', 'POST', /^\/2017-03-31\/tags\/([^/]+)$/],
  ['UntagResource', 'DELETE', /^\/2017-03-31\/tags\/([^/]+)$/],
];

export interface Route {
  readonly operation: string;
  /** The path's variable part, decoded; empty when it has none. */
  readonly subject: string;
}

/** The route of a request, undefined when the embedded Lambda has none. */
export function routeOf(method: string, path: string): Route | undefined {
  for (const [operation, routeMethod, pattern] of ROUTES) {
    const match = routeMethod === method ? pattern.exec(path) : null;
    if (match !== null) return { operation, subject: decodeURIComponent(match[1] ?? '') };
  }
  return undefined;
}
