import { SimulationError } from './simulation-error.ts';
import { isStackOverflow } from './stack-overflow.ts';

/** What a simulation is rejected with for a fault that is neither an outcome nor a refusal. */
export const explainFault = (fault: unknown, name: string): unknown =>
  isStackOverflow(fault)
    ? new SimulationError(`state machine '${name}' is nested too deeply; write it in smaller parts`, {
        cause: fault,
      })
    : fault;
