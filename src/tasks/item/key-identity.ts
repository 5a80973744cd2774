import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { canonicalNumber } from './canonical-number.ts';
import type { Item, Key, KeyNames } from './item.ts';
import { unreadableItem } from './unreadable-item.ts';

/**
 * One text for one key: equal exactly when DynamoDB takes the keys for the same. Each part carries its type
 * and either its length or quotes that it does not contain, so that no content of one part can be mistaken for
 * the border to the next.
 * @throws TaskError `UnreadableItem` when a key attribute is missing or of a type that keys cannot have.
 */
export function keyIdentity(item: Item, keyNames: KeyNames): string {
  let identity = '';
  for (const name of keyNames) identity += keyPart(item[name]);
  return identity;
}

/** The key attributes of an item, and nothing else. */
export function keyOf(item: Item, keyNames: KeyNames): Key {
  return Object.fromEntries(keyNames.map((name) => [name, item[name] as AttributeValue]));
}

/** What one key attribute adds to an identity. */
export function keyPart(value: AttributeValue | undefined): string {
  if (value?.S !== undefined) return isPlain(value.S) ? `{"S":"${value.S}"}` : sized('S', value.S);
  if (value?.N !== undefined) return sized('N', canonicalNumber(value.N));
  if (value?.B !== undefined) return sized('B', Buffer.from(value.B).toString('base64'));
  throw unreadableItem('no complete key');
}

/** Whether DynamoDB's JSON shows a text as it is, each character in one byte. Most keys are such. */
function isPlain(text: string): boolean {
  return /^[ !#-[\]-~]*$/.test(text);
}

function sized(type: string, text: string): string {
  return `${type}${text.length}:${text}`;
}
