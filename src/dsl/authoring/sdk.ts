import { iamActions } from '../asl/iam-action.ts';
import type { Json } from '../asl/machine.ts';
import { serviceOfPackage } from '../asl/sdk-model.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import type { Template } from '../expression/expression.ts';
import { templateOf } from '../expression/template.ts';
import type { PermissionNode } from '../ast/step-node.ts';
import type { Call, TaskError } from './call.ts';
import { namesOf, optionsOf } from './checked.ts';
import { REQUEST_TIMEOUT_SECONDS } from './request-timeout.ts';

/** What a call is made on, for the role of the machine. */
export interface CallTarget {
  /** The ARNs, or patterns of them, that the role is allowed the call on; default every one. */
  readonly resources?: readonly string[];
}

/** The errors of an SDK call: the service's own, each ending in `Exception`, and Step Functions'. */
export type SdkError<Prefix extends string> = `${Prefix}.${string}` | TaskError;

declare const response: unique symbol;

type Stream = { pipe(...given: never): unknown } | { getReader(): unknown } | { arrayBuffer(): unknown };

/**
 * A request as JSON: times are ISO 8601 text ending in Z. Bytes, streams of them too, are text, which is sent as
 * UTF-8; any other JSON is sent as its text.
 */
type Request<T> = T extends Date
  ? string
  : T extends Uint8Array | Stream
    ? Json
    : T extends readonly (infer E)[]
      ? readonly Request<E>[]
      : T extends object
        ? { readonly [K in keyof T]: Request<Exclude<T[K], undefined>> }
        : T;

/**
 * A response as JSON: times are ISO 8601 text, bytes and streams of them text in UTF-8. The SDK marks every field
 * optional, so the mark says nothing: a field that is missing at run time fails the state with
 * States.QueryEvaluationError; `exists()` and `orElse()` ask first.
 */
type Response<T> = T extends Date | Uint8Array | { transformToString(...given: never): unknown }
  ? string
  : T extends bigint
    ? number
    : T extends readonly unknown[]
      ? readonly Response<T[number]>[]
      : T extends object
        ? { readonly [K in keyof T as Exclude<K, '$metadata'>]-?: Response<NonNullable<T[K]>> }
        : T;

/** Gives a response's type a name of its own, so that a step's result leads to the SDK's own fields (`Settled`). */
interface SdkResponse {
  readonly [response]?: never;
}

type Action<F, E extends string> = F extends {
  (request: infer In extends object, options?: infer _Options): Promise<infer Out>;
  (request: infer _In2, callback: infer _Callback): void;
  (request: infer _In3, options: infer _Options2, callback: infer _Callback2): void;
}
  ? (request: Template<Request<In>>, target?: CallTarget) => Call<Response<Out> & SdkResponse, E>
  : never;

/** What a client class has beside its actions. */
type NoAction =
  'send' | 'destroy' | 'config' | 'middlewareStack' | `paginate${string}` | `waitUntil${string}`;

/** A service's actions as calls of a workflow, typed from its client's commands. */
export type SdkActions<Client, E extends string> = {
  readonly [A in Exclude<keyof Client, NoAction>]: Action<Client[A], E>;
};

/**
 * The actions of an AWS service as Step Functions calls them, `arn:aws:states:::aws-sdk:<service>:<action>`.
 * Any service whose SDK v3 client is installed: `client` is its package's name behind `@aws-sdk/client-`.
 * Only types come from the package here; its model is read when a workflow that calls it is compiled.
 * Requests and results are in the SDK's own spelling; the compiler writes Step Functions'. Where there is an
 * optimised integration (`dynamodbItems`, `events`, `sns`, `sqs`, `integration`) it does more.
 *
 * `Prefix` is what the service's errors begin with in Step Functions (the guide's "Exception prefix"); with
 * it, a retry or a recovery that names another service's error does not compile.
 *
 * An item's attribute values stay as DynamoDB spells them in what is sent; in what is answered booleans,
 * nulls and sets may come as `Bool`, `Nul`, `Ss`: a field that is read is found under either name, but an
 * item that is passed on whole stays as it came. `dynamodbItems` has no such trap.
 * @throws DefinitionError for a name that no client package has.
 *
 * @example
 * ```ts
 * const tables = awsSdk<DynamoDB, 'DynamoDb'>('dynamodb');
 * flow
 *   .run('orders', () => tables.describeTable({ TableName: 'orders' }))
 *   .returns(({ orders }) => orders.Table.ItemCount); // → 12
 * ```
 * ```json
 * {
 *   "Orders": {
 *     "Type": "Task",
 *     "Resource": "arn:aws:states:::aws-sdk:dynamodb:describeTable",
 *     "Arguments": { "TableName": "orders" },
 *     "TimeoutSeconds": 60,
 *     "Retry": "…",
 *     "Assign": { "orders": "{% {\"Table\": {\"ItemCount\": $states.result.Table.ItemCount}} %}" },
 *     "Output": {},
 *     "Next": "Return"
 *   }
 * }
 * ```
 */
export function awsSdk<Client, Prefix extends string = string>(
  client: string,
): SdkActions<Client, SdkError<Prefix>> {
  if (typeof client !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(client))
    throw new DefinitionError(
      `awsSdk('${client}'): a client is named by the end of its package's name; ` +
        `write for example 'cloudwatch-logs' for @aws-sdk/client-cloudwatch-logs`,
    );
  const service = serviceOfPackage(client);
  const get = (_target: object, action: string | symbol): unknown => {
    if (typeof action === 'symbol') return undefined;
    return (request: unknown, target: CallTarget = {}) => ({
      node: {
        kind: 'sdk',
        service,
        action,
        arguments: templateOf(request, `${service}.${action}`),
        timeoutSeconds: REQUEST_TIMEOUT_SECONDS,
        waitsFor: 'result',
        permissions: permissionsOf(iamActions(service, action), target),
      },
    });
  };
  return new Proxy({}, { get }) as SdkActions<Client, SdkError<Prefix>>;
}

function permissionsOf(
  actions: readonly string[],
  target: CallTarget,
): readonly PermissionNode[] | undefined {
  const place = actions.join(', ');
  const { resources } = optionsOf(target, ['resources'], place);
  return resources && [{ actions, resources: namesOf(resources, 'resources', place) }];
}
