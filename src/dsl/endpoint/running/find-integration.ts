import { callFake } from '../../simulator/integrations/fake-resource.ts';
import type { Integration } from '../../simulator/integrations/integration.ts';
import { clientOfOptimised } from '../../simulator/integrations/optimised.ts';
import { refuseEndless } from '../../simulator/limits.ts';
import type { ResourceFake } from '../../simulator/resource-fake.ts';
import type { TaskResource } from '../../simulator/task-resource.ts';
import { startExecution } from '../operations/start-execution.ts';
import type { Service } from '../service.ts';
import { startNested } from './nested-execution.ts';
import { refusal } from './refusal.ts';
import type { Run } from './run.ts';

interface Wanted {
  readonly resource: TaskResource;
  readonly stateName: string;
  readonly run: Run;
}

/**
 * Who performs a task's call: the test case, a worker, another execution of the endpoint, or what the simulator does
 * with the clients and functions that it has (undefined).
 */
export function findIntegration(service: Service, wanted: Wanted): Integration | undefined {
  const { resource, stateName, run } = wanted;
  const { arn, kind, resourceType, action } = resource;
  const mocked = mockFor(wanted);
  if (mocked !== undefined) return callFake(mocked);
  if (kind === 'activity')
    return service.catalog.activity(arn) === undefined ? undefined : service.activityTasks.perform;
  if (kind === 'function' || (resourceType === 'lambda' && action === 'invoke'))
    return service.options.lambdaEndpoint === undefined
      ? refusal(
          `state '${stateName}' invokes a Lambda function, and nothing runs any; give --lambda-endpoint URL, ` +
            'or a test case by --mocks FILE',
        )
      : undefined;
  if (resourceType === 'states' && action === 'startExecution')
    return startNested((request, clock) => {
      const generation = run.start.generation + 1;
      if (service.options.time.jumps) refuseEndless(generation, 0, run.start.revision.machineName);
      return startExecution(request, service, { clock, generation });
    });
  const client = clientOf(resourceType);
  if (client === 'sfn' || Object.hasOwn(service.options.clients, client)) return undefined;
  return refusal(
    `state '${stateName}' calls '${arn}', and nothing performs it; give --endpoint ${client}=URL, ` +
      'or a test case by --mocks FILE',
  );
}

const clientOf = (resourceType: string): string =>
  clientOfOptimised(resourceType) ?? resourceType.replace(/^aws-sdk:/, '');

/** The fake of a run's test case, for the states that it tells of. */
function mockFor({ resource, stateName, run }: Wanted): ResourceFake | undefined {
  const { mocked } = run.start;
  // Whether an activity is known is asked without a state.
  const [fakes, name] = stateName === '' ? [mocked?.activities, resource.arn] : [mocked?.tasks, stateName];
  return fakes !== undefined && Object.hasOwn(fakes, name) ? fakes[name] : undefined;
}
