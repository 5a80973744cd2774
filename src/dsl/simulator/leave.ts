import { payloadText } from './limits.ts';
import type { Production } from './outcome.ts';
import type { Process } from './request.ts';
import { record } from './thread.ts';
import type { Visit } from './visit.ts';

/**
 * Leaves the state: the variables are set and the exit recorded.
 * @throws StateFailure States.DataLimitExceeded, which no Catch of the state sees.
 */
export function* leave(visit: Visit, production: Production): Process<void> {
  const { thread, name } = visit;
  const output = payloadText(production.output, name);
  const assigned = Object.entries(production.assigned ?? {});
  const texts = assigned.map(([variable, value]) => [variable, JSON.stringify(value)] as const);
  visit.scope.assign(
    assigned.map(([variable, value], index) => ({
      variable,
      value,
      bytes: Buffer.byteLength((texts[index] as readonly [string, string])[1]),
    })),
    name,
  );
  thread.open = undefined;
  yield* record(thread, `${visit.state.Type}StateExited` as 'PassStateExited', {
    stateExitedEventDetails: {
      name,
      output,
      outputDetails: { truncated: false },
      ...(texts.length === 0
        ? {}
        : { assignedVariables: Object.fromEntries(texts), assignedVariablesDetails: { truncated: false } }),
    },
  });
}
