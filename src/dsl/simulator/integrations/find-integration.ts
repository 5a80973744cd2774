import { SimulationError } from '../simulation-error.ts';
import { parseTaskResource, type IntegrationPattern, type TaskResource } from '../task-resource.ts';
import type { World } from '../world.ts';
import { callAwsSdk } from './aws-sdk.ts';
import { callFake } from './fake-resource.ts';
import type { Integration } from './integration.ts';
import { invokeFunction, invokeLambda } from './lambda-invoke.ts';
import { callOptimised } from './optimised.ts';
import { startExecution } from './start-execution.ts';
import { lookUp } from '../look-up.ts';

interface Entry {
  readonly integration: Integration;
  readonly patterns: readonly IntegrationPattern[];
}

const requestOrToken = ['requestResponse', 'waitForTaskToken'] as const;
const request = ['requestResponse'] as const;

/** The integrations by service and action, with the patterns that Step Functions offers for each. */
const integrations: { readonly [name: string]: Entry } = {
  'lambda:invoke': { integration: invokeLambda, patterns: requestOrToken },
  'states:startExecution': {
    integration: startExecution,
    patterns: ['requestResponse', 'sync', 'sync:2', 'waitForTaskToken'],
  },
  'sns:publish': { integration: callOptimised, patterns: requestOrToken },
  'sqs:sendMessage': { integration: callOptimised, patterns: requestOrToken },
  'events:putEvents': { integration: callOptimised, patterns: requestOrToken },
  'dynamodb:getItem': { integration: callOptimised, patterns: request },
  'dynamodb:putItem': { integration: callOptimised, patterns: request },
  'dynamodb:updateItem': { integration: callOptimised, patterns: request },
  'dynamodb:deleteItem': { integration: callOptimised, patterns: request },
};

/** A fake for this state, then one for exactly this Resource, comes before everything else. @throws SimulationError when nothing simulates it. */
export function findIntegration(
  resource: TaskResource,
  stateName: string,
  { tasks, resources, activities, host }: World,
): Integration {
  const hosted = host?.integration(resource, stateName);
  if (hosted !== undefined) return hosted;
  const { arn, kind, resourceType, action, pattern } = resource;
  const ofState = lookUp(tasks, stateName);
  const fake = ofState ?? lookUp(kind === 'activity' ? activities : resources, arn);
  if (fake !== undefined) return callFake(fake);
  if (kind === 'function') return invokeFunction;
  if (resourceType.startsWith('aws-sdk:') && !pattern.startsWith('sync')) return callAwsSdk;
  const name = `${resourceType}:${action}`;
  const entry = Object.hasOwn(integrations, name) ? integrations[name] : undefined;
  if (entry?.patterns.includes(pattern) === true) return entry.integration;
  throw new SimulationError(
    `state '${stateName}': the integration '${arn}' is not simulated; ` +
      (host === undefined
        ? `pass a function that stands in for it in options.resources['${arn}']`
        : 'give a test case that answers it by --mocks FILE'),
  );
}

/** Whether somebody does an activity's work. */
export function findsActivity(arn: string, { activities, host }: World): boolean {
  return Object.hasOwn(activities, arn) || host?.integration(parseTaskResource(arn, ''), '') !== undefined;
}
