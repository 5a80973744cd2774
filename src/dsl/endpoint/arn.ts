import { invalid, ServiceError } from './service-error.ts';

/** An ARN of Step Functions, taken apart as far as all of them are alike. */
interface StatesArn {
  /** `stateMachine`, `execution`, `express`, `activity`, `mapRun`. */
  readonly type: string;
  /** What follows the type. */
  readonly rest: string;
}

const statesArn = /^arn:[a-z-]+:states:[a-z0-9-]+:\d{12}:([A-Za-z]+):(\S+)$/;

function parse(text: string): StatesArn {
  const match = statesArn.exec(text);
  if (match === null) throw new ServiceError('InvalidArn', `Invalid Arn: 'Invalid ARN: ${text}'`);
  const [, type, rest] = match as unknown as readonly [string, string, string];
  return { type, rest };
}

/** @throws ServiceError InvalidArn unless it is one of these. */
function parseAs(text: string, ...types: readonly string[]): StatesArn {
  const arn = parse(text);
  if (types.includes(arn.type)) return arn;
  throw new ServiceError('InvalidArn', `Invalid Arn: 'Resource type not valid in this context: ${arn.type}'`);
}

/** What a state machine's ARN, bare or qualified, refers to. */
export interface StateMachineReference {
  /** The bare ARN. */
  readonly arn: string;
  /** The number of a version or the name of an alias. */
  readonly qualifier: string | undefined;
}

/** What is started: `…:stateMachine:Order#HappyPath` names a test case of the mock configuration, too. */
export function startedReference(
  text: string,
): StateMachineReference & { readonly testCase: string | undefined } {
  const [arn, testCase] = text.split('#') as [string, string?];
  return { ...stateMachineReference(arn), testCase };
}

/**
 * @throws ServiceError InvalidArn for anything else, ValidationException for the ARN of a distributed Map's machine,
 * which ends in `/label`.
 */
export function stateMachineReference(arn: string): StateMachineReference {
  const { rest } = parseAs(arn, 'stateMachine');
  const [name, qualifier, ...more] = rest.split(':') as [string, string?, ...string[]];
  if (more.length > 0 || rest.includes('#'))
    throw new ServiceError('InvalidArn', `Invalid Arn: 'Invalid ARN: ${arn}'`);
  if (name.includes('/'))
    throw invalid(
      `State Machine ARN does not support a Map state label: '${arn}'`,
      'API_DOES_NOT_SUPPORT_LABELED_ARNS',
    );
  return {
    arn: qualifier === undefined ? arn : arn.slice(0, -qualifier.length - 1),
    qualifier,
  };
}

/** @throws ServiceError InvalidArn for anything but a Standard execution's, as Express ones cannot be asked for. */
export const checkExecutionArn = (text: string): void => {
  parseAs(text, 'execution');
};

/** @throws ServiceError InvalidArn */
export const checkMapRunArn = (text: string): void => {
  parseAs(text, 'mapRun');
};

/** @throws ServiceError InvalidArn */
export const checkActivityArn = (text: string): void => {
  parseAs(text, 'activity');
};

/** Whose tags may be asked for. @throws ServiceError InvalidArn */
export const checkTaggableArn = (text: string): void => {
  parseAs(text, 'stateMachine', 'activity');
};

const role = /^arn:[a-z-]+:iam::\d{12}:role\/\S+$/;

/** It need not be there, but look like one. @throws ServiceError InvalidArn */
export function checkRoleArn(text: string): void {
  if (!role.test(text)) throw new ServiceError('InvalidArn', `Invalid Role Arn: '${text}'`);
}

// White space, brackets, wildcards, special and control characters. Source: API reference, CreateStateMachine, `name`.
// oxlint-disable-next-line no-control-regex
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udfff]/;

/** @throws ServiceError InvalidName for characters that no name may have. */
export function checkName(name: string): void {
  if (forbidden.test(name)) throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
}
