import type { Json } from '../asl/machine.ts';
import type { SimulatedFunction } from './invocation.ts';
import { SimulationError } from './simulation-error.ts';
import { StateFailure } from './state-failure.ts';

/**
 * A Lambda function behind an endpoint that speaks Lambda's Invoke API: the Runtime Interface Emulator in the function's
 * container, or an emulator of the service (for all functions there, `SimulationOptions.lambdaEndpoint`). It gets its
 * payload by HTTP and fails as it does on AWS. While it works virtual time stands still, however long it takes; the
 * clock's `patience` must be longer.
 * @param url The function's own, `….../functions/<name>/invocations`, or the service's.
 * @param name The function, where the URL is the service's; default `function`, as the emulator calls its only one.
 * @throws SimulationError when it is no URL; and when the function is called, where nobody answers.
 *
 * @example
 * const Track = lambdaAt('http://localhost:9000/2015-03-31/functions/function/invocations');
 * const ran = simulate(compile(ship).machine, { order: 'o-7' }, { functions: { Track } });
 * await ran.catch(String); // → "…"
 */
export function lambdaAt(url: string, name = 'function'): SimulatedFunction {
  const base = baseOf(url);
  const at = base.pathname.endsWith('/invocations') ? base.href : invocationsOf(base, name);
  return async (payload, { signal }) => {
    const response = await send(at, payload, signal);
    const text = await response.text();
    if (!response.ok) throw serviceFailure(response, text);
    return resultOf(text, response.headers.has('x-amz-function-error'));
  };
}

function baseOf(url: string): URL {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  if (base?.protocol === 'http:' || base?.protocol === 'https:') return base;
  throw new SimulationError(`'${url}' is no endpoint; write it as http://host:port`);
}

const invocationsOf = ({ origin, pathname }: URL, name: string): string =>
  `${origin}${pathname.replace(/\/$/, '')}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;

async function send(url: string, payload: Json, signal: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'x-amz-invocation-type': 'RequestResponse' };
  try {
    return await fetch(url, { method: 'POST', headers, body: JSON.stringify(payload), signal });
  } catch (fault) {
    if (signal.aborted) throw fault;
    const { cause, message } = fault as Error;
    const why = cause instanceof Error ? cause.message || cause.name : message;
    throw new SimulationError(
      `nobody answers at ${url}: ${why}; start the function there, or give another endpoint`,
    );
  }
}

/** What the service refuses a call with, as Step Functions writes it. */
function serviceFailure({ status, headers }: Response, text: string): StateFailure {
  const { __type, Message, message } = (jsonOf(text) ?? {}) as {
    readonly [field: string]: string | undefined;
  };
  const name = (headers.get('x-amzn-errortype') ?? __type ?? 'AWSLambdaException').replace(/^.*#|:.*$/g, '');
  const id = headers.get('x-amzn-requestid') ?? '00000000-0000-0000-0000-000000000000';
  return new StateFailure(
    `Lambda.${name}`,
    `${Message ?? message ?? text} (Service: AWSLambda; Status Code: ${status}; Error Code: ${name}; ` +
      `Request ID: ${id}; Proxy: null)`,
  );
}

/** A function's result. @throws StateFailure when it reports an error. */
function resultOf(text: string, isError: boolean): Json {
  const value = jsonOf(text);
  if (value !== undefined && !isError && !isReport(value)) return value;
  const { errorType } = (value ?? {}) as { readonly errorType?: unknown };
  if (typeof errorType === 'string') throw new StateFailure(errorType, JSON.stringify(value));
  throw new StateFailure(
    'Lambda.Unknown',
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`,
  );
}

/** What a runtime reports an error with. */
const REPORTED = new Set(['errorType', 'errorMessage', 'requestId', 'stackTrace', 'trace', 'cause']);

/**
 * Whether a value is a runtime's report of an error. The Runtime Interface Emulator does not say so with a header
 * (aws/aws-lambda-runtime-interface-emulator#20), nor that a function timed out, for which it writes a text.
 */
function isReport(value: Json): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return (
    'errorType' in value && 'errorMessage' in value && Object.keys(value).every((key) => REPORTED.has(key))
  );
}

/** Undefined for what is no JSON. */
function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
