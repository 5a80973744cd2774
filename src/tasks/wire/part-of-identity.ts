import { keyPart } from '../item/key-identity.ts';
import { fromWire } from './from-wire.ts';
import { parsed } from './json-bytes.ts';

const BACKSLASH = 0x5c;
const SPACE = 0x20;
const TILDE = 0x7e;
const TEXT_OPENING = Buffer.from('{"S":"');
const NUMBER_OPENING = Buffer.from('{"N":"');
/** Of `"}`. */
const CLOSING_LENGTH = 2;

/**
 * What a key attribute's value adds to an item's identity, read from its JSON. `keyPart` says what that is; of
 * a plain text it is the JSON itself. Numbers have no escapes.
 */
export function partOfIdentity(json: Buffer, start: number, end: number): string {
  if (isPlainText(json, start, end)) return json.toString('latin1', start, end);
  if (opensWith(NUMBER_OPENING, json, start))
    return keyPart({ N: json.toString('latin1', start + NUMBER_OPENING.length, end - CLOSING_LENGTH) });
  const { value } = fromWire({ value: parsed(json, start, end) });
  return keyPart(value);
}

function isPlainText(json: Buffer, start: number, end: number): boolean {
  if (!opensWith(TEXT_OPENING, json, start)) return false;
  for (let at = start + TEXT_OPENING.length; at < end - CLOSING_LENGTH; at += 1) {
    const byte = json[at] as number;
    if (byte === BACKSLASH || byte < SPACE || byte > TILDE) return false;
  }
  return true;
}

function opensWith(opening: Buffer, json: Buffer, start: number): boolean {
  for (let at = 0; at < opening.length; at += 1) if (json[start + at] !== opening[at]) return false;
  return true;
}
