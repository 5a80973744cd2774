import type { SimulatedFunction } from '../../simulator/invocation.ts';
import { StateFailure } from '../../simulator/state-failure.ts';

/**
 * Functions of an endpoint that speaks Lambda's Invoke over HTTP, as `sam local start-lambda` does, by name. Whatever
 * name is asked for is invoked.
 * @param url `http://127.0.0.1:3001`
 */
export function lambdaFunctions(url: string): { readonly [name: string]: SimulatedFunction } {
  return new Proxy<Record<string, SimulatedFunction>>(
    {},
    { get: (_none, name) => (typeof name === 'string' ? invoke(url, name) : undefined) },
  );
}

const invoke =
  (url: string, name: string): SimulatedFunction =>
  async (payload, { signal }) => {
    const address = `${url.replace(/\/$/, '')}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
    const body = JSON.stringify(payload);
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(address, { method: 'POST', body, headers, signal }).catch((fault: Error) => {
      throw new StateFailure(
        'Lambda.SdkClientException',
        `${address}: ${fault.cause instanceof Error ? fault.cause.message : fault.message}`,
      );
    });
    const text = await response.text();
    if (response.headers.has('x-amz-function-error')) throw new StateFailure(errorTypeOf(text), text);
    if (!response.ok) throw serviceFailure(response, text);
    return jsonOf(text);
  };

/** What the function itself failed with. */
function errorTypeOf(text: string): string {
  const { errorType } = Object(jsonOf(text)) as { readonly errorType?: unknown };
  return typeof errorType === 'string' ? errorType : 'Lambda.Unknown';
}

/** What Lambda itself refused: `Lambda.ResourceNotFoundException`. */
function serviceFailure({ status, headers }: Response, text: string): StateFailure {
  const type = headers.get('x-amzn-errortype')?.split(':')[0] ?? 'AWSLambdaException';
  return new StateFailure(
    `Lambda.${type.endsWith('Exception') ? type : `${type}Exception`}`,
    `${text} (Service: AWSLambda; Status Code: ${status}; Error Code: ${type}; ` +
      `Request ID: ${headers.get('x-amzn-requestid') ?? 'null'}; Proxy: null)`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
