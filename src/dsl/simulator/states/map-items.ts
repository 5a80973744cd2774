import type { Json, JsonObject, MapState } from '../../asl/machine.ts';
import { awsChanges } from '../aws-changes.ts';
import type { Process } from '../request.ts';
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

/** Whether a distributed Map takes an object for its items. */
export const takesObjects = ({ asOf }: Visit): boolean => asOf >= awsChanges.objectItems;

/** The items that the state itself names, or its input is. Only a distributed Map takes an object for them. */
export function* stateItems(
  state: MapState,
  visit: Visit,
  mode: 'inline' | 'distributed',
): Process<readonly MapItem[]> {
  const distributed = mode === 'distributed';
  const values = yield* visit.language.items(visit, state, distributed && takesObjects(visit));
  return itemsOf(values, distributed ? 'STATE_DATA' : undefined);
}

/** What an iteration gets for each item: what the ItemSelector makes of it, else the item. */
export function* itemInputs(
  state: MapState,
  visit: Visit,
  items: readonly MapItem[],
): Process<readonly Json[]> {
  const selector = visit.language.itemTemplate(state);
  if (selector === undefined)
    return items.map(({ Key, Value }) => (Key === undefined ? Value : { Key, Value }));
  const inputs: Json[] = [];
  for (const item of items)
    inputs.push(yield* visit.language.template(visit, { ...selector, map: itemContext(item) }));
  return inputs;
}

/** How many iterations may run at once; 0 for as many as there are. */
export function* maximumConcurrency(state: MapState, visit: Visit): Process<number> {
  return (yield* visit.language.number(visit, { name: 'MaxConcurrency', holder: state, wholeFrom: 0 })) ?? 0;
}
