import { DefinitionError } from '../../ast/definition-error.ts';
import type { CallNode, RecoveryNode, RetryNode } from '../../ast/step-node.ts';
import { type Ref, type Template, referenceTo } from '../../expression/expression.ts';
import type { Present } from '../../expression/present.ts';
import { ANYTHING } from '../../expression/target.ts';
import { operandOf, templateOf } from '../../expression/template.ts';
import { type Ground, calledWith, namesOf, optionsOf } from '../checked.ts';
import { type Duration, secondsOf } from '../duration.ts';
import { outputSchema } from '../input-schema.ts';
import { schemasOf } from '../call-schemas.ts';
import { type RetryPolicy, retriesOf } from '../retry.ts';
import type { CaughtName, ErrorOutput } from '../scope.ts';

/** What every step that makes a call may be told. `E` are the errors that the call can fail with. */
export interface CallOptions<Scope, E extends string, Caught extends string, Recovered> {
  /** Retries before those for throttling and other passing faults (default: those alone), or `'none'` for no retry at all. */
  readonly retry?: readonly RetryPolicy<E>[] | 'none';
  /** How long one try of the call may take; default its own: a function's timeout, a minute for the AWS SDK. */
  readonly timeout?: Duration;
  /**
   * The ARN of the IAM role that the call is made under, of this account or another one (ASL's `Credentials`);
   * default the machine's own.
   */
  readonly role?: (scope: Scope) => Template<string>;
  /** Errors that end the step with a value instead of failing it; `inWords(error)` tells what it was. */
  readonly recover?: {
    readonly errors: readonly Caught[];
    readonly value: (
      scope: Scope,
      error: Ref<ErrorOutput<CaughtName<Caught>>>,
    ) => Recovered & Present<Recovered>;
  };
}

/** The names of `CallOptions`. */
export const CALL_OPTIONS = ['retry', 'timeout', 'role', 'recover'] as const;

/** The options of a call, whatever its types. */
interface AnyCallOptions {
  readonly retry?: readonly RetryPolicy[] | 'none';
  readonly timeout?: Duration;
  readonly role?: unknown;
  readonly recover?: { readonly errors: readonly string[]; readonly value: unknown };
}

/** The fields of a node that makes a call. */
export function calledNode(
  { place, scope }: Ground<unknown>,
  call: CallNode,
  options: AnyCallOptions,
): { call: CallNode; retry: readonly RetryNode[]; recover: readonly RecoveryNode[] } {
  const result = schemasOf(call)?.output;
  return {
    call: {
      ...call,
      ...(result === undefined ? {} : { output: outputSchema(result) }),
      ...(options.timeout === undefined
        ? {}
        : { timeoutSeconds: secondsOf(options.timeout, `${place} › timeout`) }),
      ...(options.role === undefined
        ? {}
        : { role: operandOf(calledWith(options.role, { place, scope }, 'role'), `${place} › role`) }),
    },
    retry: retriesOf(call, options.retry, place),
    recover: options.recover === undefined ? [] : [recoveryNode({ place, scope }, options.recover)],
  };
}

function recoveryNode(
  ground: Ground<unknown>,
  given: { readonly errors: readonly string[]; readonly value: unknown },
): RecoveryNode {
  const place = `${ground.place} › recover`;
  const { errors, value } = optionsOf(given, ['errors', 'value'], place);
  if (namesOf(errors, 'errors', place).length === 0)
    throw new DefinitionError(
      `${ground.place}: recover names no error; name those that end the step with its value`,
    );
  const also = referenceTo<ErrorOutput>('states', ['errorOutput']);
  return {
    errors,
    value: templateOf(calledWith(value, { ...ground, place, also }, 'value'), place, ANYTHING),
  };
}
