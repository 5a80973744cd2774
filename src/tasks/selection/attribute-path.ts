import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../item/item.ts';
import type { AttributePath } from './only.ts';

/** The names on a path, outermost first. */
export function namesOnPath(path: AttributePath): readonly string[] {
  return typeof path === 'string' ? path.split('.') : path;
}

/** What an item holds under a path of map keys; undefined when it holds nothing there. */
export function valueAt(item: Item, [first = '', ...rest]: readonly string[]): AttributeValue | undefined {
  let value = ownValue(item, first);
  for (const name of rest) value = value?.M && ownValue(value.M, name);
  return value;
}

function ownValue(map: Item, name: string): AttributeValue | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
