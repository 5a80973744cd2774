/** One request of a REST API, taken apart. */
export interface RestRequest {
  /** The path's variable part: a function's name or ARN, a mapping's UUID, a pipe's name. */
  readonly subject: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface RestReply {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; absent sends no body. */
  readonly output?: unknown;
}

/** One operation of a REST API; it throws AwsError. */
export type RestOperation = (request: RestRequest) => RestReply | Promise<RestReply>;
export type RestOperations = Readonly<Record<string, RestOperation>>;

/** Which operation a method and path mean; the path has at most one variable part. */
export type Routes = readonly (readonly [operation: string, method: string, path: RegExp])[];

export interface RestService {
  /** The service as the call log names it, for example `Lambda`. */
  readonly name: string;
  readonly routes: Routes;
  readonly operations: RestOperations;
  /** Is asked before every operation, by name; throws AwsError to refuse it. */
  readonly admit?: (operation: string) => void;
}
