interface ErrorDetails {
  /** HTTP status; default 400. */
  readonly status?: number;
  /** Further fields of the error's shape, for example a throttle's `Reason`. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** An error as an AWS service would answer it; each protocol renders it in its own way. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** The error's name in the service's model, for example `ResourceNotFoundException`. */
  readonly code: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message);
    this.code = code;
    this.status = details.status ?? 400;
    this.fields = details.fields ?? {};
  }
}

/** The answer to an operation that the embedded AWS does not have. 501, so that no client retries it. */
export function unknownOperation(operation: string): AwsError {
  return new AwsError(
    'UnknownOperationException',
    `the embedded AWS has no operation ${operation}; use one that it has, or add it`,
    { status: 501 },
  );
}

/** Anything thrown, as the error to answer. What is not an AwsError is a fault of the embedded AWS itself. */
export function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AwsError('InternalServerError', message, { status: 500 });
}
