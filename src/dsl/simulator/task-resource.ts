import { SimulationError } from './simulation-error.ts';

/** A Task's Resource, taken apart. */
export interface TaskResource {
  readonly arn: string;
  /** As history events name it: `lambda`, `states`, `aws-sdk:dynamodb`. */
  readonly resourceType: string;
  /** As history events name it: `invoke`, `startExecution.sync:2`, `describeTable`. */
  readonly resource: string;
}

/** @throws SimulationError when the text is not an integration's ARN. */
export function parseTaskResource(arn: string, stateName: string): TaskResource {
  const match = /^arn:[^:]+:states:[^:]*:[^:]*:(aws-sdk:[^:]+|[^:]+):(.+)$/.exec(arn);
  if (match === null)
    throw new SimulationError(
      `state '${stateName}': Resource '${arn}' is not simulated; use arn:aws:states:::lambda:invoke, ` +
        `arn:aws:states:::aws-sdk:<service>:<action> or arn:aws:states:::states:startExecution`,
    );
  return { arn, resourceType: match[1] as string, resource: match[2] as string };
}
