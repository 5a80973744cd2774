import type { RestService } from '../rest/rest-service.ts';
import { concurrencyOperations } from './concurrency.ts';
import type { FunctionRegistry } from './function-registry.ts';
import { functionOperations } from './functions.ts';
import { invokeOperations } from './invoke.ts';
import { mappingOperations } from './mappings.ts';
import { ControlPlaneLimits } from './rate-limit.ts';
import { LAMBDA_ROUTES } from './routes.ts';
import { tagOperations } from './tags.ts';

export interface LambdaOptions {
  readonly clock: { now(): number };
  readonly accountConcurrency: number;
  readonly mappingSwitchSeconds: number;
  readonly limitControlPlane: boolean;
}

/** Lambda's REST API over a registry of functions. */
export function lambdaService(options: LambdaOptions, registry: FunctionRegistry): RestService {
  const { clock } = options;
  const limits = options.limitControlPlane ? new ControlPlaneLimits(clock) : undefined;
  return {
    name: 'Lambda',
    routes: LAMBDA_ROUTES,
    operations: {
      ...functionOperations(registry),
      ...concurrencyOperations(registry, options.accountConcurrency),
      ...mappingOperations(registry, { clock, switchDuration: options.mappingSwitchSeconds * 1000 }),
      ...tagOperations(registry),
      ...invokeOperations(registry),
    },
    admit: (operation) => {
      if (operation !== 'Invoke') limits?.take(operation);
    },
  };
}
