import { itemProcessorOf } from '../asl/item-processor.ts';
import type { Branch, StateMachine } from '../asl/machine.ts';
import { queryLanguageOf } from './find-query-language.ts';
import { SimulationError } from './simulation-error.ts';
import { explainFault } from './explain-fault.ts';

const checked = new WeakSet<object>();

/**
 * Reads every expression, path and function of a machine, as CreateStateMachine does.
 * @throws SimulationError with AWS's code and location (`at /States/Ask/Output/v`) when one is refused.
 */
export function checkMachine(machine: StateMachine, name: string): void {
  if (checked.has(machine)) return;
  try {
    checkBranch(machine, { machine: name, language: machine.QueryLanguage ?? 'JSONPath', location: '' });
  } catch (fault) {
    throw explainFault(fault, machine, name);
  }
  checked.add(machine);
}

interface Place {
  readonly machine: string;
  readonly language: 'JSONata' | 'JSONPath';
  readonly location: string;
}

function checkBranch(branch: Branch, place: Place): void {
  for (const [name, state] of Object.entries(branch.States)) {
    const location = `${place.location}/States/${name}`;
    for (const { what, field } of queryLanguageOf(state, place.language).refused(state))
      throw new SimulationError(`state machine '${place.machine}': ${what} at ${location}/${field}`);
    if (state.Type === 'Map')
      checkBranch(itemProcessorOf(state), { ...place, location: `${location}/ItemProcessor` });
    if (state.Type === 'Parallel')
      for (const [index, inner] of state.Branches.entries())
        checkBranch(inner, { ...place, location: `${location}/Branches[${index}]` });
  }
}
