import type * as z from 'zod';
import type { Service } from './service.ts';
import { parseRequest } from './wire/parse-request.ts';

/** Who asks, as far as an operation that waits must know. */
export interface Asking {
  /** Aborted when the one who asked has gone. */
  readonly signal: AbortSignal;
}

/** An action of the API. */
export interface Operation {
  /** @throws ServiceError for what the API refuses. */
  run(request: unknown, service: Service, asking: Asking): object | Promise<object>;
}

/** An action whose request has that form. What it answers with has a Date wherever the API has a timestamp. */
export const operation = <S extends z.ZodType>(
  schema: S,
  run: (request: z.output<S>, service: Service, asking: Asking) => object | Promise<object>,
): Operation => ({
  run: (request, service, asking) => run(parseRequest(schema, request), service, asking),
});
