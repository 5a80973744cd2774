import type { Integration } from '../../simulator/integrations/integration.ts';
import { SimulationError } from '../../simulator/simulation-error.ts';

/** Performs nothing, and says what would. The execution ends with it, FAILED with States.Runtime. */
export const refusal =
  (why: string): Integration =>
  () =>
    Promise.reject(new SimulationError(why));
