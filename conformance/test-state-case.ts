import type { Json, JsonObject } from '../src/dsl/asl/machine.ts';
import { testState, TestStateError, type TestStateRequest } from '../src/dsl/index.ts';
import { differenceFrom } from './same-as-recorded.ts';

/** A recorded call of TestState, and what it came to. */
export interface TestStateCase extends TestStateRequest {
  readonly id: string;
  readonly expected: JsonObject & { readonly errorCode?: string; readonly errorMessage?: string };
}

/** Calls whose recording does not say that they were made without a role, other than by their outcome. */
const withoutRole = ['test_state_with_variables'];

/** How a call differs from its recording; undefined when it does not. */
export async function testStateDifference(given: TestStateCase): Promise<string | undefined> {
  const { id, expected, ...call } = given;
  const role = withoutRole.some((name) => id.includes(name))
    ? {}
    : { roleArn: 'arn:aws:iam::111111111111:role/role' };
  const known = requestFields.filter((field) => call[field] !== undefined);
  const request = Object.fromEntries(
    known.map((field) => [field, call[field]]),
  ) as unknown as TestStateRequest;
  const { errorCode, errorMessage, ...outcome } = expected;
  try {
    const result = await testState(
      { ...request, ...role },
      { account: '111111111111', resources: answers(given) },
    );
    return differenceFrom(expected, JSON.parse(JSON.stringify(result)) as Json);
  } catch (fault) {
    if (!(fault instanceof TestStateError)) return String(fault);
    return refusalDifference({ errorCode, errorMessage, outcome }, fault);
  }
}

const requestFields = [
  'definition',
  'stateName',
  'input',
  'inspectionLevel',
  'variables',
  'context',
  'mock',
  'stateConfiguration',
  'revealSecrets',
] as const;

/** Two calls went to a function, whose answer nothing but the outcome tells. */
function answers({ mock, expected }: TestStateCase): { [arn: string]: () => Json } {
  const { output } = expected;
  if (mock !== undefined || output === undefined) return {};
  return { 'arn:aws:states:::lambda:invoke': () => output };
}

interface Refusal {
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
  readonly outcome: JsonObject;
}

function refusalDifference({ errorCode, errorMessage = '', outcome }: Refusal, fault: TestStateError) {
  if (errorCode === undefined)
    return `expected ${JSON.stringify(outcome)}, got ${fault.code}: ${fault.message}`;
  // The recorder's client refused it before it came to the API.
  if (errorCode === 'ParamValidationError' && fault.code === 'ValidationException') return undefined;
  const told = errorMessage.replace(/^An error occurred \(\w+\) when calling the TestState operation: /, '');
  return differenceFrom({ code: errorCode, message: told }, { code: fault.code, message: fault.message });
}
