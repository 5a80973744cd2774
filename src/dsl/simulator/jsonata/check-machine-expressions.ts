import { itemProcessorOf } from '../../asl/item-processor.ts';
import type { Branch, Json, State, StateMachine } from '../../asl/machine.ts';
import { SimulationError } from '../simulation-error.ts';
import { expressionSource } from './evaluate-template.ts';
import { parseExpression } from './parse-expression.ts';

/** Fields that hold other states, or text that is never evaluated. */
const notEvaluated = new Set([
  'Branches',
  'Comment',
  'ItemProcessor',
  'Iterator',
  'Next',
  'QueryLanguage',
  'Resource',
  'Type',
]);

const checked = new WeakSet<object>();

/**
 * Parses every expression of a machine, as CreateStateMachine does.
 * @throws SimulationError with AWS's code and location (`at /States/Ask/Output/v`) when one is refused.
 */
export function checkMachineExpressions(machine: StateMachine, name: string): void {
  if (checked.has(machine)) return;
  checkBranch(machine, { machine: name, language: machine.QueryLanguage ?? 'JSONPath', location: '' });
  checked.add(machine);
}

interface Place {
  readonly machine: string;
  readonly language: 'JSONata' | 'JSONPath';
  readonly location: string;
}

function checkBranch(branch: Branch, place: Place): void {
  for (const [name, state] of Object.entries(branch.States)) {
    const language = state.QueryLanguage ?? place.language;
    const location = `${place.location}/States/${name}`;
    if (language === 'JSONata') checkFields(state, { ...place, location });
    if (state.Type === 'Map')
      checkBranch(itemProcessorOf(state), { ...place, location: `${location}/ItemProcessor` });
    if (state.Type === 'Parallel')
      for (const [index, inner] of state.Branches.entries())
        checkBranch(inner, { ...place, location: `${location}/Branches[${index}]` });
  }
}

function checkFields(state: State, place: Place): void {
  for (const [field, template] of Object.entries(state) as [string, Json][])
    if (!notEvaluated.has(field))
      checkTemplate(template, { ...place, location: `${place.location}/${field}` });
}

function checkTemplate(template: Json, place: Place): void {
  if (typeof template === 'string') {
    const source = expressionSource(template);
    if (source !== undefined) checkSource(source, place);
  } else if (typeof template === 'object' && template !== null)
    for (const [key, inner] of Object.entries(template)) {
      const step = Array.isArray(template) ? `[${key}]` : `/${key}`;
      checkTemplate(inner, { ...place, location: place.location + step });
    }
}

function checkSource(source: string, { machine, location }: Place): void {
  try {
    parseExpression(source);
  } catch (fault) {
    if (!(fault instanceof SimulationError)) throw fault;
    throw new SimulationError(
      `state machine '${machine}': INVALID_JSONATA_EXPRESSION: ${fault.message} at ${location}`,
    );
  }
}
