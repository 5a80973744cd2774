import type { Json, MapState } from '../../asl/machine.ts';
import { evaluateField, evaluateTyped } from '../evaluate-field.ts';
import type { Outcome } from '../produce.ts';
import type { Process } from '../request.ts';
import { SimulationError } from '../simulation-error.ts';
import { EvaluationFailure, StateFailure } from '../state-failure.ts';
import { record, recordBeside } from '../thread.ts';
import type { Visit } from '../visit.ts';
import { runDistributed } from './map-distributed.ts';
import { runInline } from './map-inline.ts';

/** What a Map has to run, once its fields are evaluated. */
export interface Iterations {
  /** Each iteration's input. */
  readonly inputs: readonly Json[];
  /** The items that they were made of: the context object's `Map.Item.Value`. */
  readonly items: readonly Json[];
  /** MaxConcurrency; 0 for as many as there are. */
  readonly limit: number;
}

/** One run of the ItemProcessor for each item; the result is the array of their outputs, in the items' order. */
export function* performMap(state: MapState, visit: Visit): Process<Outcome> {
  for (const field of ['ItemReader', 'ItemBatcher', 'ResultWriter'])
    if (field in state)
      throw new SimulationError(`state '${visit.name}': ${field} is not simulated; pass the items in Items`);
  const items = yield* mapItems(state, visit);
  const limit = yield* wholeNumber(visit, 'MaxConcurrency', state.MaxConcurrency ?? 0);
  const tolerance = yield* toleratedFailures(state, visit, items.length);
  const inputs = yield* mapInputs(state, visit, items);
  yield* record(visit.thread, 'MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  const iterations = { inputs, items, limit };
  const result =
    state.ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED'
      ? yield* runDistributed(state, visit, { ...iterations, tolerance })
      : yield* runInline(state, visit, iterations);
  yield* recordBeside(visit.thread, 'MapStateSucceeded');
  return { next: state.Next, producer: state, result };
}

function* mapItems(state: MapState, visit: Visit): Process<readonly Json[]> {
  if (state.Items !== undefined)
    return yield* evaluateTyped(visit, { name: 'Items', template: state.Items }, 'array');
  if (Array.isArray(visit.input)) return visit.input as readonly Json[];
  throw new EvaluationFailure(`Map state input must be an array but was: ${JSON.stringify(visit.input)}`);
}

function* mapInputs(state: MapState, visit: Visit, items: readonly Json[]): Process<readonly Json[]> {
  if (state.ItemSelector === undefined) return items;
  const inputs: Json[] = [];
  for (const [Index, Value] of items.entries()) {
    const field = { name: 'ItemSelector', template: state.ItemSelector, map: { Item: { Index, Value } } };
    inputs.push(yield* evaluateField(visit, field));
  }
  return inputs;
}

/** How many iterations of a distributed Map may fail: the stricter of the count and the percentage; default none. */
function* toleratedFailures(state: MapState, visit: Visit, items: number): Process<number> {
  const { ToleratedFailureCount: count, ToleratedFailurePercentage: percentage } = state;
  const tolerances: number[] = [];
  if (count !== undefined) tolerances.push(yield* wholeNumber(visit, 'ToleratedFailureCount', count));
  if (percentage !== undefined) {
    const field = { name: 'ToleratedFailurePercentage', template: percentage };
    const share = yield* evaluateTyped(visit, field, 'number');
    if (share < 0 || share > 100)
      throw new StateFailure('States.Runtime', 'ToleratedFailurePercentage must be between 0 and 100.');
    tolerances.push(Math.floor((share / 100) * items));
  }
  return tolerances.length === 0 ? 0 : Math.min(...tolerances);
}

function* wholeNumber(visit: Visit, name: string, template: number | string): Process<number> {
  const value = yield* evaluateTyped(visit, { name, template }, 'number');
  if (Number.isInteger(value) && value >= 0) return value;
  throw new EvaluationFailure(`The ${name} field must be a non-negative integer but was: ${value}`, name);
}
