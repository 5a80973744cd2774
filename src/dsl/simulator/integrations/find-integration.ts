import { SimulationError } from '../simulation-error.ts';
import type { TaskResource } from '../task-resource.ts';
import { callAwsSdk } from './aws-sdk.ts';
import type { Integration } from './integration.ts';
import { invokeLambda } from './lambda-invoke.ts';
import { startExecution } from './start-execution.ts';

/** The integrations by what their resource (after `arn:aws:states:::`) begins with, up to the request pattern. */
const integrations: readonly { readonly resource: RegExp; readonly integration: Integration }[] = [
  { resource: /^lambda:invoke$/, integration: invokeLambda },
  { resource: /^aws-sdk:[^:]+:[^.:]+$/, integration: callAwsSdk },
  { resource: /^states:startExecution(\.sync(:2)?)?$/, integration: startExecution },
];

/** @throws SimulationError when nothing simulates the resource. */
export function findIntegration(resource: TaskResource, stateName: string): Integration {
  const name = `${resource.resourceType}:${resource.resource}`;
  const found = integrations.find((entry) => entry.resource.test(name));
  if (found !== undefined) return found.integration;
  throw new SimulationError(
    `state '${stateName}': the integration '${resource.arn}' is not simulated; use lambda:invoke, ` +
      'aws-sdk:<service>:<action>, or states:startExecution with or without .sync or .sync:2',
  );
}
