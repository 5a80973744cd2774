/** The API's error codes that the endpoint answers with. Source: Step Functions API reference, each action's errors. */
export type ServiceErrorCode =
  | 'ActivityAlreadyExists'
  | 'ActivityDoesNotExist'
  | 'ConflictException'
  | 'ExecutionAlreadyExists'
  | 'ExecutionDoesNotExist'
  | 'ExecutionNotRedrivable'
  | 'InternalFailure'
  | 'InvalidArn'
  | 'InvalidDefinition'
  | 'InvalidEncryptionConfiguration'
  | 'InvalidExecutionInput'
  | 'InvalidLoggingConfiguration'
  | 'InvalidName'
  | 'InvalidOutput'
  | 'InvalidToken'
  | 'MissingRequiredParameter'
  | 'ResourceNotFound'
  | 'SerializationException'
  | 'ServiceQuotaExceededException'
  | 'StateMachineAlreadyExists'
  | 'StateMachineDoesNotExist'
  | 'StateMachineTypeNotSupported'
  | 'TaskTimedOut'
  | 'TooManyTags'
  | 'UnknownOperationException'
  | 'ValidationException';

/** What the API refuses a request with. */
export class ServiceError extends Error {
  override readonly name: ServiceErrorCode;
  /** Members beside the message, such as `reason` and `resourceName`. */
  readonly members: { readonly [name: string]: string };

  constructor(code: ServiceErrorCode, message: string, members: { readonly [name: string]: string } = {}) {
    super(message);
    this.name = code;
    this.members = members;
  }
}

/** A fault of the whole request rather than of one member. */
export const invalid = (message: string, reason?: string): ServiceError =>
  new ServiceError('ValidationException', message, reason === undefined ? {} : { reason });
