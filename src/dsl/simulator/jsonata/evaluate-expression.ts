import type { Expression } from 'jsonata';
import type { Json } from '../../asl/machine.ts';
import { EvaluationFailure } from '../state-failure.ts';
import { randomFunction } from './added-functions.ts';
import { NOT_DIRECT } from './direct/syntax-node.ts';
import { parseExpression } from './parse-expression.ts';
import { NotJson, NumberOutOfRange, plainJson } from './plain-json.ts';

/** What an expression may know of the world outside its bindings; the same object for all of one execution. */
export interface Surroundings {
  readonly now: () => number;
  readonly random: () => number;
  readonly uuid: () => string;
}

/** An expression, the field it stands in (`Output/v`), and the variables it sees, `states` among them. */
export interface Evaluation {
  readonly source: string;
  readonly field: string;
  readonly bindings: { readonly [variable: string]: unknown };
}

/**
 * The value of an expression as Step Functions computes it.
 * @throws EvaluationFailure when it gives nothing, gives what JSON cannot hold, or faults.
 * @throws SimulationError when Step Functions would not have accepted the expression.
 */
export function evaluateExpression(evaluation: Evaluation, surroundings: Surroundings): Json | Promise<Json> {
  const { source, bindings } = evaluation;
  const { whole, direct } = parseExpression(source);
  if (direct !== undefined)
    try {
      const value = direct(bindings);
      if (value !== undefined) return value as Json;
    } catch (fault) {
      if (fault !== NOT_DIRECT) throw fault;
    }
  return evaluateWhole(whole, evaluation, surroundings);
}

async function evaluateWhole(
  expression: Expression,
  { source, field, bindings }: Evaluation,
  surroundings: Surroundings,
): Promise<Json> {
  const told = `The JSONata expression '${source}' specified for the field '${field}'`;
  let value: unknown;
  try {
    value = await expression.evaluate(undefined, { ...functionsOf(surroundings), ...bindings });
  } catch (fault) {
    const { code, message } = fault as { code?: string; message?: string };
    const detail = code === undefined ? message : `${code}: ${message}`;
    throw new EvaluationFailure(`${told} threw an error during evaluation. ${detail}`, field);
  }
  if (value === undefined) throw new EvaluationFailure(`${told} returned nothing (undefined).`, field);
  try {
    return plainJson(value);
  } catch (fault) {
    // In JSONata's words for a number that a sum, say, would refuse.
    if (fault instanceof NumberOutOfRange)
      throw new EvaluationFailure(
        `${told} threw an error during evaluation. D1001: Number out of range: ${fault.message}`,
        field,
      );
    if (!(fault instanceof NotJson)) throw fault;
    throw new EvaluationFailure(`${told} returned an unsupported result type.`, field);
  }
}

type WorldFunctions = { readonly [name: string]: unknown };

const made = new WeakMap<Surroundings, WorldFunctions>();

/** The functions that depend on the world, made once for each. */
function functionsOf(surroundings: Surroundings): WorldFunctions {
  const known = made.get(surroundings);
  if (known !== undefined) return known;
  const functions = worldFunctions(surroundings);
  made.set(surroundings, functions);
  return functions;
}

function worldFunctions({ now, random, uuid }: Surroundings): WorldFunctions {
  return {
    millis: now,
    now: (picture?: string, timezone?: string) =>
      picture === undefined
        ? new Date(now()).toISOString()
        : parseExpression('$fromMillis($at, $picture, $timezone)').whole.evaluate(undefined, {
            at: now(),
            picture,
            timezone,
          }),
    random: randomFunction(random),
    uuid,
  };
}
