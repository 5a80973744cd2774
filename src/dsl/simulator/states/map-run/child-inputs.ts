import type { ItemBatcher, Json, JsonObject, MapState } from '../../../asl/machine.ts';
import { maximumPayloadBytes } from '../../limits.ts';
import type { Process } from '../../request.ts';
import type { Visit } from '../../visit.ts';
import { itemInputs, type MapItem } from '../map-items.ts';

/** The input of one child execution, and how many items it stands for. */
export interface ChildInput {
  readonly input: Json;
  readonly items: number;
}

/** What each child execution gets: an item, or a batch of them. */
export function* childInputs(
  state: MapState,
  visit: Visit,
  items: readonly MapItem[],
): Process<readonly ChildInput[]> {
  const inputs = yield* itemInputs(state, visit, items);
  if (state.ItemBatcher === undefined) return inputs.map((input) => ({ input, items: 1 }));
  return yield* batches(state.ItemBatcher, visit, inputs);
}

/**
 * As many items to a batch as both limits allow; the bytes are those of the child's whole input. An item that is
 * too large by itself has a batch of its own. Source: developer guide, "ItemBatcher (Map)".
 */
function* batches(
  batcher: ItemBatcher,
  visit: Visit,
  inputs: readonly Json[],
): Process<readonly ChildInput[]> {
  const most = yield* limit(visit, batcher, 'MaxItemsPerBatch');
  const mostBytes = yield* limit(visit, batcher, 'MaxInputBytesPerBatch');
  const { BatchInput: template } = batcher;
  const shared: JsonObject =
    template === undefined
      ? {}
      : { BatchInput: yield* visit.language.template(visit, { name: 'ItemBatcher/BatchInput', template }) };
  const byteLimit = Math.min(mostBytes, maximumPayloadBytes);
  const frame = bytesOf({ ...shared, Items: [] });
  const batches: Json[][] = [];
  let [batch, bytes]: [Json[], number] = [[], frame];
  for (const input of inputs) {
    const more = bytesOf(input) + 1;
    if (batch.length > 0 && (batch.length >= most || bytes + more - 1 > byteLimit)) {
      batches.push(batch);
      [batch, bytes] = [[], frame];
    }
    batch.push(input);
    bytes += more;
  }
  if (batch.length > 0) batches.push(batch);
  return batches.map((Items) => ({ input: { ...shared, Items }, items: Items.length }));
}

/** Neither a limit that is not given nor one of 0 is any. */
function* limit(visit: Visit, holder: ItemBatcher, name: string): Process<number> {
  const setting = { name, holder, place: 'ItemBatcher/', wholeFrom: 0 } as const;
  return (yield* visit.language.number(visit, setting)) || Number.POSITIVE_INFINITY;
}

const bytesOf = (value: Json) => Buffer.byteLength(JSON.stringify(value));
