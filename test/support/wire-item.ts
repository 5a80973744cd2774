import type { Item } from '../../src/tasks/item/item.ts';
import type { WireItem } from '../../src/tasks/wire/wire-item.ts';
import { wireJson } from '../../src/tasks/wire/from-wire.ts';

/** An item as DynamoDB's JSON carries it. */
export function wireItem(item: Item): WireItem {
  return JSON.parse(wireJson(item)) as WireItem;
}
