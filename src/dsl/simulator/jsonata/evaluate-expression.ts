import type { Json } from '../../asl/machine.ts';
import { EvaluationFailure } from '../state-failure.ts';
import { randomFunction } from './added-functions.ts';
import { type Bindings, NOT_DIRECT, type StatesVariable } from './direct/syntax-node.ts';
import { Endless } from '../endless.ts';
import { type ParsedExpression, parseExpression } from './parse-expression.ts';
import { NotJson, NumberOutOfRange, plainJson } from './plain-json.ts';
import { put } from '../../asl/put.ts';
import { isStackOverflow } from '../stack-overflow.ts';

/** What an expression may know of the world outside its bindings; the same object for all of one execution. */
export interface Surroundings {
  readonly now: () => number;
  readonly random: () => number;
  readonly uuid: () => string;
}

/** An expression, the field it stands in (`Output/v`), and what it sees. */
export interface Evaluation {
  readonly source: string;
  readonly field: string;
  readonly bindings: Bindings;
}

/** The value of an expression that can be had at once; undefined for all others, and for one that gives nothing. */
export function directValue(source: string, bindings: Bindings): Json | undefined {
  const { direct } = parseExpression(source);
  if (direct === undefined) return undefined;
  try {
    return direct(bindings) as Json | undefined;
  } catch (fault) {
    // What takes too much is told by the package.
    if (fault === NOT_DIRECT || fault instanceof RangeError || fault instanceof Endless) return undefined;
    throw fault;
  }
}

/**
 * The value of an expression as Step Functions computes it.
 * @throws EvaluationFailure when it gives nothing, gives what JSON cannot hold, or faults.
 * @throws SimulationError when Step Functions would not have accepted the expression.
 */
export async function evaluateExpression(
  { source, field, bindings }: Evaluation,
  surroundings: Surroundings,
): Promise<Json> {
  const parsed = parseExpression(source);
  if (parsed.readsClock) {
    const atOnce = directValue(source, { ...bindings, now: surroundings.now });
    if (atOnce !== undefined) return atOnce;
  }
  const failure = (what: string) =>
    new EvaluationFailure(
      `The JSONata expression '${source}' specified for the field '${field}' ${what}`,
      field,
    );
  let value: unknown;
  try {
    value = await evaluateWhole(parsed, namedIn(parsed, bindings, functionsOf(surroundings)));
  } catch (fault) {
    throw failure(`threw an error during evaluation${detailOf(fault)}`);
  }
  if (value === undefined) throw failure('returned nothing (undefined).');
  try {
    return plainJson(value);
  } catch (fault) {
    // In JSONata's words for a number that a sum, say, would refuse.
    if (fault instanceof NumberOutOfRange)
      throw failure(`threw an error during evaluation. D1001: Number out of range: ${fault.message}`);
    if (!(fault instanceof NotJson)) throw fault;
    throw failure('returned an unsupported result type.');
  }
}

/** What the expression names: the package binds each value anew, which takes longer than many an evaluation. */
function namedIn(
  { names, readsContext }: ParsedExpression,
  { variables, states }: Bindings,
  functions: WorldFunctions,
) {
  const found: { [name: string]: unknown } = {};
  for (const name of names)
    if (name === 'states') found.states = wholeStates(states, readsContext);
    else if (Object.hasOwn(variables, name)) put(found, name, variables[name]);
    else if (Object.hasOwn(functions, name)) found[name] = functions[name];
  return found;
}

function wholeStates(states: StatesVariable | undefined, withContext: boolean): StatesVariable {
  const whole: { -readonly [field in keyof StatesVariable]: StatesVariable[field] } = {
    input: states?.input,
  };
  if (withContext) whole.context = states?.context;
  if (states?.result !== undefined) whole.result = states.result;
  if (states?.errorOutput !== undefined) whole.errorOutput = states.errorOutput;
  return whole;
}

/** The value that the package gives. */
const evaluateWhole = (
  { whole, bounds }: ParsedExpression,
  variables: { readonly [name: string]: unknown },
): Promise<unknown> => bounds.within(() => whole.evaluate(undefined, variables));

/** What AWS says of evaluations that exceed its bounds. Source: floci-io/floci, issue 2737, measured by TestState. */
const exceeded = {
  depth:
    'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.',
  memory: 'Expression evaluation memory limit exceeded: Check for excessive memory usage',
  time: 'Expression evaluation timeout: Check for infinite loop',
};

/** JSONata's own faults have a code. */
function detailOf(fault: unknown): string {
  if (fault instanceof Endless) return `: ${exceeded.time}`;
  const { code, message } = fault as { readonly code?: string; readonly message: string };
  if (code === 'D1011' || isStackOverflow(fault)) return `: ${exceeded.depth}`;
  // Text and arrays that are too large are RangeErrors as well.
  if (code === 'D2014' || code === 'D2015' || fault instanceof RangeError) return `: ${exceeded.memory}`;
  return code === undefined ? `: ${message}` : `. ${code}: ${message}`;
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
        : evaluateWhole(parseExpression('$fromMillis($at, $picture, $timezone)'), {
            at: now(),
            picture,
            timezone,
          }),
    random: randomFunction(random),
    uuid,
  };
}
