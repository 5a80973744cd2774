import type { Json } from '../asl/machine.ts';
import { evaluateField } from './evaluate-field.ts';
import { payloadText } from './limits.ts';
import type { Process } from './request.ts';
import { record } from './thread.ts';
import type { Visit } from './visit.ts';

/** What a state's work, or its Catcher, came to, before Output and Assign. */
export interface Outcome {
  /** The state to go to; absent at the end. */
  readonly next: string | undefined;
  /** The part of the state whose Output and Assign count: itself, a Choice rule or a Catcher. */
  readonly producer: { readonly Output?: Json; readonly Assign?: { readonly [variable: string]: Json } };
  /** The producer's place within the state, as in `Catch[0]/`. */
  readonly prefix?: string;
  /** `$states.result`; absent for states without one. */
  readonly result?: Json;
  /** `$states.errorOutput`; absent outside Catchers. */
  readonly errorOutput?: Json;
}

export interface Production {
  readonly next: string | undefined;
  readonly output: Json;
  readonly assigned: { readonly [variable: string]: Json } | undefined;
}

/**
 * Evaluates Output and Assign, both from the values that held when the state was entered.
 * Without Output the result passes on, else the error, else the input.
 * @throws EvaluationFailure
 */
export function* produce(visit: Visit, outcome: Outcome): Process<Production> {
  const { producer, prefix = '', result, errorOutput } = outcome;
  const output =
    producer.Output === undefined
      ? passedOn(visit, outcome)
      : yield* evaluateField(visit, {
          name: `${prefix}Output`,
          template: producer.Output,
          result,
          errorOutput,
        });
  let assigned: { [variable: string]: Json } | undefined;
  for (const [variable, template] of Object.entries(producer.Assign ?? {})) {
    assigned ??= {};
    const name = `${prefix}Assign/${variable}`;
    assigned[variable] = yield* evaluateField(visit, { name, template, result, errorOutput });
  }
  return { next: outcome.next, output, assigned };
}

function passedOn(visit: Visit, { result, errorOutput }: Outcome): Json {
  // Not `??`: a result of null is a result.
  if (result !== undefined) return result;
  return errorOutput === undefined ? visit.input : errorOutput;
}

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
