import type { FindingCode } from '../../asl/check/codes.ts';
import { refusalsOf, refusalText } from '../../asl/creation.ts';
import { itemProcessorOf } from '../../asl/item-processor.ts';
import type { Branch, Catcher, ChoiceRule, JsonObject, State, StateMachine } from '../../asl/machine.ts';
import { readMachine } from '../check-machine.ts';
import { SimulationError } from '../simulation-error.ts';
import { invalidRequest, TestStateError } from './test-state-error.ts';

/** The state that a request is about. */
export interface TestedState {
  /** The name that a state without one is given. */
  readonly name: string;
  readonly state: State;
  readonly ofMachine: 'JSONata' | 'JSONPath';
}

/** What a state is called that is given alone. */
export const ONLY_STATE = 'StateName';

/**
 * Finds the state, and holds the definition against all that CreateStateMachine would hold against it.
 * @throws TestStateError InvalidDefinition, or ValidationException when there is no such state.
 */
export function testedState(given: object | string, stateName: string | undefined): TestedState {
  if (stateName === '') throw invalidRequest('stateName must have a length of at least 1.');
  const definition = read(given);
  const isMachine = 'States' in definition;
  if (isMachine && stateName === undefined)
    throw invalidRequest('stateName must be specified when the definition is a state machine.');
  if (!isMachine && stateName !== undefined)
    throw invalidRequest('The definition must be a state machine when stateName is specified.');
  const machine = isMachine ? (definition as unknown as StateMachine) : machineAround(definition);
  refuseFaults(machine);
  const name = stateName ?? ONLY_STATE;
  const state = findState(machine, name);
  if (state === undefined) throw invalidRequest('State not found in definition');
  return { name, state, ofMachine: machine.QueryLanguage ?? 'JSONPath' };
}

/** A state of that name, wherever it is. */
export function findState(branch: Branch, name: string): State | undefined {
  if (Object.hasOwn(branch.States, name)) return branch.States[name];
  for (const state of Object.values(branch.States)) {
    const found = findInside(state, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A state of that name within a Map or Parallel. */
export function findInside(state: State, name: string): State | undefined {
  const bodies =
    state.Type === 'Parallel' ? state.Branches : state.Type === 'Map' ? [itemProcessorOf(state)] : [];
  for (const body of bodies) {
    const found = findState(body, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function read(given: object | string): JsonObject {
  let definition: unknown = given;
  if (typeof given === 'string')
    try {
      definition = JSON.parse(given);
    } catch (fault) {
      throw invalidDefinition(`INVALID_JSON_DESCRIPTION: ${(fault as Error).message}`);
    }
  if (typeof definition === 'object' && definition !== null && !Array.isArray(definition))
    return definition as JsonObject;
  throw invalidDefinition('INVALID_JSON_DESCRIPTION: The definition must be a JSON object.');
}

/** A machine in which the state is the first, and all that it leads to is an end. */
function machineAround(definition: JsonObject): StateMachine {
  const state = definition as unknown as State;
  const { Next, Default, Choices, Catch } = state as {
    readonly [field in 'Next' | 'Default']?: string;
  } & { readonly Choices?: readonly ChoiceRule[]; readonly Catch?: readonly Catcher[] };
  const ends = [Next, Default, ...[Choices, Catch].flatMap(nextsOf)].filter(
    (name) => typeof name === 'string',
  );
  return {
    StartAt: ONLY_STATE,
    States: {
      ...Object.fromEntries(ends.map((name): [string, State] => [name, { Type: 'Succeed' }])),
      [ONLY_STATE]: state,
    },
  };
}

const nextsOf = (list: readonly { readonly Next?: string }[] | undefined) =>
  Array.isArray(list) ? (list as readonly { readonly Next?: string }[]).map(({ Next }) => Next) : [];

/** Variables are given with the request. */
const beyondTest: FindingCode = 'shadowed-variable';

function refuseFaults(machine: StateMachine): void {
  const refused = refusalsOf(machine).filter(({ code }) => code !== beyondTest);
  if (refused.length > 0) throw invalidDefinition(refusalText(refused));
  try {
    readMachine(machine, ONLY_STATE);
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    throw invalidDefinition(error.message.replace(/^state machine '[^']*': /, ''));
  }
}

const invalidDefinition = (what: string): TestStateError =>
  new TestStateError('InvalidDefinition', `Invalid State Machine Definition: '${what}'`);
