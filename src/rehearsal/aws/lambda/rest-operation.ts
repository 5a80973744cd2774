/** One request of Lambda's REST API, taken apart. */
export interface RestRequest {
  /** The path's variable part: a function's name or ARN, a mapping's UUID, or a resource's ARN. */
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

/** One operation of Lambda's API; it throws AwsError. */
export type RestOperation = (request: RestRequest) => RestReply | Promise<RestReply>;
export type RestOperations = Readonly<Record<string, RestOperation>>;
