/**
 * What TestState refuses a request with, under the API's own name (`ValidationException`).
 *
 * @example
 * const refusal = await testState({ definition: '{' }).catch((fault: unknown) => fault as TestStateError);
 * refusal instanceof TestStateError ? refusal.code : undefined; // → "InvalidDefinition"
 */
export class TestStateError extends Error {
  override readonly name = 'TestStateError';
  /** `InvalidExecutionInput`: the input is no JSON, or too large. */
  readonly code: 'ValidationException' | 'InvalidDefinition' | 'InvalidExecutionInput';

  constructor(code: TestStateError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** The request itself is at fault. */
export const invalidRequest = (message: string): TestStateError =>
  new TestStateError('ValidationException', message);
