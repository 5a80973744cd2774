import type { Json } from '../../asl/machine.ts';
import type { Outcome, Production } from '../outcome.ts';
import type { Process } from '../request.ts';
import type { Visit } from '../visit.ts';
import { fieldAtOnce, fieldLater } from './evaluate-field.ts';
import { put } from '../../asl/put.ts';

/**
 * Evaluates Output and Assign, both from the values that held when the state was entered.
 * Without Output the result passes on, else the error, else the input.
 * @throws EvaluationFailure
 */
export function* produce(visit: Visit, outcome: Outcome): Process<Production> {
  const { prefix = '', result, errorOutput } = outcome;
  const producer = outcome.producer as { Output?: Json; Assign?: { readonly [variable: string]: Json } };
  let output: Json;
  if (producer.Output === undefined) output = passedOn(visit, outcome);
  else {
    const field = { name: `${prefix}Output`, template: producer.Output, result, errorOutput };
    output = fieldAtOnce(visit, field) ?? (yield* fieldLater(visit, field));
  }
  let assigned: { [variable: string]: Json } | undefined;
  for (const [variable, template] of Object.entries(producer.Assign ?? {})) {
    assigned ??= {};
    const field = { name: `${prefix}Assign/${variable}`, template, result, errorOutput };
    put(assigned, variable, fieldAtOnce(visit, field) ?? (yield* fieldLater(visit, field)));
  }
  return { next: outcome.next, output, assigned };
}

function passedOn(visit: Visit, { result, errorOutput }: Outcome): Json {
  // Not `??`: a result of null is a result.
  if (result !== undefined) return result;
  return errorOutput === undefined ? visit.input : errorOutput;
}
