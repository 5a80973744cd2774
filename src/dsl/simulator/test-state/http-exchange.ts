import type { Json, JsonObject } from '../../asl/machine.ts';
import type { InspectionData } from './inspection.ts';

/** The request and the response of an HTTP Task as TRACE shows them: texts only. Nothing for other tasks. */
export function httpExchange(
  resource: string,
  args: Json,
  result: Json,
): Pick<InspectionData, 'request' | 'response'> {
  if (!resource.endsWith(':states:::http:invoke')) return {};
  const { Method, ApiEndpoint, Headers, RequestBody } = args as JsonObject;
  const { StatusCode, StatusText, Headers: received, ResponseBody } = result as JsonObject;
  const protocol = typeof ApiEndpoint === 'string' ? new URL(ApiEndpoint).protocol.slice(0, -1) : undefined;
  return {
    request: texts({ protocol, method: Method, url: ApiEndpoint, headers: Headers, body: RequestBody }),
    response: texts({
      protocol,
      statusCode: StatusCode,
      statusMessage: StatusText,
      headers: received,
      body: ResponseBody,
    }),
  };
}

function texts(parts: { readonly [part: string]: Json | undefined }): { readonly [part: string]: string } {
  const given = Object.entries(parts).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(
    given.map(([part, value]) => [part, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
