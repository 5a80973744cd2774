import { sdkModel } from '../sdk-model.ts';
import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { shown } from './json-value.ts';
import { integrationNames } from './integrations.ts';
import type { StateNode } from './machine-tree.ts';
import { type Resource, resourceOf } from './resource.ts';

/** Resources that no Task can call. */
export const checkResources: Check = ({ states }) =>
  states.filter(({ type, value }) => type === 'Task' && typeof value.Resource === 'string').flatMap(faultsOf);

function faultsOf(state: StateNode): readonly Fault[] {
  const here = at(state, '/Resource');
  const resource = resourceOf(state.value.Resource);
  if (resource === undefined)
    return [
      {
        code: 'bad-resource',
        ...here,
        problem: `a Task cannot call ${shown(state.value.Resource)}`,
        remedy: 'name an integration (arn:aws:states:::lambda:invoke), an activity or a function by its ARN',
      },
    ];
  const fault = faultOfCall(resource);
  return fault === undefined ? [] : [{ ...here, ...fault }];
}

type Told = Pick<Fault, 'code' | 'problem' | 'remedy'>;

function faultOfCall(resource: Resource): Told | undefined {
  if (resource.kind === 'sdk') return faultOfSdk(resource);
  if (resource.kind !== 'optimised') return undefined;
  const { service, action, pattern, integration } = resource;
  if (integration === undefined)
    return {
      code: 'unknown-integration',
      problem: `there is no optimised integration of '${service}'`,
      remedy: `call it as arn:aws:states:::aws-sdk:${service}:${action}, or use one of ${integrationNames.join(', ')}`,
    };
  if (!integration.actions.has(action))
    return {
      code: 'unknown-integration',
      problem: `the integration of ${service} has no action '${action}'`,
      remedy: `use one of ${[...integration.actions].join(', ')}, or the SDK: aws-sdk:${service}:${action}`,
    };
  const patterns = [
    ...(integration.jobs.has(action) ? ['.sync'] : []),
    ...(service === 'states' ? ['.sync:2'] : []),
    ...(integration.token ? ['.waitForTaskToken'] : []),
  ];
  return pattern === '' || patterns.includes(pattern)
    ? undefined
    : unsupported(`${service}:${action}`, pattern, patterns);
}

function faultOfSdk({
  service,
  action,
  pattern,
}: {
  readonly service: string;
  readonly action: string;
  readonly pattern: string;
}): Told | undefined {
  if (service !== service.toLowerCase() || !/^[a-z]/.test(action))
    return {
      code: 'unknown-integration',
      problem: `an SDK call is written service:action, got ${service}:${action}`,
      remedy: `write the service in small letters and the action in camel case: ${service.toLowerCase()}:${action.charAt(0).toLowerCase()}${action.slice(1)}`,
    };
  // Only services whose client is installed have a model here.
  const model = sdkModel(service);
  if (model !== undefined && model.operation(action) === undefined)
    return {
      code: 'unknown-integration',
      problem: `${service} has no action '${action}'`,
      remedy: 'check its spelling',
    };
  if (pattern === '' || pattern === '.waitForTaskToken') return undefined;
  return unsupported(`aws-sdk:${service}:${action}`, pattern, ['.waitForTaskToken']);
}

function unsupported(call: string, pattern: string, patterns: readonly string[]): Told {
  const others = patterns.length === 0 ? 'nothing after the action' : `${patterns.join(' or ')}, or nothing`;
  return { code: 'unsupported-pattern', problem: `${call} has no '${pattern}'`, remedy: `write ${others}` };
}
