import { itemProcessorOf } from '../asl/item-processor.ts';
import type { Branch, State, StateMachine } from '../asl/machine.ts';
import type { MachineType } from './arns.ts';
import { queryLanguageOf } from './find-query-language.ts';
import { maximumDefinitionBytes } from './limits.ts';
import type { Refusal } from './query-language.ts';
import { refusedInExpress } from './refused-in-express.ts';
import { refusedLanguage } from './refused-language.ts';
import { SimulationError } from './simulation-error.ts';
import { explainFault } from './explain-fault.ts';

const checked: { readonly [type in MachineType]: WeakSet<object> } = {
  STANDARD: new WeakSet(),
  EXPRESS: new WeakSet(),
};

/**
 * Reads every expression, path and function of a machine, as CreateStateMachine does, and sees whether its type and
 * its query languages may have what it has. All else that CreateStateMachine refuses is told by asl/check-machine.ts.
 * @throws SimulationError with AWS's code and location (`at /States/Ask/Output/v`) when one is refused.
 */
export function checkMachine(machine: StateMachine, name: string, type: MachineType = 'STANDARD'): void {
  if (checked[type].has(machine)) return;
  try {
    checkSize(machine, name);
    const language = machine.QueryLanguage ?? 'JSONPath';
    checkBranch(machine, { machine: name, language, express: type === 'EXPRESS', location: '' });
  } catch (fault) {
    throw explainFault(fault, machine, name);
  }
  checked[type].add(machine);
}

function checkSize(machine: StateMachine, name: string): void {
  const bytes = Buffer.byteLength(JSON.stringify(machine));
  if (bytes > maximumDefinitionBytes)
    throw new SimulationError(
      `state machine '${name}' has a definition of ${bytes} bytes, more than ${maximumDefinitionBytes}; move a part into a child machine`,
    );
}

interface Place {
  readonly machine: string;
  readonly language: 'JSONata' | 'JSONPath';
  /** Whether it runs in an Express execution: the machine's own, or a distributed Map's children. */
  readonly express: boolean;
  readonly location: string;
}

function* refusals(state: State, { language, express }: Place): Iterable<Refusal> {
  yield* refusedLanguage(state, language);
  yield* queryLanguageOf(state, language).refused(state);
  if (express) yield* refusedInExpress(state);
}

function checkBranch(branch: Branch, place: Place): void {
  for (const [name, state] of Object.entries(branch.States)) {
    const location = `${place.location}/States/${name}`;
    for (const { what, field } of refusals(state, place))
      throw new SimulationError(
        `state machine '${place.machine}': ${what} at ${location}${field === '' ? '' : `/${field}`}`,
      );
    if (state.Type === 'Map') {
      const processor = itemProcessorOf(state);
      const express = place.express || processor.ProcessorConfig?.ExecutionType === 'EXPRESS';
      checkBranch(processor, { ...place, express, location: `${location}/ItemProcessor` });
    }
    if (state.Type === 'Parallel')
      for (const [index, inner] of state.Branches.entries())
        checkBranch(inner, { ...place, location: `${location}/Branches[${index}]` });
  }
}
