import * as z from 'zod';
import { testStateResponse } from '../../simulator/test-state/api-response.ts';
import { testState } from '../../simulator/test-state/test-state.ts';
import { TestStateError } from '../../simulator/test-state/test-state-error.ts';
import { SimulationError } from '../../simulator/simulation-error.ts';
import { operation } from '../operation.ts';
import * as part from '../request-parts.ts';
import type { Service } from '../service.ts';
import { invalid, ServiceError } from '../service-error.ts';

const mock = z.strictObject({
  result: part.payload.optional(),
  errorOutput: z.strictObject({ error: part.errorName, cause: part.cause }).optional(),
  fieldValidationMode: z.enum(['STRICT', 'PRESENT', 'NONE']).optional(),
});

const stateConfiguration = z.strictObject({
  retrierRetryCount: z.int().min(0).optional(),
  mapIterationFailureCount: z.int().min(0).optional(),
  errorCausedByState: part.name.optional(),
  mapItemReaderData: part.payload.optional(),
});

/** Without a mock, a Task's call goes where those of executions go, but for other machines, which it does not start. */
export const TestState = operation(
  z.strictObject({
    definition: part.definition,
    stateName: part.name.optional(),
    roleArn: part.arn.optional(),
    input: part.payload.optional(),
    inspectionLevel: z.enum(['INFO', 'DEBUG', 'TRACE']).optional(),
    revealSecrets: z.boolean().optional(),
    variables: part.payload.optional(),
    context: part.payload.optional(),
    mock: mock.optional(),
    stateConfiguration: stateConfiguration.optional(),
  }),
  async (request, service) => {
    try {
      return testStateResponse(await testState(request, worldOf(service)));
    } catch (fault) {
      if (fault instanceof TestStateError) throw new ServiceError(fault.code, fault.message);
      if (fault instanceof SimulationError) throw invalid(fault.message);
      throw fault;
    }
  },
);

function worldOf({ options, world }: Service) {
  const { account, region, time } = options;
  const { lambdaEndpoint } = options;
  const { clients } = world;
  const where = { account, region, clients, clock: time.newClock() };
  return lambdaEndpoint === undefined ? where : { ...where, lambdaEndpoint };
}
