import type { Item, KeyNames } from '../../src/tasks/item/item.ts';
import { wireJson } from '../../src/tasks/wire/from-wire.ts';
import { itemsAnswer } from '../../src/tasks/wire/items-answer.ts';
import { type StoredItem, wireKey } from '../../src/tasks/wire/stored-item.ts';

/** Items as one answer of DynamoDB brings them. */
export function storedItems(items: readonly Item[], keyNames: KeyNames): StoredItem[] {
  const answer = Buffer.from(wireJson({ Items: items }));
  return [...itemsAnswer(answer, ['Items'], wireKey(keyNames)).items];
}

/** One item, in an answer of its own. */
export function storedItem(item: Item, keyNames: KeyNames): StoredItem {
  return storedItems([item], keyNames)[0] as StoredItem;
}
