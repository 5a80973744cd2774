import type { Json, JsonObject } from '../../asl/machine.ts';
import { maximumPayloadBytes } from '../limits.ts';
import type { StateConfiguration, StateMock, TestStateRequest } from './request.ts';
import { invalidRequest, TestStateError } from './test-state-error.ts';

/** A request with its JSON read and its defaults filled in. */
export interface ReadRequest {
  readonly input: Json;
  readonly variables: JsonObject;
  readonly context: JsonObject | undefined;
  readonly mock: ReadMock | undefined;
  readonly configuration: StateConfiguration;
  readonly level: NonNullable<TestStateRequest['inspectionLevel']>;
  readonly roleArn: string | undefined;
}

/** A mock that is a result or an error. */
export type ReadMock = { readonly mode: StateMock['fieldValidationMode'] } & (
  | { readonly kind: 'result'; readonly result: Json }
  | { readonly kind: 'error'; readonly error: string; readonly cause: string | undefined }
);

/** All of a request but its definition. @throws TestStateError */
export function readRequest(request: TestStateRequest): ReadRequest {
  refuseUnknown(request, 'The request', [
    'definition',
    'stateName',
    'input',
    'inspectionLevel',
    'variables',
    'context',
    'mock',
    'stateConfiguration',
    'roleArn',
    'revealSecrets',
  ]);
  const { inspectionLevel: level = 'INFO', mock, revealSecrets, roleArn, context } = request;
  if (!['INFO', 'DEBUG', 'TRACE'].includes(level))
    throw invalidRequest(`inspectionLevel must be one of [INFO, DEBUG, TRACE], got '${level}'.`);
  if (mock !== undefined && revealSecrets === true)
    throw invalidRequest('TestState does not support RevealSecrets when a mock is specified.');
  if (context !== undefined && mock === undefined)
    throw invalidRequest('A context can be specified only when a mock is specified.');
  return {
    input: inputOf(request.input),
    variables: objectOf(request.variables ?? {}, 'variables'),
    context: context === undefined ? undefined : objectOf(context, 'context'),
    mock: mock === undefined ? undefined : mockOf(mock),
    configuration: configurationOf(request.stateConfiguration ?? {}),
    level,
    roleArn,
  };
}

function inputOf(given: Json | undefined): Json {
  if (given === undefined) return {};
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  if (Buffer.byteLength(text) > maximumPayloadBytes)
    throw new TestStateError(
      'InvalidExecutionInput',
      `The input is larger than ${maximumPayloadBytes} bytes.`,
    );
  try {
    return JSON.parse(text) as Json;
  } catch (fault) {
    throw new TestStateError('InvalidExecutionInput', `The input is no JSON: ${(fault as Error).message}`);
  }
}

function mockOf(mock: StateMock): ReadMock {
  refuseUnknown(mock, 'The mock', ['result', 'errorOutput', 'fieldValidationMode']);
  const { result, errorOutput, fieldValidationMode: mode } = mock;
  if (mode !== undefined && !['STRICT', 'PRESENT', 'NONE'].includes(mode))
    throw invalidRequest(`fieldValidationMode must be one of [STRICT, PRESENT, NONE], got '${mode}'.`);
  if ((result === undefined) === (errorOutput === undefined))
    throw invalidRequest('A test mock should have only one of the following fields: [result, errorOutput].');
  if (errorOutput !== undefined) {
    refuseUnknown(errorOutput, 'The errorOutput of the mock', ['error', 'cause']);
    const { error, cause } = errorOutput;
    if (error === undefined) throw invalidRequest('The errorOutput of a mock needs an error.');
    return { mode, kind: 'error', error, cause };
  }
  return { mode, kind: 'result', result: jsonOf(result as Json, 'Mocked result must be valid JSON') };
}

function configurationOf(given: StateConfiguration): StateConfiguration {
  refuseUnknown(given, 'The stateConfiguration', [
    'retrierRetryCount',
    'mapIterationFailureCount',
    'errorCausedByState',
    'mapItemReaderData',
  ]);
  for (const name of ['retrierRetryCount', 'mapIterationFailureCount'] as const) {
    const count = given[name] ?? 0;
    if (!Number.isInteger(count) || count < 0)
      throw invalidRequest(`${name} must be a whole number from 0 on, got ${count}.`);
  }
  return given;
}

function objectOf(given: JsonObject | string, name: string): JsonObject {
  const value = jsonOf(given, `The ${name} must be valid JSON`);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw invalidRequest(`The ${name} must be a JSON object.`);
}

function jsonOf(given: Json, complaint: string): Json {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given) as Json;
  } catch {
    throw invalidRequest(complaint);
  }
}

function refuseUnknown(given: object, what: string, known: readonly string[]): void {
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw invalidRequest(`${what} has no field '${unknown}'; use one of ${known.join(', ')}.`);
}
