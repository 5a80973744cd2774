import { nodeOf } from '../../expression/expression.ts';
import { templateOf } from '../../expression/template.ts';
import type { Call } from '../call.ts';
import { namesOf } from '../checked.ts';
import { REQUEST_TIMEOUT_SECONDS } from '../request-timeout.ts';
import type { CallTarget } from '../sdk.ts';

/** Whom a call goes to and what the machine's role needs for it. */
interface Request extends CallTarget {
  readonly action: string;
  /** On what the request is made; it counts when it is an ARN. */
  readonly on?: string | undefined;
}

/** One request of an optimised integration; `action` is IAM's. */
export function integrationCall<T, E extends string>(
  resource: string,
  given: unknown,
  { action, on, resources }: Request,
): Call<T, E> {
  const known = on?.startsWith('arn:') ? [on] : ['*'];
  return {
    node: {
      kind: 'integration',
      resource,
      arguments: templateOf(given, resource),
      timeoutSeconds: REQUEST_TIMEOUT_SECONDS,
      waitsFor: 'result',
      permissions: [{ actions: [action], resources: namesOf(resources ?? known, 'resources', resource) }],
    },
  };
}

/** A text that the request says itself, not by a reference. */
export function writtenOut(request: unknown, field: string): string | undefined {
  if (nodeOf(request) !== undefined || typeof request !== 'object' || request === null) return undefined;
  const value = (request as { readonly [name: string]: unknown })[field];
  return typeof value === 'string' ? value : undefined;
}
