import { eachElement, eachMember, endOfValue, isNamed, parsed, valueAt } from './json-bytes.ts';
import { StoredItem, type WireKey } from './stored-item.ts';

/** An answer with items: these as pieces of its JSON, whatever else it says as JavaScript has it. */
export interface ItemsAnswer {
  readonly items: readonly StoredItem[];
  /** Every member but the one that holds the items. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/**
 * Reads an answer whose items stand in an array under a path of names: `['Items']` of a Scan,
 * `['Responses', table]` of a BatchGetItem.
 * @throws CutShort when the JSON ends too soon.
 * @throws TaskError `UnreadableItem`
 */
export function itemsAnswer(json: Buffer, path: readonly string[], key: WireKey): ItemsAnswer {
  const items: StoredItem[] = [];
  const rest: Record<string, unknown> = {};
  const names = path.map((name) => Buffer.from(name));
  const readItems = (start: number) =>
    eachElement(json, start, (at) => {
      const item = StoredItem.at(json, at, key);
      items.push(item);
      return item.end;
    });
  const readObject = (start: number, depth: number): number =>
    eachMember(json, start, (nameAt, valueStart) => {
      if (isNamed(json, nameAt, names[depth] as Buffer))
        return depth + 1 === names.length ? readItems(valueStart) : readObject(valueStart, depth + 1);
      const valueEnd = endOfValue(json, valueStart);
      if (depth === 0)
        rest[parsed(json, nameAt, endOfValue(json, nameAt)) as string] = parsed(json, valueStart, valueEnd);
      return valueEnd;
    });
  readObject(valueAt(json, 0), 0);
  return { items, rest };
}
