import { operations } from './operations/all-operations.ts';
import { Service, type ServiceOptions } from './service.ts';
import { ServiceError } from './service-error.ts';

/** The API of Step Functions, without the wire. */
export interface Endpoint {
  /**
   * Performs an action. What it answers with has a Date, or in events seconds since the epoch, for each timestamp.
   * @throws ServiceError for what the API refuses.
   */
  call(action: string, request: unknown, signal?: AbortSignal): Promise<object>;
  /** Ends what is under way, and keeps the rest for the next start. */
  close(): void;
}

/** @throws Error that names the file when one of the folder's cannot be read, or the process that has the folder. */
export function createEndpoint(options: ServiceOptions): Endpoint {
  const noSignal = new AbortController().signal;
  const call: Endpoint['call'] = async (action, request, signal = noSignal) => {
    const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
    if (operation === undefined)
      throw new ServiceError('UnknownOperationException', `Step Functions has no action '${action}'`);
    return operation.run(request, service, { signal });
  };
  const service: Service = new Service(options, call);
  return { call, close: () => service.close() };
}
