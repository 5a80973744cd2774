import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { Template } from '../expression/expression.ts';
import { templateOf } from '../expression/template.ts';
import type { Call } from './call.ts';

/** Seconds an SDK integration may take: the calls are single control-plane requests. */
const TIMEOUT_SECONDS = 60;

/** A request as JSON: times are ISO 8601 text ending in Z, binary is base64 text. */
type Request<T> = T extends Date | Uint8Array
  ? string
  : T extends readonly (infer E)[]
    ? readonly Request<E>[]
    : T extends object
      ? { readonly [K in keyof T]: Request<Exclude<T[K], undefined>> }
      : T;

/**
 * A response as JSON. The SDK marks every field optional, so the mark says nothing: a field that is missing
 * at run time fails the state with States.QueryEvaluationError; `exists()` and `orElse()` ask first.
 */
type Response<T> = T extends Date | Uint8Array
  ? string
  : T extends readonly (infer E)[]
    ? readonly Response<E>[]
    : T extends object
      ? { readonly [K in Exclude<keyof T, '$metadata'>]-?: Response<NonNullable<T[K]>> }
      : T;

type Action<F> = F extends {
  (request: infer In extends object, options?: infer _Options): Promise<infer Out>;
  (request: infer _In2, callback: infer _Callback): void;
  (request: infer _In3, options: infer _Options2, callback: infer _Callback2): void;
}
  ? (request: Template<Request<In>>) => Call<Response<Out>>
  : never;

type Actions<Client> = {
  readonly [A in keyof Client as Client[A] extends Function ? A : never]: Action<Client[A]>;
};

function service<Client>(name: string): Actions<Client> {
  const actions = new Proxy(
    {},
    {
      get: (_target, action) => (request: unknown) => ({
        node: {
          kind: 'sdk',
          service: name,
          action: String(action),
          arguments: templateOf(request, `${name}.${String(action)}`),
          timeoutSeconds: TIMEOUT_SECONDS,
        },
      }),
    },
  );
  return actions as Actions<Client>;
}

/** DynamoDB's actions as Step Functions calls them, `arn:aws:states:::aws-sdk:dynamodb:<action>`. */
export const dynamodb =
  service<Omit<DynamoDB, 'send' | 'destroy' | 'config' | 'middlewareStack'>>('dynamodb');

/** Lambda's control-plane actions, `arn:aws:states:::aws-sdk:lambda:<action>`. */
export const lambda = service<Omit<Lambda, 'send' | 'destroy' | 'config' | 'middlewareStack'>>('lambda');
