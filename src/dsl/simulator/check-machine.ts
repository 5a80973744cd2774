import { refusalsOf } from '../asl/creation.ts';
import { itemProcessorOf } from '../asl/item-processor.ts';
import type { Branch, State, StateMachine } from '../asl/machine.ts';
import type { MachineType } from './arns.ts';
import { explainFault } from './explain-fault.ts';
import { queryLanguageOf } from './find-query-language.ts';
import { SimulationError } from './simulation-error.ts';

const taken: { readonly [type in MachineType]: WeakSet<object> } = {
  STANDARD: new WeakSet(),
  EXPRESS: new WeakSet(),
};

/**
 * Refuses a machine that CreateStateMachine would refuse, and reads the others.
 * @throws SimulationError with all that is refused, each with AWS's code, its place, the code of `checkMachine` and
 * what to change.
 */
export function checkMachine(machine: StateMachine, name: string, type: MachineType = 'STANDARD'): void {
  if (taken[type].has(machine)) return;
  refuse(machine, name, type);
  readMachine(machine, name);
  taken[type].add(machine);
}

/**
 * Reads every expression, path and function of a machine that is not refused.
 * @throws SimulationError for the first one that cannot be read.
 */
export function readMachine(machine: StateMachine, name: string): void {
  try {
    readBranch(machine, { machine: name, language: machine.QueryLanguage ?? 'JSONPath', location: '' });
  } catch (fault) {
    throw explainFault(fault, name);
  }
}

function refuse(machine: StateMachine, name: string, type: MachineType): void {
  const refusals = refusalsOf(machine, type).map(
    ({ awsCode, code, awsMessage, problem, place, remedy }) =>
      `${awsCode ?? code}: ${awsMessage ?? problem} at ${place} (${code}: ${remedy})`,
  );
  if (refusals.length > 0)
    throw new SimulationError(
      `state machine '${name}':${refusals.length === 1 ? ' ' : '\n  '}${refusals.join('\n  ')}`,
    );
}

interface Place {
  readonly machine: string;
  readonly language: 'JSONata' | 'JSONPath';
  readonly location: string;
}

function readBranch(branch: Branch, place: Place): void {
  for (const [name, state] of Object.entries(branch.States)) {
    const location = `${place.location}/States/${name}`;
    readState(state, { ...place, location });
    if (state.Type === 'Map')
      readBranch(itemProcessorOf(state), { ...place, location: `${location}/ItemProcessor` });
    if (state.Type === 'Parallel')
      for (const [index, inner] of state.Branches.entries())
        readBranch(inner, { ...place, location: `${location}/Branches[${index}]` });
  }
}

function readState(state: State, { machine, language, location }: Place): void {
  for (const { what, field } of queryLanguageOf(state, language).refused(state))
    throw new SimulationError(
      `state machine '${machine}': ${what} at ${location}${field === '' ? '' : `/${field}`}`,
    );
}
