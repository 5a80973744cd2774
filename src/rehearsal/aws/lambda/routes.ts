import type { Routes } from '../rest/rest-service.ts';

/** The operations of Lambda's REST API. */
export const LAMBDA_ROUTES: Routes = [
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
