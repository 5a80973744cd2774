import { AwsError } from '../aws-error.ts';
import type { FunctionRegistry, RegisteredFunction } from './function-registry.ts';
import type { RestOperations, RestReply } from '../rest/rest-service.ts';

/**
 * Invoke: runs the registered function in this process. Reserved concurrency 0 is the only limit on
 * concurrency that is kept. An `Event` to a frozen function is accepted and never runs: with a reservation of
 * zero "Lambda sends events to the dead-letter queue without retries" (developer guide, asynchronous errors).
 */
export function invokeOperations(registry: FunctionRegistry): RestOperations {
  return {
    async Invoke({ subject, headers, body }) {
      const found = registry.function(subject);
      const payload = readPayload(body);
      const frozen = found.reservedConcurrency === 0;
      const type = headers['x-amz-invocation-type'];
      if (type === 'DryRun') return { status: 204 };
      if (type === 'Event') {
        if (!frozen) void runToEnd(found, payload);
        return { status: 202 };
      }
      if (frozen) throw throttled();
      return runToEnd(found, payload);
    },
  };
}

/** The function's answer, or its failure as Lambda reports it: HTTP 200 with a header that tells. */
async function runToEnd(found: RegisteredFunction, payload: unknown): Promise<RestReply> {
  const headers = { 'x-amz-executed-version': '$LATEST' };
  try {
    return { headers, output: (await found.run(payload)) ?? null };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return {
      headers: { ...headers, 'x-amz-function-error': 'Unhandled' },
      output: { errorType: name, errorMessage: message, trace: [] },
    };
  }
}

function readPayload(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json', {
      fields: { Type: 'User' },
    });
  }
}

function throttled(): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
    status: 429,
    fields: { Type: 'User', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
  });
}
