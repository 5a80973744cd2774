import { payloadText } from './limits.ts';
import type { Production } from './outcome.ts';
import type { Process } from './request.ts';
import { record, wholly } from './thread.ts';
import type { Visit } from './visit.ts';
import { put } from './put.ts';

/**
 * Leaves the state: the variables are set and the exit recorded. Returns the output's JSON text.
 * @throws StateFailure States.DataLimitExceeded, which no Catch of the state sees.
 */
export function* leave(visit: Visit, production: Production): Process<string> {
  const { thread, name } = visit;
  const output = payloadText(production.output, name);
  const assigned = production.assigned === undefined ? undefined : assign(visit, production.assigned);
  thread.open = undefined;
  yield* record(thread, `${visit.state.Type}StateExited` as 'PassStateExited', {
    stateExitedEventDetails: {
      name,
      output,
      outputDetails: wholly,
      ...assigned,
    },
  });
  return output;
}

/** Sets the variables. Returns what the exit tells of them. */
function assign(visit: Visit, values: NonNullable<Production['assigned']>) {
  const assignedVariables: { [variable: string]: string } = {};
  const assignments = Object.entries(values).map(([variable, value]) => {
    const text = JSON.stringify(value);
    put(assignedVariables, variable, text);
    return { variable, value, bytes: Buffer.byteLength(text) };
  });
  visit.scope.assign(assignments, visit.name);
  if (assignments.length === 0) return undefined;
  return { assignedVariables, assignedVariablesDetails: wholly };
}
