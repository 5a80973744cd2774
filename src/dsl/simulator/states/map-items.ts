import type { Json, JsonObject, MapState } from '../../asl/machine.ts';
import { evaluateField, evaluateTyped, unexpectedType } from '../evaluate-field.ts';
import type { Process } from '../request.ts';
import { EvaluationFailure } from '../state-failure.ts';
import type { Visit } from '../visit.ts';

/** An item as the context object's `Map.Item` shows it. */
export interface MapItem {
  readonly Index: number;
  readonly Value: Json;
  /** The item's name, when the items are the members of an object. */
  readonly Key?: string;
  /** Where a distributed Map has it from: `STATE_DATA` or an S3 URI. */
  readonly Source?: string;
}

/** An item's place in the context object. */
export const itemContext = (item: MapItem): JsonObject => ({ Item: { ...item } });

/** The items of an array, or of an object by its members. */
export function itemsOf(values: Json, source?: string): readonly MapItem[] {
  const origin = source === undefined ? {} : { Source: source };
  if (Array.isArray(values)) return values.map((Value: Json, Index) => ({ Index, Value, ...origin }));
  return Object.entries(values as JsonObject).map(([Key, Value], Index) => ({
    Index,
    Key,
    Value,
    ...origin,
  }));
}

/**
 * The items that the state itself names, or its input is. Only a distributed Map takes an object for them.
 * @throws EvaluationFailure when they are something else.
 */
export function* stateItems(
  state: MapState,
  visit: Visit,
  mode: 'inline' | 'distributed',
): Process<readonly MapItem[]> {
  const source = mode === 'distributed' ? 'STATE_DATA' : undefined;
  const values =
    state.Items === undefined
      ? visit.input
      : yield* evaluateField(visit, { name: 'Items', template: state.Items });
  const members = typeof values === 'object' && values !== null && mode === 'distributed';
  if (Array.isArray(values) || members) return itemsOf(values, source);
  if (state.Items === undefined)
    throw new EvaluationFailure(`Map state input must be an array but was: ${JSON.stringify(values)}`);
  throw unexpectedType({ name: 'Items', template: state.Items }, 'array', values);
}

/** What an iteration gets for each item: what the ItemSelector makes of it, else the item. */
export function* itemInputs(
  state: MapState,
  visit: Visit,
  items: readonly MapItem[],
): Process<readonly Json[]> {
  const template = state.ItemSelector;
  if (template === undefined)
    return items.map(({ Key, Value }) => (Key === undefined ? Value : { Key, Value }));
  const inputs: Json[] = [];
  for (const item of items)
    inputs.push(yield* evaluateField(visit, { name: 'ItemSelector', template, map: itemContext(item) }));
  return inputs;
}

/** @throws EvaluationFailure for anything but a whole number from 0. */
export function* wholeNumber(visit: Visit, name: string, template: number | string): Process<number> {
  const value = yield* evaluateTyped(visit, { name, template }, 'number');
  if (Number.isInteger(value) && value >= 0) return value;
  throw new EvaluationFailure(`The ${name} field must be a non-negative integer but was: ${value}`, name);
}
