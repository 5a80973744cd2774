import { SimulationError } from './simulation-error.ts';

/** What a task waits for: the answer to its request, the end of a job, or an answer to its task token. */
export type IntegrationPattern = 'requestResponse' | 'sync' | 'sync:2' | 'waitForTaskToken';

/** A Task's Resource, taken apart. */
export interface TaskResource {
  /**
   * `function`: a Lambda function's own ARN, Step Functions' first way of calling one; `activity`: work that is
   * asked for by whoever does it. Both have events of their own.
   */
  readonly kind: 'integration' | 'function' | 'activity';
  readonly arn: string;
  /** As history events name it: `lambda`, `states`, `aws-sdk:dynamodb`. */
  readonly resourceType: string;
  /** As history events name it: `invoke`, `startExecution.sync:2`, `describeTable`. */
  readonly resource: string;
  /** The resource without its pattern: `startExecution`. */
  readonly action: string;
  readonly pattern: IntegrationPattern;
}

const integrationArn = /^arn:[^:]+:states:[^:]*:[^:]*:(aws-sdk:[^:]+|[^:]+):(.+)$/;
const functionArn = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:/;
const directFunction = {
  kind: 'function',
  resourceType: 'lambda',
  resource: 'function',
  action: 'function',
  pattern: 'requestResponse',
} as const;
const activityArn = /^arn:[^:]+:states:[^:]*:[^:]*:activity:/;
const activity = {
  kind: 'activity',
  resourceType: 'activity',
  resource: 'activity',
  action: 'activity',
  pattern: 'requestResponse',
} as const;
const patterns = /^(.+?)(?:\.(sync:2|sync|waitForTaskToken))?$/;

/** @throws SimulationError when the text is not an integration's ARN. */
export function parseTaskResource(arn: string, stateName: string): TaskResource {
  if (functionArn.test(arn)) return { ...directFunction, arn };
  if (isActivity(arn)) return { ...activity, arn };
  const match = integrationArn.exec(arn);
  if (match === null)
    throw new SimulationError(
      `state '${stateName}': Resource '${arn}' is not simulated; use arn:aws:states:::lambda:invoke, ` +
        `arn:aws:states:::aws-sdk:<service>:<action> or another arn:aws:states:::<service>:<action>`,
    );
  const [, resourceType, resource] = match as unknown as readonly [string, string, string];
  const [, action, pattern] = patterns.exec(resource) as unknown as readonly [string, string, string?];
  return {
    kind: 'integration',
    arn,
    resourceType,
    resource,
    action,
    pattern: (pattern ?? 'requestResponse') as IntegrationPattern,
  };
}

export const isActivity = (arn: string): boolean => activityArn.test(arn);

/** Whether a task of this Resource gets a task token and waits for an answer to it. */
export function waitsForToken(arn: string): boolean {
  return arn.endsWith('.waitForTaskToken');
}
