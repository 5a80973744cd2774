import { randomUUID } from 'node:crypto';
import { asAwsError, unknownOperation } from '../aws-error.ts';
import type { CallLog } from '../call-log.ts';
import type { HttpReply, HttpRequest } from '../http-endpoint.ts';
import { concurrencyOperations } from './concurrency.ts';
import type { FunctionRegistry } from './function-registry.ts';
import { functionOperations } from './functions.ts';
import { invokeOperations } from './invoke.ts';
import { mappingOperations } from './mappings.ts';
import { ControlPlaneLimits } from './rate-limit.ts';
import type { RestOperations, RestReply } from './rest-operation.ts';
import { routeOf } from './routes.ts';
import { tagOperations } from './tags.ts';

export interface LambdaOptions {
  readonly clock: { now(): number };
  readonly accountConcurrency: number;
  readonly mappingSwitchSeconds: number;
  readonly limitControlPlane: boolean;
}

/** Lambda's REST API over a registry of functions. */
export class Lambda {
  readonly #operations: RestOperations;
  readonly #limits: ControlPlaneLimits | undefined;
  readonly #log: CallLog;

  constructor(options: LambdaOptions, registry: FunctionRegistry, log: CallLog) {
    const { clock } = options;
    this.#log = log;
    this.#limits = options.limitControlPlane ? new ControlPlaneLimits(clock) : undefined;
    this.#operations = {
      ...functionOperations(registry),
      ...concurrencyOperations(registry, options.accountConcurrency),
      ...mappingOperations(registry, { clock, switchDuration: options.mappingSwitchSeconds * 1000 }),
      ...tagOperations(registry),
      ...invokeOperations(registry),
    };
  }

  /** Answers one request; errors as REST-JSON has them, their name in `x-amzn-errortype`. */
  async answer(request: HttpRequest): Promise<HttpReply> {
    try {
      return rendered(await this.#perform(request));
    } catch (thrown) {
      const error = asAwsError(thrown);
      return rendered({
        status: error.status,
        headers: { 'x-amzn-errortype': error.code },
        output: { ...error.fields, message: error.message },
      });
    }
  }

  async #perform({ method, path, query, headers, body }: HttpRequest): Promise<RestReply> {
    const route = routeOf(method, path);
    const perform = route === undefined ? undefined : this.#operations[route.operation];
    if (route === undefined || perform === undefined) throw unknownOperation(`${method} ${path}`);
    this.#log.countCall(`Lambda.${route.operation}`);
    if (route.operation !== 'Invoke') this.#limits?.take(route.operation);
    return perform({ subject: route.subject, query, headers, body });
  }
}

function rendered({ status = 200, headers = {}, output }: RestReply): HttpReply {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers },
    ...(output !== undefined && { body: JSON.stringify(output) }),
  };
}
