import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { TaskError } from '../task-error.ts';

// This encoding shares no code with the comparison that the reset works by: a fault in either shows as a
// difference between the two, never as a false proof.

/** Digests are added modulo this. */
const MODULUS = 1n << 128n;

type Attributes = Readonly<Record<string, AttributeValue>>;

/** 128 bits of SHA-256 over an item's canonical encoding: equal for equal items, whatever their spelling. */
export function itemDigest(item: Attributes): bigint {
  const hash = createHash('sha256').update(mapBytes(item)).digest();
  return (hash.readBigUInt64BE(0) << 64n) | hash.readBigUInt64BE(8);
}

/** Adds digests, so that the order of items never shows but each duplicate does (unlike with XOR). */
export function addDigests(a: bigint, b: bigint): bigint {
  return (a + b) % MODULUS;
}

export function digestText(digest: bigint): string {
  return digest.toString(16).padStart(32, '0');
}

export function digestFrom(text: string): bigint {
  return BigInt(`0x${text}`);
}

/** Type, length and content: no two values of different type or content have the same bytes. */
function valueBytes(value: AttributeValue): Buffer {
  const [type, content] = Object.entries(value ?? {}).find(([, held]) => held !== undefined) ?? [];
  const encode = ENCODERS[type as keyof typeof ENCODERS] as ((content: unknown) => Buffer) | undefined;
  if (!type || !encode) throw unreadable();
  return framed(Buffer.concat([framed(Buffer.from(type)), encode(content)]));
}

const ENCODERS = {
  S: (text: string) => Buffer.from(text, 'utf8'),
  N: numberBytes,
  B: (bytes: Uint8Array) => Buffer.from(bytes),
  BOOL: (truth: boolean) => Buffer.of(truth ? 1 : 0),
  NULL: () => Buffer.alloc(0),
  M: mapBytes,
  L: (list: AttributeValue[]) => Buffer.concat(list.map(valueBytes)),
  SS: (set: string[]) => setBytes(set.map((text) => Buffer.from(text, 'utf8'))),
  NS: (set: string[]) => setBytes(set.map(numberBytes)),
  BS: (set: Uint8Array[]) => setBytes(set.map((bytes) => Buffer.from(bytes))),
};

function mapBytes(map: Attributes): Buffer {
  const entries = Object.entries(map).map(([name, value]) =>
    Buffer.concat([framed(Buffer.from(name, 'utf8')), valueBytes(value)]),
  );
  return Buffer.concat(entries.sort(byBytes));
}

function setBytes(elements: Buffer[]): Buffer {
  return Buffer.concat(elements.map(framed).sort(byBytes));
}

/** A decimal number as an integer and a power of ten, the integer not divisible by ten. */
function numberBytes(text: string): Buffer {
  // BigInt would quote the text in its own error.
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw unreadable();
  const [mantissa = '', power = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  let integer = BigInt(`${whole}${fraction}`.replace('+', '').replace('-', ''));
  if (integer === 0n) return Buffer.from('0');
  let exponent = BigInt(power.replace('+', '')) - BigInt(fraction.length);
  while (integer % 10n === 0n) {
    integer /= 10n;
    exponent += 1n;
  }
  return Buffer.from(`${whole.startsWith('-') ? '-' : ''}${integer}/${exponent}`);
}

function unreadable(): TaskError {
  return new TaskError('UnreadableItem', 'an item holds an attribute that this version cannot read');
}

function byBytes(a: Buffer, b: Buffer): number {
  return Buffer.compare(a, b);
}

function framed(content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.byteLength);
  return Buffer.concat([length, content]);
}
