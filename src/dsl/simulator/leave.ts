import type { State } from '../asl/machine.ts';
import { payloadText } from './limits.ts';
import type { Production } from './outcome.ts';
import type { Process } from './request.ts';
import type { Assignment } from './scope.ts';
import { recordExited, wholly } from './thread.ts';
import type { Visit } from './visit.ts';
import type { Transition } from './visit-state.ts';
import { put } from '../asl/put.ts';

/**
 * Leaves the state: the variables are set and the exit recorded. Returns where that leads.
 * @param inputText the JSON text of the visit's input.
 * @throws StateFailure States.DataLimitExceeded, which no Catch of the state sees.
 */
export function* leave(visit: Visit, production: Production, inputText: string): Process<Transition> {
  const { thread, name } = visit;
  // An input that passes through has its text already.
  const output = production.output === visit.input ? inputText : payloadText(production.output, name);
  const { assigned } = production;
  const details =
    assigned === undefined || isEmpty(assigned)
      ? { name, output, outputDetails: wholly }
      : {
          name,
          output,
          outputDetails: wholly,
          assignedVariables: assign(visit, assigned),
          assignedVariablesDetails: wholly,
        };
  const reached = { next: production.next, output: production.output, text: output };
  thread.open = undefined;
  thread.reached = reached;
  thread.entered = undefined;
  thread.work = undefined;
  // A Fail state is never left.
  yield* recordExited(thread, visit.state.Type as Exclude<State['Type'], 'Fail'>, details);
  return reached;
}

/** Sets the variables. Returns each one's JSON text. */
function assign(visit: Visit, values: NonNullable<Production['assigned']>) {
  const texts: { [variable: string]: string } = {};
  const assignments: Assignment[] = [];
  for (const [variable, value] of Object.entries(values)) {
    const text = JSON.stringify(value);
    put(texts, variable, text);
    assignments.push({ variable, value, bytes: Buffer.byteLength(text) });
  }
  visit.scope.assign(assignments, visit.name);
  return texts;
}

/** Without making a list of what is in it. */
function isEmpty(values: object): boolean {
  for (const _ in values) return false;
  return true;
}
