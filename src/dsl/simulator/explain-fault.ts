import { checkMachine } from '../asl/check-machine.ts';
import { SimulationError } from './simulation-error.ts';
import { isStackOverflow } from './stack-overflow.ts';

/** How many mistakes of a machine are told at once. */
const most = 3;

/**
 * What a simulation is rejected with for a fault that is neither an outcome nor a refusal: if the machine is one that
 * CreateStateMachine would not take, what is wrong with it; else the fault, which is the simulator's own.
 */
export function explainFault(fault: unknown, machine: unknown, name: string): unknown {
  if (fault instanceof SimulationError) return fault;
  const errors = checkMachine(machine).filter(({ severity }) => severity === 'error');
  if (errors.length === 0)
    return isStackOverflow(fault)
      ? new SimulationError(`state machine '${name}' is nested too deeply; write it in smaller parts`, {
          cause: fault,
        })
      : fault;
  const told = errors.slice(0, most).map(({ place, problem, remedy }) => `${place}: ${problem}; ${remedy}`);
  const more = errors.length > most ? `, and ${errors.length - most} more` : '';
  return new SimulationError(`state machine '${name}' is not valid at ${told.join('. ')}${more}`, {
    cause: fault,
  });
}
